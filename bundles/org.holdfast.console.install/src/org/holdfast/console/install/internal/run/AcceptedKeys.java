package org.holdfast.console.install.internal.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostKeyQuestion;

/** Keys that hosts have shown, and those of them that a person has compared and accepted. Thread-safe. */
public final class AcceptedKeys implements HostKeyQuestion {
    private final Map<String, Shown> shown = new LinkedHashMap<>();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    /**
     * A key that nobody has accepted yet.
     *
     * @param host that shows it; may be the jump host
     * @param kind of the key
     * @param fingerprint {@code SHA256:...}
     */
    public record Shown(HostEntry host, String kind, String fingerprint) {
    }

    @Override
    public boolean accept(HostEntry host, String kind, String fingerprint) {
        boolean known = accepted.contains(host.key() + ' ' + fingerprint);
        synchronized (shown) {
            if (known) {
                shown.remove(host.key());
            } else {
                shown.put(host.key(), new Shown(host, kind, fingerprint));
            }
        }
        return known;
    }

    /** What a person has compared is the host's own key. */
    public void take(Shown key) {
        accepted.add(key.host().key() + ' ' + key.fingerprint());
        synchronized (shown) {
            shown.remove(key.host().key());
        }
    }

    /** The keys that wait for a person. */
    public List<Shown> waiting() {
        synchronized (shown) {
            return List.copyOf(shown.values());
        }
    }

    /** The key of a host that waits for a person, or null. */
    public @Nullable Shown waiting(HostEntry host) {
        synchronized (shown) {
            return shown.get(host.key());
        }
    }
}

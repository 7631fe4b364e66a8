package org.holdfast.agent.internal.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.keys.KeyHolders;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.policy.Hook;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.scheduling.schedule.RunTimes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in force. It is stored before it holds, so it also holds while the vault is away. What cannot be followed
 * on this server is told to the vault as drift; the rest holds.
 */
public final class PolicyStore {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyStore.class);
    private static final String FILE = "policy.json";
    private static final int LONGEST_DRIFT = 1000;
    private static final AgentPolicy NOTHING =
            new AgentPolicy("", null, PolicyOrigin.NONE, List.of(), Exclusions.NONE);

    private final AgentHome home;
    private final KeyHolders keys;
    private final ZoneId zone;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Stored current;

    /**
     * A policy and when it came.
     *
     * @param policy as the vault resolved it
     * @param received when, agent's time
     */
    public record Stored(AgentPolicy policy, Instant received) {
    }

    /** Reads the policy that was in force. */
    public PolicyStore(AgentHome home, KeyHolders keys, ZoneId zone) throws IOException {
        this.home = home;
        this.keys = keys;
        this.zone = zone;
        current = home.read(FILE, Stored.class).orElse(new Stored(NOTHING, Instant.EPOCH));
    }

    /** The policy in force. */
    public Stored current() {
        return current;
    }

    /** The policy itself, or null when nothing is to happen by itself. */
    public @Nullable Policy policy() {
        return current.policy().policy();
    }

    /** Whether names of files may be told to the vault. */
    public boolean reportsPaths() {
        Policy policy = policy();
        return policy != null && policy.reportPaths();
    }

    /** Calls somebody after each change. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Takes a policy in; false when it cannot be stored and so does not hold. */
    public boolean take(AgentPolicy policy, Instant now) {
        var fresh = new Stored(policy, now);
        try {
            home.write(FILE, fresh);
        } catch (IOException e) {
            LOG.error("The new policy cannot be stored, the old one stays in force: {}", e.getMessage());
            return false;
        }
        current = fresh;
        Policy named = policy.policy();
        LOG.info("Policy {} holds now, version {}", named == null ? "none" : named.name(), policy.version());
        listeners.forEach(Runnable::run);
        return true;
    }

    /** What to protect, absolute paths; those that are none are left out. */
    public List<RawPath> items() {
        List<RawPath> out = new ArrayList<>();
        for (String item : current.policy().items()) {
            RawPath path = path(item);
            if (path != null) {
                out.add(path);
            }
        }
        return out;
    }

    private static @Nullable RawPath path(String item) {
        try {
            RawPath path = RawPath.of(item);
            return path.isAbsolute() ? path : null;
        } catch (HoldfastException e) {
            return null;
        }
    }

    /** Why this server does not do all the policy says, or null when it does. */
    public @Nullable String drift(@Nullable String keyLocation) {
        List<String> reasons = new ArrayList<>();
        AgentPolicy now = current.policy();
        for (String item : now.items()) {
            RawPath path = path(item);
            if (path == null) {
                reasons.add("'" + item + "' is not an absolute path here.");
            } else if (path.isText() && !Files.exists(Path.of(path.toString()), LinkOption.NOFOLLOW_LINKS)) {
                reasons.add("'" + item + "' is not on this server.");
            }
        }
        Policy policy = now.policy();
        if (policy != null) {
            if (policy.plan() != null) {
                schedule(policy, reasons);
            }
            hook(policy.before(), reasons);
            hook(policy.after(), reasons);
        }
        if (keyLocation != null) {
            try {
                keys.check(keyLocation, items());
            } catch (HoldfastException e) {
                reasons.add(String.valueOf(e.getMessage()));
            }
        }
        if (reasons.isEmpty()) {
            return null;
        }
        String all = String.join(" ", reasons);
        return all.length() <= LONGEST_DRIFT ? all : all.substring(0, LONGEST_DRIFT - 1) + "…";
    }

    private void schedule(Policy policy, List<String> reasons) {
        try {
            var times = new RunTimes(policy.plan(), zone);
            LOG.trace("schedule {}", times);
        } catch (HoldfastException e) {
            reasons.add(String.valueOf(e.getMessage()));
        }
    }

    private void hook(@Nullable Hook hook, List<String> reasons) {
        if (hook != null && !Files.isExecutable(home.hooks().resolve(hook.command()))) {
            reasons.add("The hook '" + hook.command() + "' is not in the hook folder of this server.");
        }
    }
}

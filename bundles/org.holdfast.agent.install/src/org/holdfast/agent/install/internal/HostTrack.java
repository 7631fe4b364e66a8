package org.holdfast.agent.install.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostProgress;
import org.holdfast.agent.install.InstallListener;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.Step;
import org.holdfast.agent.install.internal.steps.Track;

/** How far one host is, for those who look and for those who resume. */
public final class HostTrack implements Track {
    private static final int LINES = 500;

    private final HostEntry host;
    private final RunState state;
    private final Clock clock;
    private final InstallListener listener;
    private final Deque<String> lines = new ArrayDeque<>();
    private HostProgress now;

    /** Begins with what the state knows. */
    public HostTrack(HostEntry host, RunState state, Clock clock, InstallListener listener) {
        this.host = host;
        this.state = state;
        this.clock = clock;
        this.listener = listener;
        HostProgress fresh = HostProgress.waiting(host);
        RunState.Entry entry = state.get(host.key());
        now = entry == null || entry.outcome() == null ? fresh
                : new HostProgress(host, Step.END, -1, entry.outcome(), entry.message(), "", List.of(),
                        entry.serverId(), entry.version(), null, entry.time());
    }

    /** As it is. */
    public synchronized HostProgress progress() {
        return now;
    }

    /** The last lines of its log. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** It waits for its turn once more. */
    public void again() {
        change(HostProgress.waiting(host));
    }

    /** Its turn has come. */
    public void begin() {
        change(new HostProgress(host, Step.CONNECT, -1, null, "", "", List.of(), null, null, clock.instant(), null));
    }

    /** It has ended. */
    public void end(Outcome outcome, String message, String advice) {
        HostProgress was = progress();
        Instant time = clock.instant();
        RunState.Entry before = state.get(host.key());
        String id = was.serverId() == null && before != null ? before.serverId() : was.serverId();
        String version = was.version() == null && before != null ? before.version() : was.version();
        state.put(new RunState.Entry(host.key(), outcome, message, id, version, time));
        log(outcome + (message.isEmpty() ? "" : ": " + message));
        change(new HostProgress(host, Step.END, -1, outcome, message, advice, was.warnings(), id, version,
                was.started(), time));
    }

    @Override
    public void step(Step step) {
        HostProgress was = progress();
        log(step.name());
        change(new HostProgress(host, step, -1, null, "", "", was.warnings(), was.serverId(), was.version(),
                was.started(), null));
    }

    @Override
    public void percent(int percent) {
        HostProgress was = progress();
        if (was.percent() != percent) {
            change(new HostProgress(host, was.step(), percent, null, "", "", was.warnings(), was.serverId(),
                    was.version(), was.started(), null));
        }
    }

    @Override
    public void log(String line) {
        Instant time = clock.instant();
        synchronized (this) {
            lines.add(time + " " + line);
            if (lines.size() > LINES) {
                lines.removeFirst();
            }
        }
        listener.logged(host, time, line);
    }

    @Override
    public void warn(String sentence) {
        HostProgress was = progress();
        var all = new ArrayList<>(was.warnings());
        all.add(sentence);
        change(new HostProgress(host, was.step(), was.percent(), null, "", "", all, was.serverId(), was.version(),
                was.started(), null));
    }

    @Override
    public void version(String version) {
        HostProgress was = progress();
        change(new HostProgress(host, was.step(), was.percent(), null, "", "", was.warnings(), was.serverId(), version,
                was.started(), null));
    }

    @Override
    public void registered(String serverId) {
        HostProgress was = progress();
        state.put(new RunState.Entry(host.key(), null, "registered", serverId, was.version(), clock.instant()));
        change(new HostProgress(host, was.step(), was.percent(), null, "", "", was.warnings(), serverId, was.version(),
                was.started(), null));
    }

    @Override
    public boolean isOurs(String serverId) {
        RunState.Entry entry = state.get(host.key());
        return entry != null && serverId.equals(entry.serverId());
    }

    private void change(HostProgress next) {
        @Nullable HostProgress told = null;
        synchronized (this) {
            if (!next.equals(now)) {
                now = next;
                told = next;
            }
        }
        if (told != null) {
            listener.changed(told);
        }
    }
}

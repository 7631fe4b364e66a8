package org.holdfast.agent.internal.loop;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.jobs.Failures;
import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.api.Progress;
import org.holdfast.api.Warning;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobState;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.agent.WarningDetail;

/** What is to be told of one job. Guarded by the reporter's lock. */
final class JobReport {
    private static final int MOST_DETAILS = 1000;
    private static final int DETAILS_AT_ONCE = 100;

    private final String id;
    private final Deque<JobEntry> states = new ArrayDeque<>();
    private final Deque<WarningDetail> details = new ArrayDeque<>();
    private final Map<String, Long> warnings = new TreeMap<>();
    private @Nullable JobState lastState;
    private @Nullable Progress progress;
    private boolean progressNews;
    private boolean announcedAgain;
    private boolean synced;
    private long sequence;
    private long toldAt = System.nanoTime() - 3_600_000_000_000L;
    private int statesSent;
    private int detailsSent;

    /**
     * @param synced false when an earlier start of the agent may have told something of the job, in numbers unknown
     *         here
     */
    JobReport(String id, boolean synced) {
        this.id = id;
        this.synced = synced;
    }

    String id() {
        return id;
    }

    void changed(JobEntry entry) {
        if (!Objects.equals(lastState, entry.state())) {
            lastState = entry.state();
            states.add(entry);
        }
    }

    boolean progressed(Progress now) {
        boolean news = !progressNews;
        progress = now;
        progressNews = true;
        return news;
    }

    void warned(Warning warning, boolean paths) {
        warnings.merge(Failures.code(warning.problem()), 1L, Long::sum);
        progressNews = true;
        if (paths && details.size() < MOST_DETAILS) {
            details.add(new WarningDetail(warning.path().toString(), Failures.code(warning.problem()),
                    warning.reason()));
        }
    }

    boolean isUrgent() {
        return !states.isEmpty();
    }

    /**
     * Nanoseconds until something is to be told, 0 or less for now.
     *
     * @param watched whether somebody looks, who is told how far it is also when it came no further
     */
    long dueIn(long now, long interval, boolean watched) {
        if (!states.isEmpty()) {
            return 0;
        }
        progressNews |= watched && progress != null && lastState != null && !lastState.isFinal();
        return progressNews || !details.isEmpty() ? interval - (now - toldAt) : Long.MAX_VALUE;
    }

    JobStart start(JobEntry entry) {
        JobSpec spec = entry.spec();
        JobSpec.Restore restore = spec.restore();
        Instant started = entry.started();
        return new JobStart(id, spec.kind(), spec.trigger(), started == null ? entry.created() : started, spec.items(),
                spec.keepUntil(),
                restore != null ? restore.point() : spec.drill() == null ? null : spec.drill().point(),
                spec.resumes());
    }

    /** Everything to be told, in order; nothing as long as it is not known how far the numbers went. */
    List<JobEvent> events(Instant now) {
        if (!synced) {
            return List.of();
        }
        List<JobEvent> out = new ArrayList<>();
        long next = sequence;
        statesSent = 0;
        List<WarningDetail> some = new ArrayList<>();
        for (WarningDetail detail : details) {
            if (some.size() < DETAILS_AT_ONCE) {
                some.add(detail);
            }
        }
        detailsSent = some.size();
        Progress latest = progress;
        if (progressNews && latest != null || !some.isEmpty()) {
            out.add(new JobEvent(++next, now, null, latest == null ? null : JobProgress.of(latest), warnings, some,
                    null, null));
        }
        for (JobEntry entry : states) {
            if (out.size() < JobEvents.MOST) {
                Instant at = entry.ended() == null ? now : entry.ended();
                boolean last = entry.state().isFinal();
                out.add(new JobEvent(++next, at, entry.state(), null, last ? entry.warnings() : Map.of(), List.of(),
                        entry.result(), entry.failure()));
                statesSent++;
            }
        }
        progressNews = false;
        return out;
    }

    /**
     * The vault has seen what {@link #events} gave.
     *
     * @param lastSequence the last number it has seen
     * @return whether there is something to be told now that the numbers are known
     */
    boolean told(long lastSequence, long now) {
        sequence = Math.max(sequence, lastSequence);
        if (!synced) {
            synced = true;
            return true;
        }
        sentAt(now);
        return false;
    }

    /** Whatever was to be told counts as told. */
    void sentAt(long now) {
        toldAt = now;
        for (int i = 0; i < statesSent; i++) {
            states.poll();
        }
        for (int i = 0; i < detailsSent; i++) {
            details.poll();
        }
        statesSent = 0;
        detailsSent = 0;
    }

    boolean mayAnnounceAgain() {
        boolean first = !announcedAgain;
        announcedAgain = true;
        return first;
    }
}

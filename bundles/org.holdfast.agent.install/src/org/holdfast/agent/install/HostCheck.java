package org.holdfast.agent.install;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What was found when a host was looked at, before anything is changed there.
 *
 * @param host which one
 * @param state whether it was looked at
 * @param system what it is, a few words, empty when it could not be asked
 * @param version of the agent that is there, or null
 * @param findings what stands in the way and what should be known, in the order it matters
 * @param keyKind kind of the key the host showed, or null when none was seen or it is not confirmed
 * @param fingerprint of that key, {@code SHA256:...}, or null
 */
public record HostCheck(HostEntry host, State state, String system, @Nullable String version, List<Finding> findings,
        @Nullable String keyKind, @Nullable String fingerprint) {
    /** Copies. */
    public HostCheck {
        findings = List.copyOf(findings);
    }

    /** How far the look at a host is. */
    public enum State {
        /** Its turn has not come. */
        WAITING,
        /** It is being looked at. */
        RUNNING,
        /** It was looked at. */
        DONE
    }

    /**
     * Something that was found.
     *
     * @param outcome what the installation would end with; a good one for what is only to be known
     * @param stops whether the installation would fail for it
     * @param message one sentence without a full stop
     * @param advice what to do about it, may be empty
     */
    public record Finding(Outcome outcome, boolean stops, String message, String advice) {
    }

    /** A host that nobody has looked at. */
    public static HostCheck waiting(HostEntry host) {
        return new HostCheck(host, State.WAITING, "", null, List.of(), null, null);
    }

    /** The same while it is being looked at. */
    public HostCheck running() {
        return new HostCheck(host, State.RUNNING, "", null, List.of(), null, null);
    }

    /** The same with the key that the host shows. */
    public HostCheck showing(String kind, String print) {
        return new HostCheck(host, state, system, version, findings, kind, print);
    }

    /** The same with what was found. */
    public HostCheck found(String words, @Nullable String agent, List<Finding> all) {
        return new HostCheck(host, State.DONE, words, agent, all, keyKind, fingerprint);
    }

    /** Whether it was looked at, and nothing stands in the way. */
    public boolean isReady() {
        return state == State.DONE && findings.stream().noneMatch(Finding::stops);
    }

    /** The first finding that stands in the way, or null. */
    public @Nullable Finding obstacle() {
        return findings.stream().filter(Finding::stops).findFirst().orElse(null);
    }
}

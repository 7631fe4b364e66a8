package org.holdfast.agent.install;

/** Asks somebody whether the key that a host shows is its own. Called by the threads of hosts, several at once. */
@FunctionalInterface
public interface HostKeyQuestion {
    /** Nobody is there to confirm anything. */
    HostKeyQuestion REFUSE = (host, kind, fingerprint) -> false;
    /** Whatever a host shows the first time is its key. */
    HostKeyQuestion TRUST_FIRST = (host, kind, fingerprint) -> true;

    /**
     * Asks.
     *
     * @param host that shows a key nobody has confirmed
     * @param kind of the key, for example {@code ssh-ed25519}
     * @param fingerprint {@code SHA256:...}
     * @return whether it is the host's, and to be remembered
     */
    boolean accept(HostEntry host, String kind, String fingerprint);
}

package org.holdfast.agent.install;

import java.io.IOException;

/**
 * Keeps the passphrases of servers that are being registered, one for each. Thread-safe. There is no default: somebody
 * has to say where they go.
 */
public interface PassphraseKeeper extends AutoCloseable {
    /**
     * The passphrase for a host: the one that is kept for it, or a new one. When this returns it is where it is to be,
     * and was read back from there.
     *
     * @param host the host
     * @param vault name of the vault it registers with
     * @return the caller's to wipe
     * @throws IOException when it cannot be kept; then nothing may be registered with it
     */
    char[] passphrase(HostEntry host, String vault) throws IOException;

    /** Whether a passphrase is kept for a host. */
    boolean isKept(HostEntry host) throws IOException;

    /**
     * Notes under which id a host was registered.
     *
     * @throws IOException when it cannot be noted; the passphrase is still kept
     */
    void registered(HostEntry host, String serverId) throws IOException;

    /** Forgets what is in memory. */
    @Override
    void close();
}

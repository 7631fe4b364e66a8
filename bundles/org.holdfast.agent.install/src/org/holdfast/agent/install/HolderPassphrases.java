package org.holdfast.agent.install;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;

import org.holdfast.agent.install.internal.NewPassphrase;
import org.holdfast.api.spi.keys.KeyHolder;

/**
 * Keeps passphrases in a {@link KeyHolder}, each at a location of its own: a pattern in which {@code {host}} stands for
 * the host and {@code {port}} for its port.
 */
public final class HolderPassphrases implements PassphraseKeeper {
    private final KeyHolder holder;
    private final String pattern;

    /**
     * Keeps them there.
     *
     * @param holder whose scheme the pattern has
     * @param pattern with {@code {host}} in it, so that each has its own place
     * @throws IllegalArgumentException when the pattern has one place for all
     */
    public HolderPassphrases(KeyHolder holder, String pattern) {
        if (!pattern.contains("{host}")) {
            throw new IllegalArgumentException("all passphrases would go to one place: " + pattern);
        }
        this.holder = holder;
        this.pattern = pattern;
    }

    /** Where the passphrase of a host is. */
    public String location(HostEntry host) {
        return pattern.replace("{host}", host.host().replaceAll("[^A-Za-z0-9._-]", "_"))
                .replace("{port}", Integer.toString(host.port()));
    }

    @Override
    public synchronized char[] passphrase(HostEntry host, String vault) throws IOException {
        String location = location(host);
        try {
            return holder.read(location);
        } catch (NoSuchFileException e) {
            holder.check(location, List.of());
        }
        char[] fresh = NewPassphrase.generate();
        holder.store(location, vault + " " + host.name(), fresh);
        char[] back = holder.read(location);
        if (!Arrays.equals(fresh, back)) {
            Arrays.fill(fresh, '\0');
            Arrays.fill(back, '\0');
            throw new IOException("what was read back from '" + location + "' is not what was stored");
        }
        Arrays.fill(back, '\0');
        return fresh;
    }

    @Override
    public boolean isKept(HostEntry host) throws IOException {
        try {
            Arrays.fill(holder.read(location(host)), '\0');
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void registered(HostEntry host, String serverId) {
        // The label tells host and vault, and the vault tells the rest.
    }

    @Override
    public void close() {
        // Nothing is kept in memory.
    }
}

package org.holdfast.agent.install;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.holdfast.agent.install.internal.NewPassphrase;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.api.spi.keys.KeyNote;

/**
 * Keeps passphrases in a {@link KeyHolder}, each at a location of its own: a pattern in which {@code {host}} stands for
 * the host and {@code {port}} for its port.
 */
public final class HolderPassphrases implements PassphraseKeeper {
    private final KeyHolder holder;
    private final String pattern;
    private final String vault;
    private final boolean recover;

    /**
     * Keeps them there.
     *
     * @param holder whose scheme the pattern has
     * @param pattern with {@code {host}} in it, so that each has its own place
     * @throws IllegalArgumentException when the pattern has one place for all
     */
    public HolderPassphrases(KeyHolder holder, String pattern) {
        this(holder, pattern, "", false);
    }

    /**
     * Keeps them there.
     *
     * @param holder whose scheme the pattern has
     * @param pattern with {@code {host}} in it, unless the holder gives each its own place
     * @param vault name of the vault that servers register with
     * @param recover whether passphrases that somebody deleted from the same places may be brought back first
     * @throws IllegalArgumentException when the pattern has one place for all
     */
    public HolderPassphrases(KeyHolder holder, String pattern, String vault, boolean recover) {
        if (!pattern.contains("{host}") && !holder.keepsVersions()) {
            throw new IllegalArgumentException("all passphrases would go to one place: " + pattern);
        }
        this.holder = holder;
        this.pattern = pattern;
        this.vault = vault;
        this.recover = recover;
    }

    /** Where the passphrase of a host is. */
    public String location(HostEntry host) {
        return holder.locate(pattern(host), note(host, vault));
    }

    private KeyNote note(HostEntry host, String itsVault) {
        return new KeyNote(itsVault, host.name(), host.key(), Map.of(KeyNote.MADE_BY, "holdfast server install"),
                recover);
    }

    private String pattern(HostEntry host) {
        return pattern.replace("{host}", host.host().replaceAll("[^A-Za-z0-9._-]", "_"))
                .replace("{port}", Integer.toString(host.port()));
    }

    @Override
    public synchronized char[] passphrase(HostEntry host, String itsVault) throws IOException {
        KeyNote note = note(host, vault.isEmpty() ? itsVault : vault);
        String location = holder.locate(pattern(host), note);
        try {
            return holder.read(location);
        } catch (NoSuchFileException e) {
            holder.check(location, List.of());
        }
        char[] fresh = NewPassphrase.generate();
        String exact = holder.keep(location, note, fresh);
        char[] back = holder.read(exact);
        if (!Arrays.equals(fresh, back)) {
            Arrays.fill(fresh, '\0');
            Arrays.fill(back, '\0');
            throw new IOException("what was read back from '" + exact + "' is not what was stored");
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
    public void registered(HostEntry host, String serverId) throws IOException {
        holder.annotate(location(host), Map.of(KeyNote.SERVER, serverId));
    }

    @Override
    public void close() {
        // Nothing is kept in memory.
    }
}

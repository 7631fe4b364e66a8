package org.holdfast.agent.install.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.Outcome;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.protocol.common.Json;

/**
 * What became of hosts, in a file, so that a run can be resumed by another process. No secrets. Thread-safe.
 */
public final class RunState {
    private static final String FORMAT = "holdfast-install-state";
    private static final int VERSION = 1;
    private static final int MAX_BYTES = 16 << 20;

    private final @Nullable Path file;
    private final String vaultId;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * A host.
     *
     * @param host its key
     * @param outcome how its last try ended, or null when it has not
     * @param message about it
     * @param serverId under which it was registered by these runs, or null
     * @param version of the agent, or null
     * @param time of the last change
     */
    public record Entry(String host, @Nullable Outcome outcome, String message, @Nullable String serverId,
            @Nullable String version, Instant time) {
    }

    private record Document(String format, int version, String vaultId, List<Entry> hosts) {
    }

    /**
     * Opens the state.
     *
     * @param file need not be there; null keeps nothing
     * @param vaultId id of the vault that hosts are registered with
     * @throws HoldfastException when the file is something else, or about another vault
     */
    public RunState(@Nullable Path file, String vaultId) {
        this.file = file;
        this.vaultId = vaultId;
        if (file != null) {
            read(file);
        }
    }

    private void read(Path from) {
        Document document;
        try {
            if (Files.size(from) > MAX_BYTES) {
                throw unusable(from, null);
            }
            document = Json.mapper().readValue(Files.readAllBytes(from), Document.class);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw unusable(from, e);
        }
        if (!FORMAT.equals(document.format()) || document.version() != VERSION || document.hosts() == null) {
            throw unusable(from, null);
        }
        if (!vaultId.equals(document.vaultId())) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The state '" + from + "' is about another vault than"
                    + " the credentials file.", "Give the credentials file of that vault, or begin a new state.");
        }
        document.hosts().forEach(entry -> entries.put(entry.host(), entry));
    }

    private static HoldfastException unusable(Path file, @Nullable Exception cause) {
        return new HoldfastException(Problem.INVALID_REQUEST, "'" + file + "' is no state of an installation.",
                "Give the file that an earlier run has written, or one that is not there yet.", cause);
    }

    /** What is known of a host, or null. */
    public synchronized @Nullable Entry get(String host) {
        return entries.get(host);
    }

    /**
     * Notes something about a host; written when this returns.
     *
     * @throws HoldfastException when that is not possible
     */
    public synchronized void put(Entry entry) {
        entries.put(entry.host(), entry);
        if (file == null) {
            return;
        }
        try {
            PrivateFiles.write(file, Json.bytes(new Document(FORMAT, VERSION, vaultId, List.copyOf(entries.values()))));
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "The state '" + file + "' cannot be written: "
                    + e.getMessage() + ".", "Check the folder and its room.", e);
        }
    }
}

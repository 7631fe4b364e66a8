package org.holdfast.console.client.diagnostics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LinkState;
import org.holdfast.console.client.fleet.PrivateFiles;
import org.holdfast.console.client.fleet.SavedConnection;

/**
 * Versions, the state of all connections, the stacks of all threads and the end of the log, in one ZIP file that only
 * this user can read. Secrets are taken out of all of it.
 */
public final class DiagnosticsArchive {
    private static final int MOST_LOG = 2 << 20;

    private final List<String> versions;
    private final List<FleetSession> sessions;
    private final @Nullable Path log;
    private final List<Path> secrets;

    /**
     * @param versions lines about what runs
     * @param sessions all connections
     * @param log of the console, null when there is none
     * @param secrets files and folders whose content must not get out
     */
    public DiagnosticsArchive(List<String> versions, List<FleetSession> sessions, @Nullable Path log,
            List<Path> secrets) {
        this.versions = List.copyOf(versions);
        this.sessions = List.copyOf(sessions);
        this.log = log;
        this.secrets = List.copyOf(secrets);
    }

    /** Writes the file; one that is there is replaced. Reads files, so not for the user interface thread. */
    public void write(Path file) throws IOException {
        var redaction = new Redaction(secrets);
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (var part : parts().entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(redaction.apply(part.getValue()).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        PrivateFiles.write(file, bytes.toByteArray());
    }

    private Map<String, String> parts() throws IOException {
        var parts = new TreeMap<String, String>();
        parts.put("versions.txt", String.join("\n", versions) + '\n');
        parts.put("connections.txt", connections());
        parts.put("threads.txt", threads());
        parts.put("console.log", tail());
        return parts;
    }

    private String connections() {
        var text = new StringBuilder();
        for (FleetSession session : sessions) {
            SavedConnection connection = session.connection();
            LinkState state = session.state();
            text.append(connection.name()).append("\n  address ").append(connection.address()).append("\n  account ")
                    .append(connection.user()).append("\n  authority ").append(connection.fingerprint())
                    .append("\n  ").append(state.kind()).append(" since ").append(state.since()).append('\n');
            Failure failure = state.failure();
            if (failure != null) {
                text.append("  ").append(failure.problem()).append(": ").append(failure.message()).append('\n');
            }
        }
        return text.isEmpty() ? "no connection\n" : text.toString();
    }

    private static String threads() {
        var text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            text.append('"').append(thread.getName()).append("\" ").append(thread.getState()).append('\n');
            for (StackTraceElement frame : frames) {
                text.append("    at ").append(frame).append('\n');
            }
        });
        return text.toString();
    }

    private String tail() throws IOException {
        Path from = log;
        if (from == null || !Files.exists(from)) {
            return "";
        }
        try (var file = new RandomAccessFile(from.toFile(), "r")) {
            long start = Math.max(0, file.length() - MOST_LOG);
            file.seek(start);
            var bytes = new byte[(int) (file.length() - start)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}

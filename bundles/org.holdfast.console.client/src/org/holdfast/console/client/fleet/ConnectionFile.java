package org.holdfast.console.client.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.common.Json;

/** The file of saved connections. One that cannot be read is put aside, so that the console starts all the same. */
final class ConnectionFile {
    /**
     * What is in the file.
     *
     * @param version of this form
     * @param connections in the order people see them
     */
    record Content(int version, List<SavedConnection> connections) {
        Content {
            connections = connections == null ? List.of() : List.copyOf(connections);
        }
    }

    private final @Nullable Path file;

    /** @param file null: nothing is remembered */
    ConnectionFile(@Nullable Path file) {
        this.file = file;
    }

    List<SavedConnection> read() {
        Path from = file;
        if (from == null) {
            return List.of();
        }
        try {
            return Json.read(Files.readAllBytes(from), Content.class).connections();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            putAside(from);
            return List.of();
        }
    }

    void write(List<SavedConnection> connections) throws IOException {
        Path to = file;
        if (to != null) {
            PrivateFiles.write(to, Json.bytes(new Content(1, connections)));
        }
    }

    private static void putAside(Path from) {
        try {
            Files.move(from, from.resolveSibling(from.getFileName() + ".unreadable"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // It stays and is replaced when the next connection is saved.
        }
    }
}

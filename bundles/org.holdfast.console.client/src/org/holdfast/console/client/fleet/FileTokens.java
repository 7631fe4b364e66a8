package org.holdfast.console.client.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.holdfast.protocol.common.Json;

/**
 * Sign-ins in files that only this user can read. Used where no keyring is: it never asks for anything, and what it
 * keeps ends by itself within hours.
 */
public final class FileTokens implements TokenStore {
    private final Path folder;

    /** @param folder is made when something is kept */
    public FileTokens(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Token> read(String connectionId) {
        try {
            return Optional.of(Json.read(Files.readAllBytes(file(connectionId)), Token.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String connectionId, Token token) {
        try {
            PrivateFiles.write(file(connectionId), Json.bytes(token));
        } catch (IOException e) {
            // The person signs in again at the next start.
            remove(connectionId);
        }
    }

    @Override
    public void remove(String connectionId) {
        try {
            Files.deleteIfExists(file(connectionId));
        } catch (IOException e) {
            // It ends by itself.
        }
    }

    private Path file(String connectionId) {
        return folder.resolve(connectionId.replaceAll("[^A-Za-z0-9-]", "_") + ".token");
    }
}

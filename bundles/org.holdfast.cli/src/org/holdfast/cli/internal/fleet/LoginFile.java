package org.holdfast.cli.internal.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.cli.internal.input.PrivateFile;
import org.holdfast.protocol.common.Json;

/** The file that keeps the sign-in of this user, readable by nobody else. */
final class LoginFile {
    /** Names another file. */
    static final String VARIABLE = "HOLDFAST_LOGIN";

    private final Path file;

    LoginFile(Map<String, String> variables) {
        this.file = place(variables);
    }

    private static Path place(Map<String, String> variables) {
        String named = variables.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            return Path.of(named).toAbsolutePath();
        }
        String folder = variables.getOrDefault("XDG_CONFIG_HOME", variables.getOrDefault("APPDATA", ""));
        Path config = folder.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(folder);
        return config.resolve("holdfast").resolve("login.json");
    }

    /** Where it is. */
    Path path() {
        return file;
    }

    /** The sign-in, or null when there is none. */
    @Nullable
    Login read() {
        try {
            return Json.read(Files.readAllBytes(file), Login.class);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "Cannot read '" + file + "': " + e.getMessage(),
                    "Remove it and sign in again with 'holdfast login'.", e);
        }
    }

    /** Keeps a sign-in instead of the one before, in one step. */
    void write(Login login) {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(next);
            PrivateFile.create(next, Json.bytes(login));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "Cannot write '" + file + "': " + e.getMessage(),
                    "Check the folder, or name another file in the variable " + VARIABLE + ".", e);
        }
    }

    /** Forgets the sign-in. */
    boolean remove() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "Cannot remove '" + file + "': " + e.getMessage(), "",
                    e);
        }
    }
}

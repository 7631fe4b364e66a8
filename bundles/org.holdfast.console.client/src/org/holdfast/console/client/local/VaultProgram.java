package org.holdfast.console.client.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The program of a vault server, as it is started on this computer.
 *
 * @param command to be followed by {@code serve} and its options
 * @param fromSources whether it may have to be built first, which takes a minute or two
 */
public record VaultProgram(List<String> command, boolean fromSources) {
    /** Environment variable with the path of the program, before all other places. */
    public static final String PROGRAM = "HOLDFAST_VAULT_PROGRAM";
    /** Environment variable with the path of a clone's start script, which sets it for the console. */
    public static final String START_SCRIPT = "HOLDFAST_START_SCRIPT";
    private static final String NAME = "holdfast-vault";

    /** A program. */
    public VaultProgram {
        command = List.copyOf(command);
    }

    /**
     * Looks for the program: where {@value #PROGRAM} says, beside the console's own installation, in the clone that the
     * console was started from, in {@code /opt/holdfast}, and on the {@code PATH}.
     *
     * @param environment of this process
     * @param install folder of the console's product, null when it is not known
     */
    public static Optional<VaultProgram> find(Map<String, String> environment, @Nullable Path install) {
        String named = environment.getOrDefault(PROGRAM, "");
        if (!named.isEmpty() && Files.isExecutable(Path.of(named))) {
            return Optional.of(new VaultProgram(List.of(named), false));
        }
        Optional<VaultProgram> beside = first(beside(install));
        if (beside.isPresent()) {
            return beside;
        }
        String script = environment.getOrDefault(START_SCRIPT, "");
        if (!script.isEmpty() && Files.isExecutable(Path.of(script))) {
            return Optional.of(new VaultProgram(List.of(script, "vault"), true));
        }
        var others = new ArrayList<Path>();
        others.add(Path.of("/opt/holdfast/vault/bin", NAME));
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                others.add(Path.of(folder, NAME));
            }
        }
        return first(others);
    }

    /** Where an installation may have it, the likeliest first. */
    public static List<Path> beside(@Nullable Path install) {
        Path parent = install == null ? null : install.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            return List.of();
        }
        return List.of(parent.resolve("vault/bin").resolve(NAME), parent.resolve(NAME).resolve("bin").resolve(NAME),
                install.resolve("bin").resolve(NAME));
    }

    private static Optional<VaultProgram> first(List<Path> places) {
        return places.stream().filter(Files::isExecutable).findFirst()
                .map(path -> new VaultProgram(List.of(path.toString()), false));
    }
}

package org.holdfast.cli.internal;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The same product inside a framework, for commands that plug-ins bring. Starting one takes a second or two, so it is
 * only done when there are plug-ins, in the folder {@code dropins} of the product, and the command is none of ours.
 */
public final class Framework {
    private static final String LAUNCHER = "org.eclipse.equinox.launcher_*.jar";

    private final Path product;
    private final Map<String, String> variables;

    /**
     * @param product the folder with {@code plugins} and {@code dropins}
     * @param variables environment variables
     */
    Framework(Path product, Map<String, String> variables) {
        this.product = product;
        this.variables = variables;
    }

    /** The framework of the product this class was loaded from, or null when there is none or it has no plug-ins. */
    public static Framework ofThisProduct(Map<String, String> variables) {
        try {
            var source = Framework.class.getProtectionDomain().getCodeSource();
            if (source == null || !source.getLocation().getPath().endsWith(".jar")) {
                return null;
            }
            var product = new File(source.getLocation().toURI()).toPath().getParent().getParent();
            return product == null || !hasDropIns(product) ? null : new Framework(product, variables);
        } catch (URISyntaxException | IllegalArgumentException | IOException e) {
            return null;
        }
    }

    private static boolean hasDropIns(Path product) throws IOException {
        var folder = product.resolve("dropins");
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
            return jars.iterator().hasNext();
        }
    }

    /** Whether a command line may be about something that plug-ins bring: their commands, help and completion. */
    public boolean isWanted(List<String> arguments) {
        var word = App.commandWord(arguments);
        return word == null ? !arguments.contains("--version") && !arguments.contains("-V")
                : word.equals("completion") || !Commands.isOwn(word);
    }

    /** Runs a command line in a process of its own with this one's input and output; returns its exit code. */
    public int run(List<String> arguments) throws IOException, InterruptedException {
        return new ProcessBuilder(command(arguments)).inheritIO().start().waitFor();
    }

    List<String> command(List<String> arguments) throws IOException {
        Path launcher;
        try (var found = Files.newDirectoryStream(product.resolve("plugins"), LAUNCHER)) {
            launcher = found.iterator().next();
        }
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-jar", launcher.toString(), "-nosplash",
                "-clean", "-configuration", cache().toString(), "-data", "@none"));
        command.addAll(arguments);
        return command;
    }

    /** A product may be read-only, so what the framework keeps lies in the user's cache, by product. */
    private Path cache() throws IOException {
        var given = variables.get("XDG_CACHE_HOME");
        var root =
                given == null || given.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        var name = Integer.toHexString(product.toAbsolutePath().toString().hashCode());
        return Files.createDirectories(root.resolve("holdfast").resolve("cli").resolve(name));
    }
}

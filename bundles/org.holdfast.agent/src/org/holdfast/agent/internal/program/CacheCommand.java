package org.holdfast.agent.internal.program;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.SafeFile;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** About the cache. */
@Command(name = "cache", description = "About the cache folder.", subcommands = { CacheCommand.Move.class,
        HelpCommand.class })
final class CacheCommand extends AgentCommand {
    @Override
    public Integer call() throws Exception {
        AgentHome home = home();
        if (json()) {
            json(Map.of("cache", home.cache().toString()));
        } else {
            out().println(home.cache());
        }
        return Program.DONE;
    }

    /** Moves it. */
    @Command(name = "move", description = "Moves the cache to another folder; the agent must not run.")
    static final class Move extends AgentCommand {
        @Parameters(paramLabel = "DIR", description = "The new folder; it must be empty or not there yet.")
        private Path folder = Path.of("");

        @Option(names = "--empty", description = "Begins with an empty cache there and removes the old one.")
        private boolean empty;

        @Override
        public Integer call() throws Exception {
            AgentHome home = home();
            Path target = folder.toAbsolutePath().normalize();
            try (AutoCloseable lock = home.lock()) {
                if (lock == null) {
                    throw new HoldfastException(Problem.INVALID_REQUEST, "An agent runs for '" + home.root() + "'.",
                            "Stop it first.");
                }
                Path old = home.cache();
                check(old, target);
                SafeFile.createDirectory(target);
                if (!empty && Files.isDirectory(old)) {
                    copy(old, target);
                }
                // From here on the new one counts; a crash before leaves the old one in force, whole.
                home.settings(home.settings().withCache(target.toString()));
                if (Files.isDirectory(old)) {
                    remove(old);
                }
            }
            out().println("The cache is at " + target + " now.");
            return Program.DONE;
        }

        private static void check(Path old, Path target) throws IOException {
            if (target.startsWith(old) || old.startsWith(target)) {
                throw new HoldfastException(Problem.INVALID_REQUEST,
                        "'" + target + "' and the present cache lie in each other.", "Choose another folder.");
            }
            if (Files.isDirectory(target)) {
                try (var entries = Files.newDirectoryStream(target)) {
                    if (entries.iterator().hasNext()) {
                        throw new HoldfastException(Problem.INVALID_REQUEST, "'" + target + "' is not empty.",
                                "Choose an empty folder.");
                    }
                }
            }
        }

        private static void copy(Path from, Path to) throws IOException {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) throws IOException {
                    Files.createDirectories(to.resolve(from.relativize(dir)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
                    Files.copy(file, to.resolve(from.relativize(file)));
                    return FileVisitResult.CONTINUE;
                }
            });
        }

        private static void remove(Path folder) throws IOException {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
                    Files.deleteIfExists(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}

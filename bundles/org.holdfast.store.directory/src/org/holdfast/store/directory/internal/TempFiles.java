package org.holdfast.store.directory.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of files under construction, {@code boot-pidnamespace-pid-random.part}, and removal of those whose process is
 * gone. A process number means something only within one boot of one machine and within one container, so both are in
 * the name: containers that share a host name must not remove each other's files.
 */
final class TempFiles {
    /** Files of processes that we cannot ask are taken for dead when nobody wrote to them for so long. */
    static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    private static final Pattern NAME = Pattern.compile("([0-9a-f]+-[0-9a-f]+)-([0-9]{1,18})-[0-9a-f]{16}\\.part");
    private static final String UNKNOWN = "0-0";

    private final Path directory;
    private final String machine = machine();

    TempFiles(Path directory) {
        this.directory = directory;
    }

    /** A new name in the directory for temporary files. */
    Path next() {
        return directory.resolve(machine + "-" + ProcessHandle.current().pid() + "-"
                + "%016x".formatted(ThreadLocalRandom.current().nextLong()) + ".part");
    }

    /** Removes what dead processes left behind, as far as we may. */
    void removeStale(Clock clock) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Instant newest = clock.instant().minus(LONGEST_PAUSE);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                removeIfStale(file, newest);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Garbage costs room and nothing else; a store that may only be read must open all the same.
        }
    }

    private void removeIfStale(Path file, Instant newest) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            return;
        }
        try {
            boolean here = name.group(1).equals(machine) && !name.group(1).equals(UNKNOWN);
            boolean stale = here ? ProcessHandle.of(Long.parseLong(name.group(2))).isEmpty()
                    : Files.getLastModifiedTime(file).toInstant().isBefore(newest);
            if (stale) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Gone already, or not ours to remove.
        }
    }

    /** This boot of this machine and this container's process numbers. */
    private static String machine() {
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip().replace("-", "");
            String namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("[^0-9]", "");
            return boot + "-" + Long.toHexString(Long.parseLong(namespace));
        } catch (IOException | RuntimeException e) {
            return UNKNOWN;
        }
    }
}

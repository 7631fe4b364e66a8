package org.holdfast.source.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.TargetDirectory;

/**
 * Measures creation of 20 000 files of 16 KiB with all their metadata in 200 directories:
 * {@code CreateMeasurement DIRECTORY [ROUNDS]}; a round leaves its files in a directory of its own. Not a test.
 */
public final class CreateMeasurement {
    private static final int DIRECTORIES = 200;
    private static final int FILES = 100;

    private CreateMeasurement() {
    }

    /** Entry point. */
    public static void main(String[] args) throws IOException {
        var content = new byte[16384];
        new Random(1).nextBytes(content);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        for (int round = 0; round < rounds; round++) {
            RawPath place = RawPath.of(Path.of(args[0]).toAbsolutePath() + "/round" + round);
            long start = System.nanoTime();
            try (RestoreTarget target = new FilesSourceProvider().openTarget(place); var root = target.root()) {
                for (int d = 0; d < DIRECTORIES; d++) {
                    try (TargetDirectory directory = root.directory(name("d" + d))) {
                        fill(directory, content);
                    }
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("%d files in %.3f s, %.0f files/s%n", DIRECTORIES * FILES, seconds,
                    DIRECTORIES * FILES / seconds);
        }
    }

    private static void fill(TargetDirectory directory, byte[] content) throws IOException {
        var metadata = new RestoreTarget.Metadata(0644, 1000, 1000, 1_500_000_000L, 123_456_789, List.of());
        for (int f = 0; f < FILES; f++) {
            try (var file = directory.file(name("file" + f), false)) {
                file.write(0, content, 0, content.length);
                List<String> missed = file.setMetadata(metadata);
                if (!missed.isEmpty()) {
                    throw new IOException(missed.toString());
                }
            }
        }
        directory.setMetadataOfSelf(metadata);
    }

    private static byte[] name(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

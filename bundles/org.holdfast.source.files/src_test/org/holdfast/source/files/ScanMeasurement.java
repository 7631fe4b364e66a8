package org.holdfast.source.files;

import java.io.IOException;
import java.nio.file.Path;

import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.NameTable;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.StatTable;

/** Measures listing and reading metadata of a tree: {@code ScanMeasurement [DIRECTORY [ROUNDS]]}. Not a test. */
public final class ScanMeasurement {
    private final CancelToken cancel = new CancelToken();
    private long entries;

    private ScanMeasurement() {
    }

    /** Entry point. */
    public static void main(String[] args) throws IOException {
        String directory = args.length > 0 ? args[0] : "/usr";
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 8;
        try (Source source = new FilesSourceProvider().open()) {
            for (int i = 0; i < rounds; i++) {
                var scan = new ScanMeasurement();
                long start = System.nanoTime();
                try (var root = source.openDirectory(RawPath.of(Path.of(directory).toString()))) {
                    scan.walk(root);
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf("%s: %d entries in %.3f s, %.0f entries/s%n", directory, scan.entries, seconds,
                        scan.entries / seconds);
            }
        }
    }

    private void walk(SourceDirectory directory) throws IOException {
        var names = new NameTable();
        var stats = new StatTable();
        directory.list(names, cancel);
        directory.stat(names, 0, names.count(), stats);
        entries += names.count();
        for (int i = 0; i < names.count(); i++) {
            if ((stats.mode[i] & 0170000) == 0040000) {
                try (var child = directory.openDirectory(names.name(i))) {
                    walk(child);
                }
            }
        }
    }
}

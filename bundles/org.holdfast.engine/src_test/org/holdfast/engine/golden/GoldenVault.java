package org.holdfast.engine.golden;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Unpacks the golden vault; see README.md beside it. */
public final class GoldenVault {
    /** Opens it. */
    public static final String PASSPHRASE = "golden vault of version 1";
    /** Opens it, too. */
    public static final String RECOVERY_KEY =
            "HF1-05E2J-NEAEK-3GC76-SZMYY-05B8K-69JBQ-JP0KT-SZZKT-DHZXK-JSR87-NGQZ1-YR050";

    private GoldenVault() {
    }

    /**
     * Unpacks the vault.
     *
     * @param directory that exists
     * @return directory of the vault
     */
    public static Path unpack(Path directory) throws IOException {
        try (ZipInputStream zip = open()) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                if (entry.getName().startsWith("vault/")) {
                    Path file = directory.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    Files.write(file, zip.readAllBytes());
                }
            }
        }
        return directory.resolve("vault");
    }

    /** What the two recovery points must give, oldest first. */
    public static List<List<String>> expected() throws IOException {
        return List.of(lines("first.txt"), lines("second.txt"));
    }

    private static List<String> lines(String name) throws IOException {
        try (ZipInputStream zip = open()) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                if (entry.getName().equals(name)) {
                    return new BufferedReader(new InputStreamReader(zip, StandardCharsets.US_ASCII)).lines().toList();
                }
            }
        }
        throw new IOException("There is no " + name);
    }

    private static ZipInputStream open() {
        InputStream in = GoldenVault.class.getResourceAsStream("vault-1.zip");
        return new ZipInputStream(in);
    }

    /** Whether a file holds a pack that the tombstone in the vault names. */
    public static boolean isGarbage(String file) {
        return file.startsWith("data/3f/") || file.startsWith("meta/8b/");
    }

    /** Files of all objects, relative to the vault. */
    public static List<String> objects(Path vault) throws IOException {
        try (Stream<Path> files = Files.walk(vault)) {
            return files.filter(Files::isRegularFile).map(f -> vault.relativize(f).toString()).sorted().toList();
        }
    }
}

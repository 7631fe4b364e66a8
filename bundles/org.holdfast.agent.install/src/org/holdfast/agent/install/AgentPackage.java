package org.holdfast.agent.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/**
 * A package of the agent: the archive for Linux that {@code ./holdfast package} makes, named
 * {@code holdfast-agent-VERSION-linux-MACHINE.tar.gz}.
 *
 * @param file the archive
 * @param version of the agent in it
 * @param machine processor it is for, as {@code uname -m} says it
 * @param size in bytes
 * @param sha256 of the file, 64 hex digits
 */
public record AgentPackage(Path file, String version, String machine, long size, String sha256) {
    private static final Pattern NAME =
            Pattern.compile("holdfast-agent-([A-Za-z0-9.+~-]+)-linux-([A-Za-z0-9_]+)\\.tar\\.gz");
    private static final int BUFFER = 1 << 16;

    /**
     * Opens a package, and compares it with the list of checksums that lies beside it, if one does.
     *
     * @throws HoldfastException with {@link Problem#INVALID_REQUEST} when it is no package, with
     *         {@link Problem#OBJECT_DAMAGED} when it is not what the checksum says
     */
    public static AgentPackage open(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches() || !Files.isRegularFile(file)) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + file + "' is no package of the agent.",
                    "Give a file holdfast-agent-VERSION-linux-MACHINE.tar.gz, which './holdfast package' makes.");
        }
        try {
            String sum = sum(file);
            String expected = expected(file, name.group(1));
            if (expected != null && !expected.equalsIgnoreCase(sum)) {
                throw new HoldfastException(Problem.OBJECT_DAMAGED,
                        "The package '" + file + "' is not what its checksum says.", "Make or copy it again.");
            }
            return new AgentPackage(file, name.group(1), name.group(2), Files.size(file), sum);
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "The package '" + file + "' cannot be read: "
                    + e.getMessage() + ".", "Check the file and its permissions.", e);
        }
    }

    private static @Nullable String expected(Path file, String version) throws IOException {
        Path list = file.resolveSibling("holdfast-agent-" + version + ".sha256");
        if (!Files.isRegularFile(list)) {
            return null;
        }
        return Files.readAllLines(list).stream().map(line -> line.strip().split("\\s+\\*?"))
                .filter(words -> words.length == 2 && words[1].equals(file.getFileName().toString()))
                .map(words -> words[0]).findFirst().orElse(null);
    }

    private static String sum(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime offers no SHA-256", e);
        }
    }

    /** Name of the file. */
    public String name() {
        return file.getFileName().toString();
    }

    /**
     * Whether this is younger than a version, part by part: numbers as numbers, anything else as text.
     *
     * @param other version of an agent
     */
    public boolean isNewerThan(String other) {
        String[] mine = version.split("[.+~-]");
        String[] its = other.split("[.+~-]");
        for (int i = 0; i < Math.max(mine.length, its.length); i++) {
            String a = i < mine.length ? mine[i] : "0";
            String b = i < its.length ? its[i] : "0";
            int order = a.matches("\\d{1,18}") && b.matches("\\d{1,18}")
                    ? Long.compare(Long.parseLong(a), Long.parseLong(b))
                    : a.compareTo(b);
            if (order != 0) {
                return order > 0;
            }
        }
        return false;
    }

    /** Machines of several packages, for people. */
    static String machines(Iterable<AgentPackage> all) {
        var names = new java.util.TreeSet<String>();
        all.forEach(one -> names.add(one.machine));
        return Arrays.toString(names.toArray()).replaceAll("[\\[\\]]", "");
    }
}

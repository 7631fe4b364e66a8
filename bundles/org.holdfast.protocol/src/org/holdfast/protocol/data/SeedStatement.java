package org.holdfast.protocol.data;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What lies on a disk that carries a first backup to the vault, said by whoever holds the passphrase of the server. The
 * folder of a seed has this as {@value #FILE}, the list of its objects as {@value #CONTENTS} (one line for each: name,
 * a blank, bytes; sorted by name), and the objects in {@value #OBJECTS}, an ordinary vault of format 1.
 *
 * @param format {@value #FORMAT}
 * @param version {@value #VERSION}
 * @param vault id of the vault that the server belongs to
 * @param server id of the server
 * @param domain its encryption domain, 32 hex digits
 * @param made when, server's clock
 * @param points names of the recovery points, 64 hex digits each, sorted
 * @param objects number of objects in the list
 * @param bytes what they have together
 * @param contents SHA-256 of the list of objects, 64 hex digits; names of objects are hashes, so it covers all bytes
 * @param proof {@code DomainProof.sign} of the crypto bundle for the purpose {@value #PURPOSE} over {@link #signed()}
 */
public record SeedStatement(String format, int version, String vault, String server, String domain, Instant made,
        List<String> points, long objects, long bytes, String contents, byte[] proof) {
    /** What a statement says it is. */
    public static final String FORMAT = "holdfast-seed";
    /** The version of this form. */
    public static final int VERSION = 1;
    /** Name of the file of the statement. */
    public static final String FILE = "seed.json";
    /** Name of the file with the list of objects. */
    public static final String CONTENTS = "contents.txt";
    /** Name of the folder with the objects. */
    public static final String OBJECTS = "objects";
    /** What the proof is for. */
    public static final String PURPOSE = "seed";

    /** What is missing is empty. */
    public SeedStatement {
        format = format == null ? "" : format;
        vault = vault == null ? "" : vault;
        server = server == null ? "" : server;
        domain = domain == null ? "" : domain;
        made = made == null ? Instant.EPOCH : made.truncatedTo(ChronoUnit.MILLIS);
        points = points == null ? List.of() : List.copyOf(points);
        contents = contents == null ? "" : contents;
        proof = proof == null ? new byte[0] : proof;
    }

    /** The bytes that the proof is about: everything else, a line each. */
    public byte[] signed() {
        return String.join("\n", format, Integer.toString(version), vault, server, domain, made.toString(),
                String.join(",", points), Long.toString(objects), Long.toString(bytes), contents)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The same with its proof. */
    public SeedStatement proven(byte[] by) {
        return new SeedStatement(format, version, vault, server, domain, made, points, objects, bytes, contents, by);
    }
}

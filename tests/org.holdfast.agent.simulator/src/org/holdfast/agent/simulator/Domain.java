package org.holdfast.agent.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.Id;
import org.holdfast.format.KeeperKey;
import org.holdfast.format.Manifest;
import org.holdfast.format.VaultDescriptor;

/**
 * An encryption domain for all agents together: a domain of its own costs each a second of key derivation, which is not
 * what is measured here. The vault checks its signatures as it does those of real agents. Thread-safe.
 */
final class Domain {
    private static final Id NONE = new Id(new byte[32]);

    private final byte[] id = DomainKeys.newDomainId();
    private final DomainKeys keys;
    private final byte[] publicKey;
    private final byte[] descriptor;

    /**
     * A sealed object.
     *
     * @param name in the vault
     * @param bytes all of it
     */
    record Sealed(String name, byte[] bytes) {
        /** The 64 hex digits that the name ends with. */
        String hash() {
            return name.substring(name.length() - 64);
        }
    }

    Domain(Instant now) {
        try (SecretBytes root = DomainKeys.newRootKey()) {
            keys = DomainKeys.derive(root, id);
        }
        publicKey = Signatures.publicKey(keys.signatureSeed());
        descriptor = signed(new VaultDescriptor(id, now.getEpochSecond(), 0, 0, publicKey).encode());
    }

    String id() {
        return HexFormat.of().formatHex(id);
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    /** What a server stores once. */
    List<Sealed> beginning() {
        return List.of(new Sealed(KeeperKey.OBJECT, KeeperKey.encode(id, keys.keeperKey())),
                new Sealed(VaultDescriptor.OBJECT, descriptor));
    }

    /** A pack of data that nobody else has. */
    Sealed pack(int bytes, long seed) {
        var data = new byte[bytes];
        new Random(seed).nextBytes(data);
        return new Sealed("data/" + sha256(data), data);
    }

    /** The manifest of a point with nothing in it. */
    Sealed point(String server, Instant started, Duration took, long storedBytes) {
        byte[] group = Arrays.copyOf(server.getBytes(StandardCharsets.US_ASCII), 16);
        var keeper = new Manifest.Keeper(Manifest.POINT, started.getEpochSecond(), started.getNano(), took.toMillis(),
                NONE, group, 0, 0, storedBytes, List.of());
        byte[] base = "/srv".getBytes(StandardCharsets.US_ASCII);
        var details = new Manifest.Details(server, base, List.of(base), DirectoryBody.EMPTY, List.of(),
                "holdfast-simulator", new long[7], 0, List.of());
        try (var keeperKey = new Xaes256Gcm(keys.keeperKey()); var manifestKey = new Xaes256Gcm(keys.manifestKey())) {
            byte[] bytes = signed(new Manifest(keeper, details).seal(id, keeperKey, manifestKey));
            return new Sealed("points/" + sha256(bytes), bytes);
        }
    }

    private byte[] signed(byte[] body) {
        byte[] signature = Signatures.sign(keys.signatureSeed(), body);
        byte[] all = Arrays.copyOf(body, body.length + signature.length);
        System.arraycopy(signature, 0, all, body.length, signature.length);
        return all;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime offers no SHA-256", e);
        }
    }
}

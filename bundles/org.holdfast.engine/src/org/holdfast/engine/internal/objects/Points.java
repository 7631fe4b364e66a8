package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;

/** The manifests of a vault. */
public final class Points {
    /** Prefix of recovery points. */
    public static final String POINTS = "points/";
    /** Prefix of checkpoints. */
    public static final String CHECKPOINTS = "checkpoints/";

    private final Vault vault;

    /** @param vault whose */
    public Points(Vault vault) {
        this.vault = vault;
    }

    /**
     * A manifest in the store.
     *
     * @param object name of the object
     * @param name SHA-256 in that name
     * @param bytes the stored bytes
     * @param manifest opened, its details only when asked for
     */
    public record Stored(String object, Id name, byte[] bytes, Manifest manifest) {
        /** Id of the point as people see it. */
        public String id() {
            return name.hex().substring(0, 32);
        }
    }

    /** Told of manifests that cannot be used. */
    @FunctionalInterface
    public interface DamageSink {
        /** One manifest. */
        void damaged(String object, String detail);
    }

    /**
     * Reads all manifests of a kind, oldest first; those that are damaged are told of and left out.
     *
     * @param prefix {@link #POINTS} or {@link #CHECKPOINTS}
     * @param details whether to open the part that needs the passphrase
     */
    public List<Stored> list(String prefix, boolean details, DamageSink damage) {
        var names = new ArrayList<ObjectInfo>();
        Vault.io("Listing the recovery points", () -> {
            vault.store().list(prefix, names::add);
            return null;
        });
        var list = new ArrayList<Stored>();
        try (Xaes256Gcm keeper = vault.keeperCipher();
                Xaes256Gcm tenant = details ? new Xaes256Gcm(vault.keys().manifestKey()) : null) {
            for (ObjectInfo info : names) {
                try {
                    byte[] bytes = vault.store().get(info.name(), Manifest.MAX_BYTES);
                    var name = new Id(Manifest.sha256(bytes, 0, bytes.length));
                    if (!info.name().equals(prefix + name.hex())) {
                        damage.damaged(info.name(), "Its bytes are not what was written.");
                        continue;
                    }
                    list.add(new Stored(info.name(), name, bytes,
                            Manifest.open(bytes, vault.domainId(), keeper, tenant)));
                } catch (FormatException e) {
                    damage.damaged(info.name(), e.getMessage());
                } catch (java.nio.file.NoSuchFileException e) {
                    // Removed by retention since it was listed.
                    continue;
                } catch (IOException e) {
                    throw Vault.problem("Reading the recovery points", e);
                }
            }
        }
        list.sort(Comparator.comparingLong((Stored s) -> s.manifest().keeper().seconds())
                .thenComparingInt(s -> s.manifest().keeper().nanos()).thenComparing(Stored::name));
        return list;
    }

    /** Opens the part of a manifest that needs the passphrase. */
    public Manifest details(Stored stored) {
        try (Xaes256Gcm keeper = vault.keeperCipher(); Xaes256Gcm tenant = new Xaes256Gcm(vault.keys().manifestKey())) {
            return Manifest.open(stored.bytes(), vault.domainId(), keeper, tenant);
        }
    }

    /** Whether the signature of a manifest holds. */
    public boolean signatureValid(byte[] bytes) {
        int n = bytes.length - Manifest.SIGNATURE_BYTES;
        return n > 0 && Signatures.verify(vault.descriptor().publicKey(), Arrays.copyOf(bytes, n),
                Arrays.copyOfRange(bytes, n, bytes.length));
    }

    /**
     * Signs and stores a manifest; when this returns, the point is committed.
     *
     * @return the stored manifest
     */
    public Stored commit(String prefix, Manifest manifest) throws IOException {
        byte[] body;
        try (Xaes256Gcm keeper = vault.keeperCipher(); Xaes256Gcm tenant = new Xaes256Gcm(vault.keys().manifestKey())) {
            body = manifest.seal(vault.domainId(), keeper, tenant);
        }
        byte[] signature = Signatures.sign(vault.keys().signatureSeed(), body);
        byte[] bytes = Arrays.copyOf(body, body.length + signature.length);
        System.arraycopy(signature, 0, bytes, body.length, signature.length);
        var name = new Id(Manifest.sha256(bytes, 0, bytes.length));
        vault.store().put(prefix + name.hex(), ByteBuffer.wrap(bytes));
        return new Stored(prefix + name.hex(), name, bytes, manifest);
    }

    /** Opaque id of what belongs together for retention: the same server, base and items. */
    public static byte[] group(SecretBytes keeperKey, String server, RawPath base, List<RawPath> items) {
        byte[] key = keeperKey.copy();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update("group".getBytes(StandardCharsets.US_ASCII));
            part(mac, server.getBytes(StandardCharsets.UTF_8));
            part(mac, base.bytes());
            items.forEach(item -> part(mac, item.bytes()));
            return Arrays.copyOf(mac.doFinal(), 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        } finally {
            SecretBytes.wipe(key);
        }
    }

    private static void part(Mac mac, byte[] bytes) {
        mac.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
        mac.update(bytes);
    }

    /** The last of a list that belongs to a group, or null. */
    public static @Nullable Stored latest(List<Stored> list, byte[] group) {
        Stored found = null;
        for (Stored stored : list) {
            if (Arrays.equals(stored.manifest().keeper().group(), group)) {
                found = stored;
            }
        }
        return found;
    }

    /**
     * Whether a checkpoint is of a backup that did not come to its end.
     *
     * @param newest the newest point of its group, or null
     */
    public static boolean unfinished(Stored checkpoint, @Nullable Stored newest) {
        if (newest == null) {
            return true;
        }
        Manifest.Keeper a = checkpoint.manifest().keeper();
        Manifest.Keeper b = newest.manifest().keeper();
        // The clock may have been set back since the point, but what names it as its predecessor is younger.
        return a.seconds() > b.seconds() || a.seconds() == b.seconds() && a.nanos() > b.nanos()
                || a.previous().equals(newest.name());
    }
}

package org.holdfast.engine.internal.verify;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.crypto.CryptoException;
import org.holdfast.crypto.KeySlot;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.KeyRing;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.KeeperKey;
import org.holdfast.format.Manifest;
import org.holdfast.format.VaultDescriptor;

/** Checks everything but packs: descriptor, keeper's key, key slots, manifests and index segments. */
final class SmallObjects {
    private static final int SMALL = 4096;

    private final Vault vault;
    private final Findings findings;
    private final Counters counters;

    SmallObjects(Vault vault, Findings findings, Counters counters) {
        this.vault = vault;
        this.findings = findings;
        this.counters = counters;
    }

    /** Reads an object; null when it cannot be read, which has been told. */
    private byte @Nullable [] read(String name, int limit) {
        counters.objects.increment();
        try {
            byte[] bytes = vault.store().get(name, limit);
            counters.bytes.add(bytes.length);
            return bytes;
        } catch (NoSuchFileException e) {
            findings.add(name, Problem.OBJECT_MISSING, "The object is missing.");
        } catch (IOException e) {
            findings.add(name, Problem.STORE_UNAVAILABLE, "The object cannot be read: " + e.getMessage() + ".");
        }
        return null;
    }

    /** Checks the descriptor, the keeper's key and the key slots. */
    void checkKeys() {
        byte[] descriptor = read(VaultDescriptor.OBJECT, SMALL);
        if (descriptor != null) {
            checkDescriptor(descriptor);
        }
        checkKeeperKey();
        List<ObjectInfo> slots = list(KeyRing.PREFIX);
        for (ObjectInfo info : slots) {
            byte[] bytes = read(info.name(), SMALL);
            if (bytes != null) {
                checkSlot(info.name(), bytes);
            }
        }
    }

    private void checkKeeperKey() {
        if (vault.keys() != null && isKeptBack(KeeperKey.OBJECT)) {
            return;
        }
        byte[] keeper = read(KeeperKey.OBJECT, SMALL);
        if (keeper != null) {
            try (SecretBytes key = KeeperKey.parse(keeper, vault.domainId())) {
                if (vault.keys() != null && !key.matches(vault.keys().keeperKey())) {
                    findings.add(KeeperKey.OBJECT, Problem.SIGNATURE_INVALID,
                            "It holds another key than the vault's: somebody changed it.");
                }
            } catch (FormatException e) {
                findings.add(KeeperKey.OBJECT, Problem.OBJECT_DAMAGED, String.valueOf(e.getMessage()));
            }
        }
    }

    /** A vault server has the keeper key and gives it to nobody; who has the passphrase does not need it. */
    private boolean isKeptBack(String name) {
        try {
            vault.store().get(name, SMALL);
            return false;
        } catch (NoSuchFileException e) {
            return isThere(name);
        } catch (IOException e) {
            // Told when it is read again.
            return false;
        }
    }

    private boolean isThere(String name) {
        try {
            return vault.store().size(name) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void checkDescriptor(byte[] bytes) {
        try {
            VaultDescriptor stored = VaultDescriptor.parse(bytes);
            int n = bytes.length - Manifest.SIGNATURE_BYTES;
            if (!Signatures.verify(stored.publicKey(), Arrays.copyOf(bytes, n),
                    Arrays.copyOfRange(bytes, n, bytes.length))) {
                findings.add(VaultDescriptor.OBJECT, Problem.SIGNATURE_INVALID, "Its signature does not hold.");
            } else if (!stored.equals(vault.descriptor())) {
                findings.add(VaultDescriptor.OBJECT, Problem.OBJECT_DAMAGED, "It changed while the vault was open.");
            }
        } catch (FormatException e) {
            findings.add(VaultDescriptor.OBJECT, Problem.OBJECT_DAMAGED, String.valueOf(e.getMessage()));
        }
    }

    private void checkSlot(String name, byte[] bytes) {
        try {
            KeySlot slot = KeySlot.parse(bytes);
            if (!name.equals(KeyRing.PREFIX + slot.idText())) {
                findings.add(name, Problem.OBJECT_DAMAGED, "The key slot has another name than it should have.");
            }
        } catch (CryptoException e) {
            findings.add(name, Problem.OBJECT_DAMAGED, sentence(String.valueOf(e.getMessage())));
        }
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    /**
     * Checks all manifests of a kind.
     *
     * @return those that can be used, newest first
     */
    List<Points.Stored> checkManifests(String prefix) {
        var good = new ArrayList<Points.Stored>();
        var points = new Points(vault);
        try (Xaes256Gcm keeper = vault.keeperCipher();
                Xaes256Gcm tenant = vault.keys() == null ? null : new Xaes256Gcm(vault.keys().manifestKey())) {
            for (ObjectInfo info : list(prefix)) {
                byte[] bytes = read(info.name(), Manifest.MAX_BYTES);
                if (bytes == null) {
                    continue;
                }
                String hex = info.name().substring(prefix.length());
                var name = new Id(Manifest.sha256(bytes, 0, bytes.length));
                try {
                    if (!hex.equals(name.hex())) {
                        throw new FormatException("Its bytes are not what was written.");
                    }
                    if (!points.signatureValid(bytes)) {
                        hurt(findings.add(info.name(), Problem.SIGNATURE_INVALID, "Its signature does not hold."),
                                prefix, hex);
                    }
                    good.add(new Points.Stored(info.name(), name, bytes,
                            Manifest.open(bytes, vault.domainId(), keeper, tenant)));
                } catch (FormatException e) {
                    hurt(findings.add(info.name(), Problem.OBJECT_DAMAGED, String.valueOf(e.getMessage())), prefix,
                            hex);
                }
            }
        }
        good.sort(Comparator.comparingLong((Points.Stored s) -> s.manifest().keeper().seconds())
                .thenComparingInt(s -> s.manifest().keeper().nanos()).thenComparing(Points.Stored::name).reversed());
        return good;
    }

    private static void hurt(Finding finding, String prefix, String hex) {
        if (prefix.equals(Points.POINTS)) {
            String id = hex.length() > 32 ? hex.substring(0, 32) : hex;
            finding.hurts(id);
            finding.hurts(id, null);
        }
    }

    /**
     * Index segments that are of no use.
     *
     * @param replaced others take their place
     * @param rotten their bytes are not what was written
     */
    record Segments(List<String> replaced, List<String> rotten) {
    }

    /** Checks all index segments. */
    Segments checkIndex() {
        var rotten = new ArrayList<String>();
        var replaced = new ArrayList<Id>();
        var names = new ArrayList<String>();
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (ObjectInfo info : list(IndexWriter.PREFIX)) {
                byte[] bytes = read(info.name(), IndexSegment.MAX_BYTES);
                if (bytes == null) {
                    continue;
                }
                try {
                    Id name = IndexWriter.id(info.name());
                    if (!Arrays.equals(name.bytes(), Manifest.sha256(bytes, 0, bytes.length))) {
                        rotten.add(info.name());
                        throw new FormatException("Its bytes are not what was written.");
                    }
                    replaced.addAll(IndexSegment.open(bytes, vault.domainId(), keeper).replaces());
                    names.add(info.name());
                } catch (FormatException e) {
                    findings.add(info.name(), Problem.OBJECT_DAMAGED, e.getMessage()
                            + " The packs it named are found by their own directories.");
                }
            }
        }
        names.removeIf(name -> !replaced.contains(IndexWriter.id(name)));
        return new Segments(names, rotten);
    }

    private List<ObjectInfo> list(String prefix) {
        var infos = new ArrayList<ObjectInfo>();
        Vault.io("Listing the vault", () -> {
            vault.store().list(prefix, infos::add);
            return null;
        });
        return infos;
    }
}

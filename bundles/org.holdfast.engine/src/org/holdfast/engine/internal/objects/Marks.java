package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.crypto.CryptoException;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.ByteReader;
import org.holdfast.format.ByteWriter;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;

/**
 * Marks on packs: damaged ones, whose chunks the next backup stores again, and those that a collection is about to
 * delete, whose chunks a backup must not rely on.
 */
public final class Marks {
    /** Prefix of marks of damaged packs. */
    public static final String DAMAGED = "damaged/";
    /** Prefix of lists of packs that are about to go. */
    public static final String TOMBSTONES = "tombstones/";
    private static final int MAX_BYTES = 64 << 20;
    private static final byte[] AAD = "HFTS1".getBytes(StandardCharsets.US_ASCII);

    private Marks() {
    }

    /**
     * Packs that are about to go.
     *
     * @param object name of the object
     * @param packs the packs
     * @param sessions sessions that were alive when it was written and may rely on the packs
     */
    public record Tombstone(String object, Set<Id> packs, Set<String> sessions) {
    }

    /** Packs marked as damaged. */
    public static Set<Id> damaged(Vault vault) throws IOException {
        Set<Id> packs = new HashSet<>();
        vault.store().list(DAMAGED, info -> {
            Id pack = Id.parse(info.name().substring(DAMAGED.length()));
            if (pack != null) {
                packs.add(pack);
            }
        });
        return packs;
    }

    /** Marks a pack as damaged. */
    public static void markDamaged(Vault vault, Id pack) throws IOException {
        vault.store().put(DAMAGED + pack.hex(), ByteBuffer.wrap("damaged\n".getBytes(StandardCharsets.US_ASCII)));
    }

    /** Takes the mark off a pack. */
    public static void clearDamaged(Vault vault, Id pack) throws IOException {
        vault.store().delete(DAMAGED + pack.hex());
    }

    /** All packs whose chunks count as absent when something is to be stored. */
    public static Set<Id> unreliable(Vault vault) throws IOException {
        Set<Id> packs = damaged(vault);
        tombstones(vault).forEach(t -> packs.addAll(t.packs()));
        return packs;
    }

    /** All tombstones that can be read; nobody deletes anything because of the others. */
    public static List<Tombstone> tombstones(Vault vault) throws IOException {
        return tombstones(vault, new ArrayList<>());
    }

    /** Removes tombstones that cannot be read: what they named will be named again. */
    public static void removeUnreadableTombstones(Vault vault) throws IOException {
        List<String> unreadable = new ArrayList<>();
        tombstones(vault, unreadable);
        for (String object : unreadable) {
            vault.store().delete(object);
        }
    }

    private static List<Tombstone> tombstones(Vault vault, List<String> unreadable) throws IOException {
        List<ObjectInfo> infos = new ArrayList<>();
        vault.store().list(TOMBSTONES, infos::add);
        List<Tombstone> list = new ArrayList<>();
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (ObjectInfo info : infos) {
                byte[] stored;
                try {
                    stored = vault.store().get(info.name(), MAX_BYTES);
                } catch (java.nio.file.NoSuchFileException e) {
                    continue;
                }
                try {
                    list.add(parse(info.name(), keeper.open(stored, AAD)));
                } catch (CryptoException | FormatException e) {
                    unreadable.add(info.name());
                }
            }
        }
        return list;
    }

    private static Tombstone parse(String object, byte[] plain) {
        var in = new ByteReader("The tombstone", plain);
        int packs = in.count(Id.SIZE, "packs");
        Set<Id> names = new HashSet<>();
        for (int i = 0; i < packs; i++) {
            names.add(new Id(in.raw(Id.SIZE)));
        }
        int sessions = in.count(1, "sessions");
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < sessions; i++) {
            ids.add(in.text(100, "a session"));
        }
        in.end();
        return new Tombstone(object, names, ids);
    }

    /** Writes a tombstone and returns the name of its object. */
    public static String putTombstone(Vault vault, Set<Id> packs, Set<String> sessions) throws IOException {
        var plain = new ByteWriter(64 + packs.size() * Id.SIZE).varint(packs.size());
        packs.stream().sorted().forEach(id -> plain.raw(id.bytes()));
        plain.varint(sessions.size());
        sessions.stream().sorted().forEach(plain::text);
        byte[] sealed;
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            sealed = keeper.seal(plain.toByteArray(), AAD);
        }
        String name = TOMBSTONES + HexFormat.of().formatHex(Manifest.sha256(sealed, 0, sealed.length));
        vault.store().put(name, ByteBuffer.wrap(sealed));
        return name;
    }
}

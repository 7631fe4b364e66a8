package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.holdfast.api.spi.store.Upload;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.PackKind;

/**
 * Collects the directories of new packs and writes them to the store as index segments: one sort for data packs, one
 * for metadata packs, so that browsing reads only the small one. Thread-safe.
 */
public final class IndexWriter {
    /** Prefix of index segments in the store. */
    public static final String PREFIX = "index/";
    /** A segment is written when it has so many bytes, which is about 100 000 chunks. */
    public static final int TARGET_BYTES = 7 << 19;

    private final Vault vault;
    private final Map<PackKind, IndexSegment.Builder> pending = new EnumMap<>(PackKind.class);
    /** Packs that are named in what is pending and may still be on their way. */
    private final Map<PackKind, List<Upload.Commit>> underWay = new EnumMap<>(PackKind.class);
    private long storedBytes;
    private long packs;

    /** @param vault where to */
    public IndexWriter(Vault vault) {
        this.vault = vault;
        for (PackKind kind : PackKind.values()) {
            pending.put(kind, new IndexSegment.Builder());
            underWay.put(kind, new ArrayList<>());
        }
    }

    /** Prefix of the segments of one kind of packs. */
    public static String prefix(PackKind kind) {
        return PREFIX + (kind == PackKind.DATA ? "data-" : "meta-");
    }

    /**
     * The id in the name of a segment: SHA-256 of its bytes.
     *
     * @throws FormatException when it is not the name of a segment
     */
    public static Id id(String objectName) {
        for (PackKind kind : PackKind.values()) {
            String prefix = prefix(kind);
            if (objectName.startsWith(prefix) && objectName.length() == prefix.length() + 2 * Id.SIZE) {
                try {
                    return Id.of(objectName.substring(prefix.length()));
                } catch (IllegalArgumentException e) {
                    throw new FormatException("The object " + objectName + " is no index segment.", e);
                }
            }
        }
        throw new FormatException("The object " + objectName + " is no index segment.");
    }

    /** Whether this is the name of a segment. */
    public static boolean isSegment(String objectName) {
        for (PackKind kind : PackKind.values()) {
            if (objectName.startsWith(prefix(kind)) && Id.parse(objectName.substring(prefix(kind).length())) != null) {
                return true;
            }
        }
        return false;
    }

    /** Takes a durable pack; references in its directory do not matter. */
    public synchronized void add(IndexSegment.Pack pack) throws IOException {
        PackKind kind = pack.directory().kind();
        pending.get(kind).add(pack);
        added(kind, pack.bytes());
    }

    /**
     * Takes a pack that has just been ended.
     *
     * @param bytes its size
     * @param directory what has been written to it
     * @param commit waited for before a segment names the pack
     */
    synchronized void add(Id name, long bytes, PackDirectory.Builder directory, Upload.Commit commit)
            throws IOException {
        pending.get(directory.kind()).add(name, bytes, directory);
        underWay.get(directory.kind()).add(commit);
        added(directory.kind(), bytes);
    }

    private void added(PackKind kind, long bytes) throws IOException {
        storedBytes += bytes;
        packs++;
        if (pending.get(kind).length() >= TARGET_BYTES) {
            flush(kind, List.of());
        }
    }

    /** Writes what is pending. */
    public synchronized void flush() throws IOException {
        for (PackKind kind : PackKind.values()) {
            flush(kind, List.of());
        }
    }

    /**
     * Writes what is pending of one kind.
     *
     * @param replaces segments the new one takes the place of
     * @return id of the segment written, or null when there was nothing to write
     */
    public synchronized Id flush(PackKind kind, List<Id> replaces) throws IOException {
        IndexSegment.Builder segment = pending.get(kind);
        if (segment.packs() == 0 && replaces.isEmpty()) {
            return null;
        }
        for (Upload.Commit commit : underWay.get(kind)) {
            commit.await();
        }
        byte[] bytes;
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            bytes = segment.seal(replaces, vault.domainId(), keeper);
        }
        var name = new Id(Manifest.sha256(bytes, 0, bytes.length));
        vault.store().put(prefix(kind) + name.hex(), ByteBuffer.wrap(bytes));
        storedBytes += bytes.length;
        segment.clear();
        underWay.get(kind).clear();
        return name;
    }

    /** Bytes of memory kept for what has not been written yet. */
    public synchronized long heldBytes() {
        return pending.values().stream().mapToLong(IndexSegment.Builder::heldBytes).sum();
    }

    /** Bytes of packs and segments written so far. */
    public synchronized long storedBytes() {
        return storedBytes;
    }

    /** Packs written so far. */
    public synchronized long packs() {
        return packs;
    }
}

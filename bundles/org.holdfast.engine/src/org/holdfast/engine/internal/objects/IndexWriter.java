package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.Manifest;

/** Collects the directories of new packs and writes them to the store as index segments. Thread-safe. */
public final class IndexWriter {
    /** Prefix of index segments in the store. */
    public static final String PREFIX = "index/";
    /** A segment is written when it describes so many chunks. */
    static final int CHUNKS_PER_SEGMENT = 200_000;

    private final Vault vault;
    private final List<IndexSegment.Pack> pending = new ArrayList<>();
    private int chunks;
    private long storedBytes;
    private long packs;

    /** @param vault where to */
    public IndexWriter(Vault vault) {
        this.vault = vault;
    }

    /** Takes a durable pack. */
    public synchronized void add(IndexSegment.Pack pack) throws IOException {
        pending.add(pack);
        storedBytes += pack.bytes();
        packs++;
        for (BlobEntry blob : pack.directory().blobs()) {
            chunks += blob.chunks();
        }
        if (chunks >= CHUNKS_PER_SEGMENT) {
            flush(List.of());
        }
    }

    /**
     * Writes what is pending.
     *
     * @param replaces segments the new one takes the place of
     * @return name of the segment written, or null when there was nothing to write
     */
    public synchronized Id flush(List<Id> replaces) throws IOException {
        if (pending.isEmpty() && replaces.isEmpty()) {
            return null;
        }
        byte[] bytes;
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            bytes = new IndexSegment(List.copyOf(pending), replaces).seal(vault.domainId(), keeper);
        }
        var name = new Id(Manifest.sha256(bytes, 0, bytes.length));
        vault.store().put(PREFIX + HexFormat.of().formatHex(name.bytes()), ByteBuffer.wrap(bytes));
        storedBytes += bytes.length;
        pending.clear();
        chunks = 0;
        return name;
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

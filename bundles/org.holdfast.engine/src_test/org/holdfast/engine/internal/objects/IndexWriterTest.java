package org.holdfast.engine.internal.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.holdfast.engine.internal.TestVault;
import org.holdfast.format.BlobCodec;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.ContentType;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.PackKind;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is stored is found again, and what is kept in memory until then does not grow with the number of files. With
 * five million files the references of their pages alone are 160 MB.
 */
class IndexWriterTest {
    private static final int STORED = BlobCodec.SEAL_BYTES + 20;

    private final MemoryStore store = new MemoryStore();
    private final SplittableRandom random = new SplittableRandom(1);
    private TestVault test;
    private Vault vault;

    @BeforeEach
    void open() throws IOException {
        test = new TestVault(store);
        vault = test.open();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private BlobEntry blob(PackKind kind, int chunks, int refsPerChunk) {
        var types = new byte[chunks];
        Arrays.fill(types, kind == PackKind.META ? ContentType.PAGE : ContentType.DATA);
        var lengths = new int[chunks];
        Arrays.fill(lengths, 1);
        var refCounts = new int[chunks];
        Arrays.fill(refCounts, refsPerChunk);
        return new BlobEntry(0, STORED, BlobCodec.RAW, 0, chunks, types, lengths, bytes(chunks * Id.SIZE), refCounts,
                bytes(chunks * refsPerChunk * Id.SIZE));
    }

    private Id name() {
        return Id.at(bytes(Id.SIZE), 0);
    }

    private IndexSegment.Pack pack(BlobEntry blob) {
        return new IndexSegment.Pack(name(), 1 << 20, new PackDirectory(PackKind.DATA,
                List.of(blob.at(24))));
    }

    @Test
    void referencesOfPagesAreNotKept() throws IOException {
        int pages = 2000;
        int perPage = 300;
        var index = new IndexWriter(vault);
        long packBytes = 0;
        var first = blob(PackKind.META, 1, perPage);
        try (var packs = new PackWriter(vault, PackKind.META, index)) {
            for (int page = 0; page < pages; page++) {
                packs.append(new byte[STORED], STORED, page == 0 ? first : blob(PackKind.META, 1, perPage));
                packBytes = Math.max(packBytes, packs.heldBytes());
            }
            packs.flush();
        }
        assertTrue(index.packs() > 5, index.packs() + " packs");
        assertTrue(packBytes <= 5 << 19, "an open pack kept " + packBytes + " bytes");
        long perChunk = index.heldBytes() / pages;
        assertTrue(perChunk < 200, "the index kept " + perChunk + " bytes a page before it was written");
        index.flush();
        // Nothing is lost by it: the references are in the packs.
        ChunkIndex read = ChunkIndex.load(vault, IndexWriter.prefix(PackKind.META), Set.of());
        assertEquals(pages, read.chunks());
        try (var directories = new PackDirectories(vault, read)) {
            int chunk = read.find(first.ids(), 0);
            assertEquals(ByteBuffer.wrap(first.refs()), ByteBuffer.wrap(directories.references(read.locate(chunk))));
        }
    }

    @Test
    void whatIsPendingIsWrittenBeforeItGetsLarge() throws IOException {
        int packs = 40;
        int perPack = 10_000;
        var index = new IndexWriter(vault);
        var all = new ArrayList<BlobEntry>();
        long held = 0;
        for (int i = 0; i < packs; i++) {
            BlobEntry blob = blob(PackKind.DATA, perPack, 0);
            index.add(pack(blob));
            held = Math.max(held, index.heldBytes());
            all.add(blob);
        }
        assertTrue(held <= 5 << 20, "the index kept " + held + " bytes");
        index.flush();
        assertTrue(test.objects(IndexWriter.PREFIX).size() >= 3, () -> test.objects(IndexWriter.PREFIX).toString());
        ChunkIndex read = ChunkIndex.load(vault, IndexWriter.PREFIX, Set.of());
        assertEquals(packs * perPack, read.chunks());
        assertEquals(packs, read.packs());
        for (BlobEntry blob : all) {
            for (int i = 0; i < perPack; i += 999) {
                BlobRef ref = read.locate(read.find(blob.ids(), i * Id.SIZE));
                assertEquals(i, ref.chunk());
                assertEquals(24, read.blobOffset(ref.blob()));
            }
        }
    }

    @Test
    void aSegmentThatAnotherReplacesDoesNotCount() throws IOException {
        // Segments are read in the order of their names, which are hashes: in some rounds the old one comes first.
        for (int round = 0; round < 8; round++) {
            IndexSegment.Pack kept = pack(blob(PackKind.DATA, 3, 0));
            IndexSegment.Pack gone = pack(blob(PackKind.DATA, 3, 0));
            var index = new IndexWriter(vault);
            index.add(kept);
            index.add(gone);
            Id old = index.flush(PackKind.DATA, List.of());
            index.add(kept);
            index.flush(PackKind.DATA, List.of(old));
            ChunkIndex read = ChunkIndex.load(vault, IndexWriter.PREFIX, Set.of());
            assertTrue(read.find(kept.directory().blobs().getFirst().ids(), 0) >= 0);
            assertEquals(-1, read.find(gone.directory().blobs().getFirst().ids(), 0));
            assertEquals(round + 1, read.packs());
            assertTrue(read.segments().contains(old));
        }
    }
}

package org.holdfast.engine.internal.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.holdfast.api.Problem;
import org.holdfast.engine.internal.objects.BlobRef;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.Body;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.Page;
import org.holdfast.format.Segments;

/** What the index says, in the form in which packs are compared with it. Immutable, shared by threads. */
final class PackTable {
    private final ChunkIndex index;
    private final Map<Id, Integer> packs = new HashMap<>();
    /** First blob of each pack; one more than packs, the last is the number of blobs. */
    private final int[] first;

    PackTable(ChunkIndex index) {
        this.index = index;
        first = new int[index.packs() + 1];
        for (int pack = 0; pack < index.packs(); pack++) {
            packs.put(index.packName(pack), pack);
        }
        // Blobs are numbered pack by pack; a pack may have none.
        int pack = 0;
        for (int blob = 0; blob < index.blobs(); blob++) {
            while (pack < index.packOf(blob)) {
                first[++pack] = blob;
            }
        }
        while (pack < index.packs()) {
            first[++pack] = index.blobs();
        }
    }

    ChunkIndex index() {
        return index;
    }

    /** Number of a pack in the index, or -1. */
    int number(Id name) {
        return packs.getOrDefault(name, -1);
    }

    /** First blob of a pack. */
    int firstBlob(int pack) {
        return first[pack];
    }

    /** Blob after the last one of a pack. */
    int endBlob(int pack) {
        return first[pack + 1];
    }

    /** The blobs of a pack as far as the index knows them: without chunks, but with all that opens them. */
    List<BlobEntry> blobs(Id name) {
        int pack = number(name);
        var list = new ArrayList<BlobEntry>();
        for (int blob = pack < 0 ? 0 : firstBlob(pack); pack >= 0 && blob < endBlob(pack); blob++) {
            byte[] firstId = Arrays.copyOfRange(index.blobFirstIds(), blob * Id.SIZE, (blob + 1) * Id.SIZE);
            list.add(new BlobEntry(index.blobOffset(blob), index.blobStored(blob), index.blobCodec(blob),
                    index.blobEpoch(blob), index.blobRaw(blob), new byte[0], new int[0], firstId, new int[0],
                    new byte[0]));
        }
        return list;
    }

    /** Compares the directory of a pack with the index. */
    void compare(PackReport report, PackDirectory directory) {
        int pack = number(report.name());
        if (pack < 0) {
            return;
        }
        List<BlobEntry> blobs = directory.blobs();
        boolean same = blobs.size() == endBlob(pack) - firstBlob(pack);
        for (int i = 0; same && i < blobs.size(); i++) {
            same = same(firstBlob(pack) + i, blobs.get(i));
        }
        if (!same) {
            report.damaged(Problem.OBJECT_DAMAGED, "The directory of the pack and the index do not agree.");
        }
    }

    private boolean same(int blob, BlobEntry entry) {
        if (index.blobOffset(blob) != entry.offset() || index.blobStored(blob) != entry.storedLength()
                || index.blobRaw(blob) != entry.rawLength() || index.blobCodec(blob) != entry.codec()
                || index.blobEpoch(blob) != entry.epoch()
                || !Arrays.equals(index.blobFirstIds(), blob * Id.SIZE, (blob + 1) * Id.SIZE, entry.ids(), 0,
                        Id.SIZE)) {
            return false;
        }
        int offset = 0;
        for (int i = 0; i < entry.chunks(); i++) {
            int chunk = index.find(entry.ids(), i * Id.SIZE);
            if (chunk < 0) {
                return false;
            }
            BlobRef ref = index.locate(chunk);
            if (ref.blob() == blob && ref.chunk() == i
                    && (ref.offset() != offset || ref.length() != entry.lengths()[i])) {
                return false;
            }
            offset += entry.lengths()[i];
        }
        return true;
    }

    /**
     * Checks that the chunks of a page's files are as long as the page says.
     *
     * @throws FormatException when they are not; missing ones are another matter
     */
    void compare(Page page) {
        for (int row = 0; row < page.count; row++) {
            switch (page.bodyKind(row)) {
                case Body.SINGLE -> length(page.refs, page.refOffset(row), page.size[row]);
                case Body.SEGMENTS -> compare(Segments.parse(page.body(row)), page.refs, page.refOffset(row),
                        page.refCount(row));
                case Body.DIRECTORY -> page.directory(row);
                default -> {
                }
            }
        }
    }

    /** Checks that chunks are as long as a list of segments says. */
    void compare(Segments segments, byte[] refs, int refAt, int refCount) {
        if (segments.chunks() != refCount) {
            throw new FormatException("A list of segments has the wrong number of chunks.");
        }
        int ref = refAt;
        for (int i = 0; i < segments.count(); i++) {
            if (segments.kinds()[i] == Body.CHUNK) {
                length(refs, ref, segments.lengths()[i]);
                ref += Id.SIZE;
            }
        }
    }

    private void length(byte[] ids, int at, long expected) {
        int chunk = index.find(ids, at);
        if (chunk >= 0 && index.locate(chunk).length() != expected) {
            throw new FormatException("The chunk " + Id.at(ids, at) + " has another length than its file says.");
        }
    }
}

package org.holdfast.engine.internal.backup;

import java.util.HashMap;
import java.util.Map;

import org.holdfast.api.CancelToken;
import org.holdfast.api.spi.source.Source;
import org.holdfast.engine.internal.objects.BlobBuilder;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.KnownIds;
import org.holdfast.engine.internal.objects.MetaWriter;
import org.holdfast.engine.internal.objects.PackWriter;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.BlobCodec;
import org.holdfast.format.Chunker;
import org.holdfast.format.PackKind;
import org.holdfast.format.Page;

/** What all parts of one running backup share. Thread-safe. */
final class BackupContext {
    /** Raw size from which a blob of small chunks is closed; see docs/adr/0003. */
    private static final int BLOB_TARGET = 512 * 1024;

    private final Vault vault;
    private final Source source;
    private final Counters counters;
    private final CancelToken cancel;
    private final KnownIds known;
    private final IndexWriter index;
    private final MetaWriter meta;
    private final Chunker chunker;
    private final BufferPool buffers;
    private final int workers;
    private final int level;
    private final Map<OwnerKey, Page.Owner> owners = new HashMap<>();
    private final Map<Long, Integer> devices = new HashMap<>();
    private OwnerKey lastKey = new OwnerKey(0, 0, 0, 0);
    private Page.Owner lastOwner;

    private record OwnerKey(int mode, int uid, int gid, long device) {
    }

    BackupContext(Vault vault, Source source, Counters counters, CancelToken cancel, KnownIds known,
            IndexWriter index, MetaWriter meta, Chunker chunker, BufferPool buffers, int workers, int level) {
        this.vault = vault;
        this.source = source;
        this.counters = counters;
        this.cancel = cancel;
        this.known = known;
        this.index = index;
        this.meta = meta;
        this.chunker = chunker;
        this.buffers = buffers;
        this.workers = workers;
        this.level = level;
    }

    Vault vault() {
        return vault;
    }

    Counters counters() {
        return counters;
    }

    CancelToken cancel() {
        return cancel;
    }

    KnownIds known() {
        return known;
    }

    MetaWriter meta() {
        return meta;
    }

    Chunker chunker() {
        return chunker;
    }

    BufferPool buffers() {
        return buffers;
    }

    int workers() {
        return workers;
    }

    BlobBuilder newBlobBuilder() {
        return new BlobBuilder(PackKind.DATA, new BlobCodec(vault.keys()), new PackWriter(vault, PackKind.DATA, index),
                BLOB_TARGET, level);
    }

    /** The shared part of an entry; equal ones are the same object. */
    synchronized Page.Owner owner(int mode, int uid, int gid, long device) {
        // Neighbours mostly agree, and this is asked once an entry.
        if (lastOwner != null && lastKey.mode() == mode && lastKey.uid() == uid && lastKey.gid() == gid
                && lastKey.device() == device) {
            return lastOwner;
        }
        lastKey = new OwnerKey(mode, uid, gid, device);
        lastOwner = owners.computeIfAbsent(lastKey, key -> {
            int number = devices.computeIfAbsent(device, d -> devices.size());
            String user = source.userName(uid);
            String group = source.groupName(gid);
            return new Page.Owner(mode & 0xffff, uid, gid, number, user == null ? "" : user,
                    group == null ? "" : group);
        });
        return lastOwner;
    }

    /** Corrects an entry by what was found when the file was read. */
    void correct(FileTask task, FileStat now, int flag) {
        int flags = flag | (now.links() > 1 ? Page.MULTI : 0);
        task.page().builder().correct(task.row(), owner(now.mode(), now.uid(), now.gid(), now.device()), flags,
                now.mtime(), now.mtimeNanos(), now.ctime(), now.ctimeNanos(), now.inode(), now.size());
    }
}

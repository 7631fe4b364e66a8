package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.Vault;

/** What all parts of one running restore share. Thread-safe. */
final class RestoreContext implements TargetNode.Completion {
    private final Vault vault;
    private final ChunkIndex index;
    private final RestoreRequest request;
    private final RawPath base;
    private final TargetDirectory root;
    private final Journal journal;
    private final Names names;
    private final Links links = new Links();
    private final BlobCache blobs;
    private final WorkQueue queue;
    private final RestoreCounters counters;
    private final CancelToken cancel;
    private final Set<TargetNode> open = new HashSet<>();

    /**
     * @param base path of the tree's root in the recovery point
     * @param root directory that is restored into; open as long as the job runs
     */
    RestoreContext(Vault vault, ChunkIndex index, RestoreRequest request, RawPath base, TargetDirectory root,
            Journal journal, Names names, BlobCache blobs, WorkQueue queue, RestoreCounters counters,
            CancelToken cancel) {
        this.vault = vault;
        this.index = index;
        this.request = request;
        this.base = base;
        this.root = root;
        this.journal = journal;
        this.names = names;
        this.blobs = blobs;
        this.queue = queue;
        this.counters = counters;
        this.cancel = cancel;
    }

    Vault vault() {
        return vault;
    }

    ChunkIndex index() {
        return index;
    }

    RestoreRequest request() {
        return request;
    }

    TargetDirectory root() {
        return root;
    }

    Journal journal() {
        return journal;
    }

    Names names() {
        return names;
    }

    Links links() {
        return links;
    }

    BlobCache blobs() {
        return blobs;
    }

    WorkQueue queue() {
        return queue;
    }

    RestoreCounters counters() {
        return counters;
    }

    CancelToken cancel() {
        return cancel;
    }

    /** Path of a directory in the recovery point. */
    RawPath path(TargetNode node) {
        return node.path(base);
    }

    /** Path of an entry in the recovery point. */
    RawPath path(FileTask task) {
        return task.path(base);
    }

    /** Path of an entry relative to the directory that is restored into. */
    RawPath targetPath(TargetNode node, byte[] name) {
        return relative(node).child(name);
    }

    private static RawPath relative(TargetNode node) {
        TargetNode parent = node.parent();
        return parent == null ? RawPath.EMPTY : relative(parent).child(node.actual());
    }

    /** Something was restored, but not with all its metadata. */
    void missed(RawPath path, List<String> missed) {
        for (String what : missed) {
            counters.warn(path, Problem.METADATA_NOT_RESTORED, what);
        }
    }

    synchronized void opened(TargetNode node) {
        open.add(node);
    }

    @Override
    public void complete(TargetNode node, RestoreTarget.Metadata metadata) {
        try {
            List<String> missed = node.directory().setMetadataOfSelf(metadata);
            if (!missed.isEmpty()) {
                missed(path(node), missed);
            }
        } catch (IOException e) {
            counters.warn(path(node), Problem.METADATA_NOT_RESTORED, Reasons.of("Its metadata could not be set", e));
        }
    }

    @Override
    public synchronized void closed(TargetNode node) {
        open.remove(node);
    }

    /** Closes the directories that a job that failed has left open. */
    synchronized void abandon() {
        open.forEach(node -> node.directory().close());
        open.clear();
    }
}

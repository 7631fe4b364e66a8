package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.TargetDirectory;

/**
 * A directory being restored. It is open while something is still to be done below it; whoever does the last of that
 * sets its metadata, because everything that is made in a directory changes its times, and its mode may forbid more.
 */
final class TargetNode {
    private final @Nullable TargetNode parent;
    /** Name in the recovery point; empty for the root. */
    private final byte[] name;
    /** Name here: differs when something else had the name. */
    private final byte[] actual;
    private final TargetDirectory directory;
    private final boolean fresh;
    /** What to set at the end, or null to leave the directory as it is. */
    private final RestoreTarget.@Nullable Metadata metadata;
    /** One for the walker, one for each entry that is not done. */
    private final AtomicInteger pending = new AtomicInteger(1);

    /** Told when a directory is complete, before it is closed. */
    interface Completion {
        /** Sets what has to be set. */
        void complete(TargetNode node, RestoreTarget.Metadata metadata);

        /** The directory is closed. */
        void closed(TargetNode node);
    }

    private TargetNode(@Nullable TargetNode parent, byte[] name, byte[] actual, TargetDirectory directory,
            boolean fresh, RestoreTarget.@Nullable Metadata metadata) {
        this.parent = parent;
        this.name = name;
        this.actual = actual;
        this.directory = directory;
        this.fresh = fresh;
        this.metadata = metadata;
    }

    /** The directory that everything goes below. */
    static TargetNode root(TargetDirectory directory) {
        return new TargetNode(null, new byte[0], new byte[0], directory, false, null);
    }

    /**
     * A directory below.
     *
     * @param below the open directory; this node closes it
     * @param isFresh whether it was made just now, so that nothing can be in the way in it
     */
    TargetNode child(byte[] childName, byte[] childActual, TargetDirectory below, boolean isFresh,
            RestoreTarget.@Nullable Metadata childMetadata) {
        begin();
        return new TargetNode(this, childName, childActual, below, isFresh, childMetadata);
    }

    /** The open directory; only while something is to be done in it. */
    TargetDirectory directory() {
        return directory;
    }

    boolean fresh() {
        return fresh;
    }

    @Nullable
    TargetNode parent() {
        return parent;
    }

    /** Name of the directory here; empty for the root. */
    byte[] actual() {
        return actual;
    }

    /** Something more is to be done below. */
    void begin() {
        pending.incrementAndGet();
    }

    /** Something is done. */
    void done(Completion completion) {
        TargetNode node = this;
        while (node != null && node.pending.decrementAndGet() == 0) {
            try {
                if (node.metadata != null) {
                    completion.complete(node, node.metadata);
                }
            } finally {
                node.directory.close();
                completion.closed(node);
            }
            node = node.parent;
        }
    }

    /** Path in the recovery point. */
    RawPath path(RawPath base) {
        return parent == null ? base : parent.path(base).child(name);
    }

    /**
     * Opens the directory again, from the top; also when it is complete by now.
     *
     * @param root the root, open as long as the job runs
     */
    TargetDirectory reopen(TargetDirectory root) throws IOException {
        if (parent == null) {
            root.retain();
            return root;
        }
        try (TargetDirectory above = parent.reopen(root)) {
            return above.directory(actual);
        }
    }
}

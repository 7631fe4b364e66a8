package org.holdfast.engine.internal.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Entries that are names of one file. Who comes first is restored, the others become links to it; one that comes while
 * the first is still at work is kept and handed to whoever finishes that. Memory: about 150 bytes for each file with
 * several names. Thread-safe.
 */
final class Links {
    private final Map<Key, Group> groups = new HashMap<>();

    private record Key(int device, long inode) {
        static Key of(FileTask task) {
            return new Key(task.page().owner(task.row()).device(), task.page().inode[task.row()]);
        }
    }

    private static final class Group {
        private @Nullable Restored restored;
        private @Nullable List<FileTask> waiting;
    }

    /**
     * Where a name of the file has been restored.
     *
     * @param name its name there
     */
    record Restored(TargetNode node, byte[] name) {
    }

    /** What is to be done with an entry: restore it, link it, or nothing for now. */
    record Claim(boolean first, @Nullable Restored existing) {
        static final Claim FIRST = new Claim(true, null);
        static final Claim LATER = new Claim(false, null);
    }

    /** Asks what is to be done; a task told LATER comes back from {@link #restored} or {@link #failed}. */
    synchronized Claim claim(FileTask task) {
        Group group = groups.get(Key.of(task));
        if (group == null) {
            groups.put(Key.of(task), new Group());
            return Claim.FIRST;
        }
        if (group.restored != null) {
            return new Claim(false, group.restored);
        }
        if (group.waiting == null) {
            group.waiting = new ArrayList<>();
        }
        group.waiting.add(task);
        return Claim.LATER;
    }

    /** The first is there; returns those that waited for it. */
    synchronized List<FileTask> restored(FileTask task, byte[] name) {
        Group group = groups.get(Key.of(task));
        if (group == null) {
            return List.of();
        }
        group.restored = new Restored(task.node(), name);
        List<FileTask> waiting = group.waiting;
        group.waiting = null;
        return waiting == null ? List.of() : waiting;
    }

    /** The first could not be restored, or something else has its place; the next one to ask is the first. */
    synchronized List<FileTask> failed(FileTask task) {
        Group group = groups.remove(Key.of(task));
        return group == null || group.waiting == null ? List.of() : group.waiting;
    }
}

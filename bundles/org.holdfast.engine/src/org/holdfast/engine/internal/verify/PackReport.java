package org.holdfast.engine.internal.verify;

import java.util.HashSet;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.format.Id;
import org.holdfast.format.PackKind;

/** What was found out about one pack. Filled by one thread. */
final class PackReport {
    private final PackKind kind;
    private final Id name;
    /** Offsets of blobs that are damaged. */
    private final Set<Integer> damagedBlobs = new HashSet<>();
    private @Nullable Problem problem;
    private String detail = "";
    private boolean lost;
    private boolean complete;

    PackReport(PackKind kind, Id name) {
        this.kind = kind;
        this.name = name;
    }

    String object() {
        return kind.objectName(name);
    }

    PackKind kind() {
        return kind;
    }

    Id name() {
        return name;
    }

    /** Something is wrong; the first thing found is told. */
    void damaged(Problem what, String how) {
        if (problem == null) {
            problem = what;
            detail = how;
        }
    }

    /** Something is wrong and nothing in the pack can be relied on. */
    void lost(Problem what, String how) {
        damaged(what, how);
        lost = true;
    }

    /** One blob is damaged. */
    void damagedBlob(int offset, String how) {
        damaged(Problem.OBJECT_DAMAGED, how);
        damagedBlobs.add(offset);
    }

    /** Adds what another look at the same pack found. */
    PackReport and(PackReport later) {
        if (problem == null) {
            problem = later.problem;
            detail = later.detail;
        }
        damagedBlobs.addAll(later.damagedBlobs);
        lost |= later.lost;
        complete |= later.complete;
        return this;
    }

    /** All bytes were read and everything that can be checked was. */
    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    @Nullable
    Problem problem() {
        return problem;
    }

    String detail() {
        return detail;
    }

    /** Whether nothing in the pack can be relied on. */
    boolean isLost() {
        return lost;
    }

    /** Whether a blob can be relied on. */
    boolean isGood(int offset) {
        return !lost && !damagedBlobs.contains(offset);
    }
}

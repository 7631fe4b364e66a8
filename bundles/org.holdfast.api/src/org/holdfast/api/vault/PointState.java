package org.holdfast.api.vault;

/** How a recovery point came to be. */
public enum PointState {
    /** Everything asked for is in it. */
    COMPLETED,
    /** Something was skipped or read while it changed; see the point's warnings. */
    COMPLETED_WITH_WARNINGS,
    /** An interrupted backup's last checkpoint: what it holds is whole and restorable, but it is not everything. */
    INTERRUPTED
}

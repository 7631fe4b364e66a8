package org.holdfast.engine.internal.backup;

/** What is to be done besides building a tree, at times when the tree is consistent: leases, checkpoints. */
interface Meanwhile {
    /** Called before each slice of the walk. */
    void tick();

    /** Called about once a second while something is waited for, and when it is {@link #due}. */
    void waiting();

    /** Whether there is something for which waiting should end early. Cheap; may be called with locks held. */
    boolean due();
}

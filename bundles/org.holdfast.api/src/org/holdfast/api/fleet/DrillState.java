package org.holdfast.api.fleet;

/** How it stands with the proof that a server's points can be restored; derived by the vault, never set. */
public enum DrillState {
    /** Its policy asks for no restore drills, or it has nothing to restore yet; and none has ever been made. */
    OFF,
    /** Not drilled yet, and not late. */
    WAITING,
    /** The last drill went well, and is no older than the policy bears. */
    GOOD,
    /** There should have been a good drill by now. */
    OVERDUE,
    /** The last drill failed: something could not be restored as it was stored. */
    FAILED
}

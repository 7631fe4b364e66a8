package org.holdfast.api;

/** What a job is busy with, in the order a person would tell it. */
public enum Phase {
    /** Opening the vault and deriving keys. */
    OPENING,
    /** Walking the source and comparing it with the previous recovery point. */
    SCANNING,
    /** Reading, storing or writing file data. */
    TRANSFERRING,
    /** Checking objects or restored data. */
    VERIFYING,
    /** Working out what may be removed. */
    COLLECTING,
    /** Making the result durable. */
    COMMITTING,
    /** Finished. */
    DONE
}

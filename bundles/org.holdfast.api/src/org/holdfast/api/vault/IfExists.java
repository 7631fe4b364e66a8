package org.holdfast.api.vault;

/** What a restore does with a file that is there already and differs. */
public enum IfExists {
    /** Keep the existing file and restore beside it under a name that tells the point's time. */
    COPY,
    /** Replace the existing file. */
    OVERWRITE,
    /** Leave the existing file alone. */
    SKIP,
    /** Replace the existing file only when the one in the point was modified later. */
    NEWER
}

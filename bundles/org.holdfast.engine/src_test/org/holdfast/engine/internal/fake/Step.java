package org.holdfast.engine.internal.fake;

/** What is done to a fake file system. */
public enum Step {
    /** A directory is opened. */
    OPEN_DIRECTORY,
    /** A directory is listed. */
    LIST,
    /** Metadata of an entry is read by its name. */
    STAT,
    /** A file is opened. */
    OPEN,
    /** Part of a file is about to be read. */
    READ,
    /** Metadata of an open file is read. */
    STAT_OPEN,
    /** Target of a link is read. */
    READ_LINK,
    /** Extended attributes are read. */
    ATTRIBUTES,
    /** Part of a file is about to be written. */
    WRITE
}

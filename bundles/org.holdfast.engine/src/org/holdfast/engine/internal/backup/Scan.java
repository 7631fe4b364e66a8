package org.holdfast.engine.internal.backup;

import java.util.BitSet;
import java.util.List;

import org.holdfast.api.Warning;
import org.holdfast.api.spi.source.NameTable;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.StatTable;

/**
 * What the walker hands to the tree builder: some consecutive entries of one directory. The slices of all directories
 * below come right behind it, in order, before the next slice of the same directory.
 */
final class Scan {
    /** Most entries of a slice. */
    static final int MAX_ENTRIES = 4096;

    /** The open directory, or null when it could not be opened or listed. */
    SourceDirectory directory;
    /** Why not. */
    Exception failure;
    /** Names of the whole directory; this slice is from {@link #from} to {@link #to}. */
    NameTable names;
    int from;
    int to;
    /** Metadata, row 0 belongs to {@link #from}. */
    final StatTable stats = new StatTable();
    /** Rows left out by exclusions. */
    final BitSet excluded = new BitSet();
    /** Rows that are directories and whose slices follow. */
    final BitSet descend = new BitSet();
    /** Whether this is the directory's last slice. */
    boolean last;
    /** Items that cannot be reached from here. */
    List<Warning> missing = List.of();
}

package org.holdfast.api.vault;

import java.util.List;

/**
 * What to leave out of a backup.
 *
 * @param globs patterns: {@code *} and {@code ?} do not cross a slash, {@code **} does, {@code [a-z]} and {@code {a,b}}
 *        work; without a slash a pattern is matched against names at any depth, with a leading slash against
 *        the absolute path, otherwise against any trailing part of the path; a match on a directory leaves out all
 *        below
 * @param largerThan leave out files above this size in bytes, or -1
 * @param cacheDirectories leave out the content of directories with a valid CACHEDIR.TAG (bford.info/cachedir)
 * @param markerFiles leave out the content of directories that hold a file of such a name
 * @param oneFileSystem do not descend into other file systems
 */
public record Exclusions(List<String> globs, long largerThan, boolean cacheDirectories, List<String> markerFiles,
        boolean oneFileSystem) {
    /** Leaves out nothing except what a {@code .nobackup} marker asks for. */
    public static final Exclusions NONE = new Exclusions(List.of(), -1, false, List.of(".nobackup"), false);
}

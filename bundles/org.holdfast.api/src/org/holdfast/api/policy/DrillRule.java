package org.holdfast.api.policy;

/**
 * How often a server proves that it can restore: it restores a random sample of its newest good recovery point into a
 * folder of its own, compares, and deletes what it restored.
 *
 * @param everyDays days from one drill to the next, 1 to 366, or 0 for none by themselves
 * @param percent size of the sample in hundredths of the point's files, 1 to 100; at least {@link #FEWEST} files are
 *        taken, as far as there are as many
 * @param files most files of a sample, 1 to 1000
 * @param bytes most bytes of a sample, 1 MiB to 1 TiB; a file that is larger is never drilled
 */
public record DrillRule(int everyDays, int percent, int files, long bytes) {
    /** Files that a sample has at least, whatever the percentage says. */
    public static final int FEWEST = 10;
    /** The least that {@code bytes} can be: 1 MiB. */
    public static final long LEAST_BYTES = 1L << 20;
    /** The most that {@code bytes} can be: 1 TiB. */
    public static final long MOST_BYTES = 1L << 40;
    /** The most that {@code files} can be. */
    public static final int MOST_FILES = 1000;
    /**
     * Every 30 days one file in a hundred, at most 100 files and 1 GiB: little enough to be on everywhere without being
     * noticed, and often enough that no server is without proof for longer than scrubbing takes to read all packs.
     */
    public static final DrillRule DEFAULT = new DrillRule(30, 1, 100, 1L << 30);

    /** Whether drills begin by themselves. */
    public boolean wanted() {
        return everyDays > 0;
    }
}

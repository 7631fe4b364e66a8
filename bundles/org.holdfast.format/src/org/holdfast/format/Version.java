package org.holdfast.format;

/** The version of the format. */
public final class Version {
    /** What this code writes, and all it reads. */
    public static final int CURRENT = 1;

    private Version() {
    }

    static void check(String what, int version) {
        if (version != CURRENT) {
            throw new UnsupportedFormatException(what + " has format version " + version
                    + "; this program reads version " + CURRENT + ".");
        }
    }
}

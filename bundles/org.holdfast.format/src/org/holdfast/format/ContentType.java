package org.holdfast.format;

/** The first byte that goes into a content id, so that content of one type never passes for another. */
public final class ContentType {
    /** Part of a file. */
    public static final byte DATA = 1;
    /** A directory page. */
    public static final byte PAGE = 2;
    /** Part of a long list of segments. */
    public static final byte LIST = 3;

    private ContentType() {
    }
}

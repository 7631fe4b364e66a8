package org.holdfast.format;

/** First byte of the body of an entry, and the numbers in it. */
public final class Body {
    /** Nothing: an empty file, a fifo, a socket. */
    public static final int NONE = 0;
    /** The content of a tiny file, in the page itself. */
    public static final int INLINE = 1;
    /** One chunk holds the whole content. */
    public static final int SINGLE = 2;
    /** A list of segments follows. */
    public static final int SEGMENTS = 3;
    /** The list of segments is in chunks of its own. */
    public static final int LISTS = 4;
    /** A directory: totals and pages. */
    public static final int DIRECTORY = 5;
    /** A symbolic link: its target. */
    public static final int LINK = 6;
    /** A device node: major and minor number. */
    public static final int DEVICE = 7;

    /** Segment kind: a chunk. */
    public static final int CHUNK = 0;
    /** Segment kind: zeros that were stored as such. */
    public static final int ZERO = 1;
    /** Segment kind: a hole. */
    public static final int HOLE = 2;

    /** Files up to this size, in bytes, are kept in the page. */
    public static final int INLINE_MAX = 512;

    private Body() {
    }
}

package org.holdfast.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the entries of a page and encodes them. Metadata comes in the order of names; content may be set later and
 * by other threads, as long as it is all there, visibly, when {@link #encode} is called.
 */
public final class PageBuilder {
    /** A page may end once it has so many entries. */
    public static final int MIN_ENTRIES = 512;
    /** A page ends when it has so many entries. */
    public static final int MAX_ENTRIES = 8192;
    /** A page ends when names, attributes and inline content reach about so many bytes. */
    public static final int SOFT_BYTES = 1 << 20;

    /** Most bytes of extended attributes in a page; a page has to stay below the largest raw blob. */
    public static final int MAX_ATTRIBUTE_BYTES = 16 << 20;

    private static final int TYPE = 0xf000;
    private static final int DIRECTORY = 0x4000;

    private final ByteWriter names = new ByteWriter(1024);
    private int count;
    private int[] nameLength = new int[32];
    private Page.Owner[] owner = new Page.Owner[32];
    private byte[] flags = new byte[32];
    private long[] times = new long[32 * 6];
    private byte[][] attributes = new byte[32][];
    private Content[] content = new Content[32];
    private Page[] from = new Page[32];
    private int[] fromRow = new int[32];
    private long weight;
    private long attributeBytes;

    /**
     * Adds an entry without its content.
     *
     * @param attributeSet encoded extended attributes, see {@link AttributeSet}
     * @return its row
     */
    public synchronized int add(byte[] name, int nameAt, int length, Page.Owner shared, int flag, long mtime,
            int mtimeNanos,
            long ctime, int ctimeNanos, long inode, long size, byte[] attributeSet) {
        if (count == nameLength.length) {
            grow();
        }
        names.raw(name, nameAt, length);
        nameLength[count] = length;
        owner[count] = shared;
        flags[count] = (byte) flag;
        int t = count * 6;
        times[t] = mtime;
        times[t + 1] = mtimeNanos;
        times[t + 2] = ctime;
        times[t + 3] = ctimeNanos;
        times[t + 4] = inode;
        times[t + 5] = size;
        attributes[count] = attributeSet;
        attributeBytes += attributeSet.length;
        weight += length + attributeSet.length + (size <= Body.INLINE_MAX ? size : 0) + 40;
        return count++;
    }

    private void grow() {
        int n = count * 2;
        nameLength = Arrays.copyOf(nameLength, n);
        owner = Arrays.copyOf(owner, n);
        flags = Arrays.copyOf(flags, n);
        times = Arrays.copyOf(times, n * 6);
        attributes = Arrays.copyOf(attributes, n);
        content = Arrays.copyOf(content, n);
        from = Arrays.copyOf(from, n);
        fromRow = Arrays.copyOf(fromRow, n);
    }

    /** Sets the content of an entry. */
    public synchronized void set(int row, Content value) {
        content[row] = value;
    }

    /** Corrects what was found out about an entry while it was read. */
    public synchronized void correct(int row, Page.Owner shared, int flag, long mtime, int mtimeNanos, long ctime,
            int ctimeNanos, long inode, long size) {
        owner[row] = shared;
        flags[row] = (byte) flag;
        int t = row * 6;
        times[t] = mtime;
        times[t + 1] = mtimeNanos;
        times[t + 2] = ctime;
        times[t + 3] = ctimeNanos;
        times[t + 4] = inode;
        times[t + 5] = size;
    }

    /** Takes the content of an entry over from another page. */
    public synchronized void copy(int row, Page page, int pageRow) {
        from[row] = page;
        fromRow[row] = pageRow;
        weight += page.bodyAt[pageRow + 1] - page.bodyAt[pageRow];
    }

    /** Sets the extended attributes of an entry, for those that are read with the content. */
    public synchronized void attributes(int row, byte[] attributeSet) {
        attributeBytes += attributeSet.length - attributes[row].length;
        attributes[row] = attributeSet;
    }

    /**
     * The pages to be made of this one: itself, unless its entries turned out to have more extended attributes than a
     * page can hold. All content must be there.
     */
    public synchronized List<PageBuilder> parts() {
        if (attributeBytes <= MAX_ATTRIBUTE_BYTES) {
            return List.of(this);
        }
        List<PageBuilder> parts = new ArrayList<>();
        var part = new PageBuilder();
        int at = 0;
        for (int i = 0; i < count; i++) {
            int length = Math.abs(nameLength[i]);
            if (nameLength[i] > 0) {
                if (part.attributeBytes + attributes[i].length > MAX_ATTRIBUTE_BYTES) {
                    parts.add(part);
                    part = new PageBuilder();
                }
                int t = i * 6;
                int row = part.add(names.array(), at, length, owner[i], flags[i], times[t], (int) times[t + 1],
                        times[t + 2], (int) times[t + 3], times[t + 4], times[t + 5], attributes[i]);
                part.content[row] = content[i];
                part.from[row] = from[i];
                part.fromRow[row] = fromRow[i];
            }
            at += length;
        }
        parts.add(part);
        return parts;
    }

    /**
     * A copy for a checkpoint: entries without content are dropped from it, except those that get it here. A file that
     * does is marked as one that was not read to its end.
     *
     * @param values content by row
     */
    public synchronized PageBuilder snapshot(Map<Integer, Content> values) {
        var copy = new PageBuilder();
        copy.names.raw(names.array(), 0, names.length());
        copy.count = count;
        copy.nameLength = Arrays.copyOf(nameLength, nameLength.length);
        copy.owner = Arrays.copyOf(owner, owner.length);
        copy.flags = Arrays.copyOf(flags, flags.length);
        copy.times = Arrays.copyOf(times, times.length);
        copy.attributes = Arrays.copyOf(attributes, attributes.length);
        copy.attributeBytes = attributeBytes;
        copy.content = Arrays.copyOf(content, content.length);
        copy.from = Arrays.copyOf(from, from.length);
        copy.fromRow = Arrays.copyOf(fromRow, fromRow.length);
        for (int i = 0; i < count; i++) {
            if (content[i] == null && from[i] == null) {
                Content value = values.get(i);
                if (value == null) {
                    copy.drop(i);
                    continue;
                }
                copy.content[i] = value;
                if ((owner[i].mode() & TYPE) != DIRECTORY) {
                    copy.flags[i] |= (byte) (Page.PARTIAL | Page.INCONSISTENT);
                }
            }
        }
        return copy;
    }

    /** Drops an entry that could not be read after all. */
    public synchronized void drop(int row) {
        nameLength[row] = -Math.abs(nameLength[row]);
    }

    /** Whether an entry was dropped. */
    public boolean dropped(int row) {
        return nameLength[row] < 0;
    }

    /** Number of entries added. */
    public int count() {
        return count;
    }

    /** Number of entries that were not dropped. */
    public int entries() {
        int n = 0;
        for (int i = 0; i < count; i++) {
            n += nameLength[i] > 0 ? 1 : 0;
        }
        return n;
    }

    /** Number of entries that were not dropped and are not directories. */
    public int files() {
        int n = 0;
        for (int i = 0; i < count; i++) {
            n += nameLength[i] > 0 && (owner[i].mode() & TYPE) != DIRECTORY ? 1 : 0;
        }
        return n;
    }

    /** Sum of the sizes of all entries that were not dropped. */
    public long bytes() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += nameLength[i] > 0 ? times[i * 6 + 5] : 0;
        }
        return sum;
    }

    /** Name of the first entry that was not dropped. */
    public byte[] firstName() {
        int at = 0;
        for (int i = 0; i < count; i++) {
            int length = Math.abs(nameLength[i]);
            if (nameLength[i] > 0) {
                return Arrays.copyOfRange(names.array(), at, at + length);
            }
            at += length;
        }
        return new byte[0];
    }

    /**
     * Whether the page ends with the entry just added: decided by its name, so that pages of large directories are
     * stable.
     */
    public boolean full(byte[] name, int nameAt, int length) {
        return count >= MAX_ENTRIES || weight >= SOFT_BYTES || attributeBytes >= MAX_ATTRIBUTE_BYTES
                || count >= MIN_ENTRIES && endsPage(name, nameAt, length);
    }

    /** The rule by which names end pages: FNV-1a of 32 bits, folded, one in 1024. */
    static boolean endsPage(byte[] name, int nameAt, int length) {
        int h = 0x811c9dc5;
        for (int i = nameAt; i < nameAt + length; i++) {
            h = (h ^ (name[i] & 0xff)) * 0x01000193;
        }
        return ((h ^ h >>> 16) & 0x3ff) == 0;
    }

    /** Writes the raw bytes of the page and its references. At least one entry must be left. */
    public void encode(ByteWriter out, ByteWriter refs) {
        int n = entries();
        out.u8(Version.CURRENT).varint(n);
        Map<Page.Owner, Integer> owners = new HashMap<>();
        List<Page.Owner> ownerList = new ArrayList<>();
        Map<ByteBuffer, Integer> sets = new HashMap<>();
        List<byte[]> setList = new ArrayList<>();
        var ownerIndex = new int[count];
        var setIndex = new int[count];
        int last = -1;
        for (int i = 0; i < count; i++) {
            if (nameLength[i] < 0) {
                continue;
            }
            if (last >= 0 && owner[i] == owner[last]) {
                ownerIndex[i] = ownerIndex[last];
            } else {
                ownerIndex[i] = owners.computeIfAbsent(owner[i], k -> {
                    ownerList.add(k);
                    return ownerList.size() - 1;
                });
            }
            last = i;
            if (attributes[i].length > 0) {
                byte[] set = attributes[i];
                setIndex[i] = sets.computeIfAbsent(ByteBuffer.wrap(set), k -> {
                    setList.add(set);
                    return setList.size();
                });
            }
        }
        out.varint(ownerList.size());
        for (Page.Owner o : ownerList) {
            out.varint(o.mode()).varint(Integer.toUnsignedLong(o.uid())).varint(Integer.toUnsignedLong(o.gid()))
                    .varint(o.device()).string(ownerName(o.user())).string(ownerName(o.group()));
        }
        out.varint(setList.size());
        setList.forEach(out::string);
        encodeColumns(out, ownerIndex, setList.isEmpty() ? null : setIndex);
        for (int i = 0; i < count; i++) {
            if (nameLength[i] > 0) {
                encodeBody(i, out, refs);
            }
        }
    }

    private static byte[] ownerName(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length > Page.MAX_OWNER ? new byte[0] : bytes;
    }

    private void encodeColumns(ByteWriter out, int[] ownerIndex, int[] setIndex) {
        for (int i = 0; i < count; i++) {
            if (nameLength[i] > 0) {
                out.varint(nameLength[i]);
            }
        }
        int at = 0;
        for (int i = 0; i < count; i++) {
            if (nameLength[i] > 0) {
                out.raw(names.array(), at, nameLength[i]);
            }
            at += Math.abs(nameLength[i]);
        }
        for (int i = 0; i < count; i++) {
            if (nameLength[i] > 0) {
                out.varint(ownerIndex[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            if (nameLength[i] > 0) {
                out.u8(flags[i]);
            }
        }
        deltas(out, 0);
        plain(out, 1);
        deltas(out, 2);
        plain(out, 3);
        deltas(out, 4);
        plain(out, 5);
        if (setIndex != null) {
            for (int i = 0; i < count; i++) {
                if (nameLength[i] > 0) {
                    out.varint(setIndex[i]);
                }
            }
        }
    }

    private void deltas(ByteWriter out, int column) {
        long previous = 0;
        for (int i = 0; i < count; i++) {
            if (nameLength[i] > 0) {
                out.zigzag(times[i * 6 + column] - previous);
                previous = times[i * 6 + column];
            }
        }
    }

    private void plain(ByteWriter out, int column) {
        for (int i = 0; i < count; i++) {
            if (nameLength[i] > 0) {
                out.varint(times[i * 6 + column]);
            }
        }
    }

    private void encodeBody(int i, ByteWriter out, ByteWriter refs) {
        Page page = from[i];
        if (content[i] != null) {
            out.raw(content[i].body());
            refs.raw(content[i].refs());
        } else if (page != null) {
            int row = fromRow[i];
            out.raw(page.raw, page.bodyAt[row], page.bodyAt[row + 1] - page.bodyAt[row]);
            refs.raw(page.refs, page.refOffset(row), page.refCount(row) * Id.SIZE);
        } else {
            throw new IllegalStateException("An entry has no content");
        }
    }
}

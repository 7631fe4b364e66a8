package org.holdfast.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A directory page, decoded into columns: a run of entries of one directory in the order of their names as unsigned
 * bytes. Immutable after parsing; the arrays are shared for speed and must not be changed.
 */
public final class Page {
    /** Most entries a page holds. */
    public static final int MAX_ENTRIES = 65_535;
    /** Longest name, in bytes. */
    public static final int MAX_NAME = 65_535;
    /** Longest name of an owner, in bytes; a longer one is not kept, its number is. */
    public static final int MAX_OWNER = 1024;
    /** Flag: the file has, or had, other names (hard links). */
    public static final int MULTI = 1;
    /** Flag: the file was sparse; zeros are to come back as holes. */
    public static final int SPARSE = 2;
    /** Flag: the file changed while it was read. */
    public static final int INCONSISTENT = 4;
    /** Flag, in checkpoints only: what was not read yet is a hole at the end. */
    public static final int PARTIAL = 8;

    private static final long NANOS = 1_000_000_000L;

    /**
     * What many entries have in common.
     *
     * @param mode type and permission bits as in POSIX st_mode
     * @param uid owner id
     * @param gid group id
     * @param device number of the file system in this recovery point, 0 for the first one met
     * @param user owner name, empty when unknown
     * @param group group name, empty when unknown
     */
    public record Owner(int mode, int uid, int gid, int device, String user, String group) {
    }

    /** Number of entries. */
    public final int count;
    /** The raw bytes; names and bodies are in it. */
    public final byte[] raw;
    /** All references, {@link Id#SIZE} bytes each. */
    public final byte[] refs;
    /** Where each name starts in {@link #raw}. */
    public final int[] nameAt;
    /** Length of each name. */
    public final int[] nameLength;
    /** Index into {@link #owners}. */
    public final int[] owner;
    /** Flags. */
    public final byte[] flags;
    /** Modification time, seconds. */
    public final long[] mtime;
    /** Modification time, nanoseconds. */
    public final int[] mtimeNanos;
    /** Status change time, seconds. */
    public final long[] ctime;
    /** Status change time, nanoseconds. */
    public final int[] ctimeNanos;
    /** Inode number. */
    public final long[] inode;
    /** Size of files, 0 for everything else. */
    public final long[] size;
    /** Index into {@link #attributeSets} plus one, 0 for none. */
    public final int[] attributes;
    /** Where each body starts in {@link #raw}; one more than entries, the last is the end. */
    public final int[] bodyAt;
    /** Index of each entry's first reference; one more than entries, the last is the number of references. */
    public final int[] refAt;
    /** The owners. */
    public final List<Owner> owners;
    /** The sets of extended attributes, encoded. */
    public final List<byte[]> attributeSets;

    private Page(int count, byte[] raw, byte[] refs, List<Owner> owners, List<byte[]> attributeSets) {
        this.count = count;
        this.raw = raw;
        this.refs = refs;
        this.owners = owners;
        this.attributeSets = attributeSets;
        nameAt = new int[count];
        nameLength = new int[count];
        owner = new int[count];
        flags = new byte[count];
        mtime = new long[count];
        mtimeNanos = new int[count];
        ctime = new long[count];
        ctimeNanos = new int[count];
        inode = new long[count];
        size = new long[count];
        attributes = new int[count];
        bodyAt = new int[count + 1];
        refAt = new int[count + 1];
    }

    /** Parses a page out of a decoded blob. The references come from the pack's directory. */
    public static Page parse(byte[] raw, int offset, int length, byte[] refs) {
        var in = new ByteReader("The directory page", raw, offset, length);
        Version.check("The directory page", in.u8());
        int n = in.varint(1, MAX_ENTRIES, "the number of entries");
        if (n > in.remaining() / 8) {
            throw in.damaged("it has fewer bytes than its entries need");
        }
        int ownerCount = in.count(6, "owners");
        var owners = new ArrayList<Owner>(ownerCount);
        for (int i = 0; i < ownerCount; i++) {
            owners.add(new Owner(in.varint(0, 0xffff, "a mode"), (int) in.varint(), (int) in.varint(),
                    in.varint(0, Integer.MAX_VALUE, "a device"), in.text(MAX_OWNER, "a user"),
                    in.text(MAX_OWNER, "a group")));
        }
        int sets = in.count(1, "attribute sets");
        var attributeSets = new ArrayList<byte[]>(sets);
        for (int i = 0; i < sets; i++) {
            attributeSets.add(in.string(in.remaining(), "an attribute set"));
        }
        var page = new Page(n, raw, refs, owners, attributeSets);
        page.readColumns(in);
        page.readBodies(in);
        in.end();
        return page;
    }

    private void readColumns(ByteReader in) {
        for (int i = 0; i < count; i++) {
            nameLength[i] = in.varint(1, MAX_NAME, "the length of a name");
        }
        for (int i = 0; i < count; i++) {
            nameAt[i] = in.skip(nameLength[i]);
            checkName(in, i);
        }
        for (int i = 0; i < count; i++) {
            owner[i] = in.varint(0, owners.size() - 1, "the owner of an entry");
        }
        for (int i = 0; i < count; i++) {
            flags[i] = (byte) in.u8();
        }
        readTimes(in, mtime, mtimeNanos);
        readTimes(in, ctime, ctimeNanos);
        long previous = 0;
        for (int i = 0; i < count; i++) {
            previous += in.zigzag();
            inode[i] = previous;
        }
        for (int i = 0; i < count; i++) {
            size[i] = in.varint();
            if (size[i] < 0) {
                throw in.damaged("a size is negative");
            }
        }
        if (!attributeSets.isEmpty()) {
            for (int i = 0; i < count; i++) {
                attributes[i] = in.varint(0, attributeSets.size(), "the attributes of an entry");
            }
        }
    }

    private void checkName(ByteReader in, int i) {
        int at = nameAt[i];
        int end = at + nameLength[i];
        if (nameLength[i] <= 2 && raw[at] == '.' && (nameLength[i] == 1 || raw[at + 1] == '.')) {
            throw in.damaged("an entry has a forbidden name");
        }
        for (int k = at; k < end; k++) {
            if (raw[k] == '/' || raw[k] == 0) {
                throw in.damaged("an entry has a forbidden name");
            }
        }
        if (i > 0 && Arrays.compareUnsigned(raw, nameAt[i - 1], nameAt[i - 1] + nameLength[i - 1], raw, at,
                end) >= 0) {
            throw in.damaged("its names are not in order");
        }
    }

    private static void readTimes(ByteReader in, long[] seconds, int[] nanos) {
        long previous = 0;
        for (int i = 0; i < seconds.length; i++) {
            previous += in.zigzag();
            seconds[i] = previous;
        }
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = in.varint(0, (int) NANOS - 1, "a time");
        }
    }

    private void readBodies(ByteReader in) {
        int ref = 0;
        for (int i = 0; i < count; i++) {
            bodyAt[i] = in.position();
            refAt[i] = ref;
            ref += skipBody(in, i);
        }
        bodyAt[count] = in.position();
        refAt[count] = ref;
        if ((long) ref * Id.SIZE != refs.length) {
            throw in.damaged("its entries need " + ref + " references and it has " + refs.length / Id.SIZE);
        }
    }

    private int skipBody(ByteReader in, int entry) {
        int kind = in.u8();
        checkType(in, entry, kind);
        switch (kind) {
            case Body.NONE:
                checkSize(in, entry, 0);
                return 0;
            case Body.INLINE:
                int inline = in.varint(0, in.remaining(), "a length");
                in.skip(inline);
                checkSize(in, entry, inline);
                return 0;
            case Body.LINK:
                in.skip(in.varint(0, in.remaining(), "a length"));
                checkSize(in, entry, 0);
                return 0;
            case Body.SINGLE:
                if (size[entry] == 0 || size[entry] > PackDirectory.MAX_RAW) {
                    throw in.damaged("a chunk is impossibly long");
                }
                return 1;
            case Body.SEGMENTS:
                Segments segments = Segments.parse(in);
                checkSize(in, entry, segments.total());
                return segments.chunks();
            case Body.LISTS: {
                int lists = in.count(1, "segment lists");
                long sum = 0;
                for (int i = 0; i < lists; i++) {
                    long length = in.varint();
                    sum += length;
                    if (length <= 0 || sum < 0) {
                        throw in.damaged("a segment list is impossibly long");
                    }
                }
                checkSize(in, entry, sum);
                return lists;
            }
            case Body.DIRECTORY: {
                in.varint();
                in.varint();
                in.varint();
                int pages = in.count(1, "pages of a directory");
                for (int i = 0; i < pages; i++) {
                    in.varint(1, MAX_ENTRIES, "the number of entries of a page");
                    if (i > 0) {
                        in.skip(in.varint(0, MAX_NAME, "the length of a name"));
                    }
                }
                checkSize(in, entry, 0);
                return pages;
            }
            case Body.DEVICE:
                if (in.varint() >>> 32 != 0 || in.varint() >>> 32 != 0) {
                    throw in.damaged("the number of a device is impossible");
                }
                checkSize(in, entry, 0);
                return 0;
            default:
                throw in.damaged("an entry has content of unknown kind " + kind);
        }
    }

    private void checkSize(ByteReader in, int entry, long length) {
        if (size[entry] != length) {
            throw in.damaged("an entry has " + length + " bytes of content but a size of " + size[entry]);
        }
    }

    /** A type has the content that goes with it: nobody further on has to expect anything else. */
    private void checkType(ByteReader in, int entry, int kind) {
        boolean fits = switch (mode(entry) & 0170000) {
            case 0100000 -> kind <= Body.LISTS;
            case 0040000 -> kind == Body.DIRECTORY;
            case 0120000 -> kind == Body.LINK;
            case 0020000, 0060000 -> kind == Body.DEVICE;
            case 0010000, 0140000 -> kind == Body.NONE;
            default -> false;
        };
        if (!fits) {
            throw in.damaged("an entry of mode " + Integer.toOctalString(mode(entry)) + " has content of kind " + kind);
        }
    }

    /** A copy of a name. */
    public byte[] name(int i) {
        return Arrays.copyOfRange(raw, nameAt[i], nameAt[i] + nameLength[i]);
    }

    /** Compares a name with other bytes, as unsigned bytes. */
    public int compareName(int i, byte[] other, int offset, int length) {
        return Arrays.compareUnsigned(raw, nameAt[i], nameAt[i] + nameLength[i], other, offset, offset + length);
    }

    /** Index of a name, or -1. */
    public int find(byte[] name) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int mid = (low + high) >>> 1;
            int c = compareName(mid, name, 0, name.length);
            if (c == 0) {
                return mid;
            }
            if (c < 0) {
                low = mid + 1;
            } else {
                high = mid - 1;
            }
        }
        return -1;
    }

    /** What an entry shares with others. */
    public Owner owner(int i) {
        return owners.get(owner[i]);
    }

    /** Type and permission bits of an entry. */
    public int mode(int i) {
        return owners.get(owner[i]).mode();
    }

    /** The {@link Body} number of an entry. */
    public int bodyKind(int i) {
        return raw[bodyAt[i]];
    }

    /** Reads the body of an entry, from behind its first byte. */
    public ByteReader body(int i) {
        return new ByteReader("The directory page", raw, bodyAt[i] + 1, bodyAt[i + 1] - bodyAt[i] - 1);
    }

    /** Number of references of an entry. */
    public int refCount(int i) {
        return refAt[i + 1] - refAt[i];
    }

    /** Byte offset in {@link #refs} of an entry's first reference. */
    public int refOffset(int i) {
        return refAt[i] * Id.SIZE;
    }

    /** The directory body of a directory entry. */
    public DirectoryBody directory(int i) {
        if (bodyKind(i) != Body.DIRECTORY) {
            throw new FormatException("The directory page is damaged: a directory has no pages.");
        }
        return DirectoryBody.parse(body(i), refs, refOffset(i), refCount(i));
    }

    /** Whether the body and references of an entry are exactly these. */
    public boolean sameContent(int i, Content content) {
        return Arrays.equals(raw, bodyAt[i], bodyAt[i + 1], content.body(), 0, content.body().length)
                && Arrays.equals(refs, refOffset(i), refOffset(i) + refCount(i) * Id.SIZE,
                        content.refs(), 0, content.refs().length);
    }

    /** Body and references of an entry, copied. */
    public Content content(int i) {
        return new Content(Arrays.copyOfRange(raw, bodyAt[i], bodyAt[i + 1]),
                Arrays.copyOfRange(refs, refOffset(i), refOffset(i) + refCount(i) * Id.SIZE));
    }

    /** Encoded extended attributes of an entry; empty when it has none. */
    public byte[] attributesOf(int i) {
        return attributes[i] == 0 ? AttributeSet.NONE : attributeSets.get(attributes[i] - 1);
    }
}

package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.spi.source.TargetFile;

/**
 * Names the files that are being written, so that a restore that was killed and is run again knows which unfinished
 * files are its own. Files are made under their final names, which is fast; without this, half a file would look like
 * somebody's file with other content. A slot for each file in flight, overwritten with each new one; never synced:
 * after a power cut an unfinished file counts as somebody else's, and nothing is lost by that.
 */
final class Journal implements AutoCloseable {
    private static final String PREFIX = ".holdfast-restore-";
    private static final int MAGIC = 0x48465231; // HFR1
    private static final int HEADER = 12;
    static final int SLOT = 8192;
    private static final int MAX_SLOTS = 4096;
    private static final int PRIVATE = 0600;
    private static final int TYPE = 0xf000;
    private static final int REGULAR = 0x8000;

    private final TargetDirectory root;
    private final byte[] name;
    private final @Nullable TargetFile file;
    private final Set<RawPath> leftovers = new HashSet<>();
    private final List<Slot> free = new ArrayList<>();
    private final int owner;
    private final int group;
    private int slots;

    /**
     * Opens or creates the journal of a point; goes without one where it cannot be.
     *
     * @param root the directory that is restored into; stays the caller's
     */
    Journal(TargetDirectory root, String pointId) {
        this.root = root;
        this.name = (PREFIX + pointId).getBytes(StandardCharsets.US_ASCII);
        TargetFile opened = null;
        var stat = new StatTable();
        stat.reset(1);
        try {
            opened = open(stat);
            if (opened != null) {
                opened.stat(stat);
                read(opened, stat.size[0]);
            }
        } catch (IOException e) {
            // A restore is possible without: unfinished files of a killed one are then taken for somebody else's.
            closeQuietly(opened);
            opened = null;
        }
        file = opened;
        owner = opened == null ? -1 : stat.uid[0];
        group = opened == null ? -1 : stat.gid[0];
    }

    private @Nullable TargetFile open(StatTable stat) throws IOException {
        root.stat(name, stat);
        if (stat.mode[0] == StatTable.VANISHED) {
            return root.file(name, false);
        }
        boolean ours = (stat.mode[0] & TYPE) == REGULAR && (stat.mode[0] & 07777) == PRIVATE && stat.links[0] == 1;
        return ours ? root.file(name, true) : null;
    }

    /** Reads what an earlier run was writing when it ended. Its records stay until this one is through. */
    private void read(TargetFile from, long size) throws IOException {
        var record = new byte[SLOT];
        slots = (int) Math.min(MAX_SLOTS, (size + SLOT - 1) / SLOT);
        for (int i = 0; i < slots; i++) {
            int got = 0;
            int n;
            while (got < SLOT && (n = from.read((long) i * SLOT + got, record, got, SLOT - got)) > 0) {
                got += n;
            }
            RawPath path = parse(record, got);
            if (path != null) {
                leftovers.add(path);
            }
        }
    }

    private static @Nullable RawPath parse(byte[] record, int available) {
        ByteBuffer in = ByteBuffer.wrap(record, 0, available);
        if (available < HEADER || in.getInt() != MAGIC) {
            return null;
        }
        int length = in.getInt();
        int sum = in.getInt();
        if (length <= 0 || length > available - HEADER || crc(record, length) != sum) {
            return null;
        }
        try {
            RawPath path = RawPath.of(Arrays.copyOfRange(record, HEADER, HEADER + length));
            return path.isAbsolute() || path.isEmpty() ? null : path;
        } catch (HoldfastException e) {
            return null; // not written by us
        }
    }

    private static int crc(byte[] record, int length) {
        var crc = new CRC32C();
        crc.update(record, HEADER, length);
        return (int) crc.getValue();
    }

    /** Id of the user who restores, as the file system sees it; -1 when not known. */
    int owner() {
        return owner;
    }

    /** Whether this process may give its files to a group; tried on the journal itself. */
    boolean groupAllowed(int gid) {
        if (file == null) {
            return false;
        }
        try {
            return gid == group || file.setMetadata(new RestoreTarget.Metadata(-1, -1, gid, 0, -1, null)).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether an earlier run was writing anything when it ended. */
    boolean resumes() {
        return !leftovers.isEmpty();
    }

    /**
     * Whether an entry is the unfinished work of an earlier run: it was in flight, and still is as it was made.
     *
     * @param path relative to the directory that is restored into
     * @param stat what is there now
     */
    boolean isLeftover(RawPath path, StatTable stat) {
        return (stat.mode[0] & TYPE) == REGULAR && (stat.mode[0] & 07777) == PRIVATE && stat.links[0] == 1
                && stat.uid[0] == owner && leftovers.contains(path);
    }

    /** A place for one file in flight. One thread at a time. */
    final class Slot {
        private final long position;
        private final byte[] record = new byte[SLOT];
        private final ByteBuffer buffer = ByteBuffer.wrap(record);
        private @Nullable TargetNode lastNode;
        private int prefix;
        private boolean used;

        private Slot(int number) {
            position = (long) number * SLOT;
        }

        /** A file is about to be made. */
        void begin(TargetNode node, byte[] entry) throws IOException {
            if (file == null) {
                return;
            }
            if (node != lastNode) {
                prefix = HEADER;
                lastNode = append(node) ? node : null;
            }
            int end = prefix + entry.length;
            if (lastNode == null || end > SLOT) {
                clear(); // too long to be named: if it stays unfinished, it counts as somebody else's
                return;
            }
            System.arraycopy(entry, 0, record, prefix, entry.length);
            int length = end - HEADER;
            buffer.putInt(0, MAGIC).putInt(4, length).putInt(8, crc(record, length));
            file.write(position, record, 0, end);
            used = true;
        }

        private boolean append(TargetNode node) {
            TargetNode parent = node.parent();
            if (parent == null) {
                return true;
            }
            byte[] segment = node.actual();
            if (!append(parent) || prefix + segment.length + 1 > SLOT) {
                return false;
            }
            System.arraycopy(segment, 0, record, prefix, segment.length);
            prefix += segment.length;
            record[prefix++] = '/';
            return true;
        }

        /** Nothing is in flight in this slot. */
        void clear() throws IOException {
            if (used && file != null) {
                file.write(position, new byte[HEADER], 0, HEADER);
                used = false;
            }
        }
    }

    /** A slot that nobody uses. */
    synchronized Slot take() {
        return free.isEmpty() ? new Slot(slots++) : free.removeLast();
    }

    /** Gives a slot back when its file is complete. */
    void give(Slot slot) throws IOException {
        slot.clear();
        slot.lastNode = null;
        synchronized (this) {
            free.add(slot);
        }
    }

    /** Removes the journal: nothing is in flight any more. */
    void remove() throws IOException {
        if (file != null) {
            root.remove(name);
        }
    }

    private static void closeQuietly(@Nullable TargetFile opened) {
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                // Nothing was promised of this file.
                return;
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(file);
    }
}

package org.holdfast.agent.internal.drill;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.jobs.JobContext;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;

/** Compares what a drill restored with what the point says of it, and with the source where that is as it was. */
final class DrillCheck {
    private static final int PIECE = 256 * 1024;
    private static final int PERMISSIONS = 0777;
    private static final int ALL_BITS = 07777;
    private static final int TYPE = 0xf000;
    private static final int REGULAR = 0x8000;
    private static final int LINK = 0xa000;

    private final JobContext job;
    private final OpenVault vault;
    private final PointSummary point;
    private final Source source;
    private final RawPath target;
    private final StatTable stat = new StatTable();
    private byte[] one = new byte[PIECE];
    private byte[] other = new byte[PIECE];

    /**
     * @param source reads files of this server
     * @param target folder that was restored into
     */
    DrillCheck(JobContext job, OpenVault vault, PointSummary point, Source source, RawPath target) {
        this.job = job;
        this.vault = vault;
        this.point = point;
        this.source = source;
        this.target = target;
    }

    private RawPath restored(Entry entry) {
        return target.resolve(entry.path().relativeTo(point.base()));
    }

    /**
     * What is not as it was stored about an entry's metadata, for people, or null.
     *
     * @param owners whether owners were restored
     */
    @Nullable
    String metadata(Entry entry, boolean owners) {
        try (SourceDirectory directory = source.openDirectory(restored(entry).parent())) {
            directory.stat(entry.path().name(), stat);
        } catch (IOException e) {
            return "It is not there.";
        }
        boolean link = entry.type() == EntryType.SYMBOLIC_LINK;
        if ((stat.mode[0] & TYPE) != (link ? LINK : REGULAR)) {
            return "It is something else.";
        }
        int bits = owners ? ALL_BITS : PERMISSIONS;
        if (!link && (stat.mode[0] & bits) != (entry.mode() & bits)) {
            return "Its permissions are " + Integer.toOctalString(stat.mode[0] & bits) + " instead of "
                    + Integer.toOctalString(entry.mode() & bits) + ".";
        }
        if (stat.mtimeSeconds[0] != entry.modified().getEpochSecond()) {
            return "Its time of modification is another one.";
        }
        if (owners && !(owned(stat.uid[0], entry.uid(), entry.owner(), source.userName(stat.uid[0]))
                && owned(stat.gid[0], entry.gid(), entry.group(), source.groupName(stat.gid[0])))) {
            return "Its owner is another one.";
        }
        return null;
    }

    /** Owners are restored by name where they have one, so the number may be another one by now. */
    private static boolean owned(int id, int wanted, String wantedName, @Nullable String name) {
        return id == wanted || !wantedName.isEmpty() && wantedName.equals(name);
    }

    /** Whether the content is what the ids in the point say, for all of these together: nothing is downloaded again. */
    boolean sameContent(List<Entry> entries, boolean owners) {
        if (entries.isEmpty()) {
            return true;
        }
        var request = new RestoreRequest(point.id(), entries.stream().map(Entry::path).toList(), target, IfExists.SKIP,
                owners, true, true);
        var result = vault.restore(request, progress -> {}, job.cancel());
        return result.unchanged() == entries.size() && result.warnings().isEmpty();
    }

    /** What a comparison with the source says. */
    enum AgainstSource {
        /** It has changed since the backup, or cannot be read. */
        NOT_COMPARED,
        /** The same bytes. */
        SAME,
        /** Other bytes, although the file was not touched since before the backup. */
        DIFFERENT
    }

    /** Compares a file with its source, when that was not touched since before the backup. */
    AgainstSource source(Entry entry) {
        if (entry.type() != EntryType.FILE) {
            return AgainstSource.NOT_COMPARED;
        }
        try (SourceDirectory here = source.openDirectory(entry.path().parent());
                SourceDirectory there = source.openDirectory(restored(entry).parent())) {
            if (!untouched(here, entry)) {
                return AgainstSource.NOT_COMPARED;
            }
            boolean same;
            try (SourceFile original = here.openFile(entry.path().name());
                    SourceFile copy = there.openFile(entry.path().name())) {
                same = same(original, copy, entry.size());
            }
            // Whatever happened to it meanwhile is no fault of the point.
            return !untouched(here, entry) ? AgainstSource.NOT_COMPARED
                    : same ? AgainstSource.SAME : AgainstSource.DIFFERENT;
        } catch (IOException e) {
            return AgainstSource.NOT_COMPARED;
        }
    }

    private boolean untouched(SourceDirectory directory, Entry entry) throws IOException {
        directory.stat(entry.path().name(), stat);
        return (stat.mode[0] & TYPE) == REGULAR && stat.size[0] == entry.size()
                && stat.mtimeSeconds[0] == entry.modified().getEpochSecond()
                && stat.mtimeNanos[0] == entry.modified().getNano()
                && stat.ctimeSeconds[0] < point.time().getEpochSecond();
    }

    private boolean same(SourceFile original, SourceFile copy, long size) throws IOException {
        for (long at = 0; at < size; at += PIECE) {
            job.gate().pass();
            job.cancel().check();
            int length = (int) Math.min(PIECE, size - at);
            if (fill(original, at, one, length) != length || fill(copy, at, other, length) != length
                    || !Arrays.equals(one, 0, length, other, 0, length)) {
                return false;
            }
        }
        return true;
    }

    private static int fill(SourceFile file, long at, byte[] into, int length) throws IOException {
        int got = 0;
        while (got < length) {
            int n = file.read(at + got, into, got, length - got);
            if (n <= 0) {
                break;
            }
            got += n;
        }
        return got;
    }
}

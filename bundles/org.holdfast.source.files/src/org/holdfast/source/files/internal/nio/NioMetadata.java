package org.holdfast.source.files.internal.nio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.RestoreTarget;

/** Puts metadata on an entry: owner first because that clears set-user-id, times last because all else changes them. */
final class NioMetadata {
    private static final int SET_IDS = 06000;
    private static final int OWNER_WRITE = 0200;

    private NioMetadata() {
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Sets all; returns what could not be set. */
    static List<String> write(Path path, int type, RestoreTarget.Metadata wanted) {
        var missed = new ArrayList<String>();
        boolean unix = NioStat.isUnix(path);
        int mode = wanted.mode() & 07777;
        if (unix && wanted.uid() != -1 && !owner(path, "uid", wanted.uid(), missed)) {
            mode &= ~SET_IDS;
        }
        if (unix && wanted.gid() != -1 && !owner(path, "gid", wanted.gid(), missed)) {
            mode &= type == NioStat.DIRECTORY ? ~0 : ~SET_IDS;
        }
        if (wanted.mode() != -1 && type != NioStat.LINK && unix) {
            int bits = mode;
            attempt(missed, "The permissions " + Integer.toOctalString(bits),
                    () -> Files.setAttribute(path, "unix:mode", bits, LinkOption.NOFOLLOW_LINKS));
        }
        List<ExtendedAttribute> attributes = wanted.attributes();
        if (attributes != null) {
            NioAttributes.write(path, type, attributes, missed);
        }
        if (wanted.mtimeNanos() != -1) {
            boolean whole = unix && wanted.mtimeSeconds() < 0; // the library makes 1970 of a fraction before it
            if (whole && wanted.mtimeNanos() != 0) {
                missed.add("The modification time is kept in whole seconds only, as it is before 1970.");
            }
            var time = FileTime.from(Instant.ofEpochSecond(wanted.mtimeSeconds(), whole ? 0 : wanted.mtimeNanos()));
            attempt(missed, "The modification time", () -> Files.getFileAttributeView(path,
                    BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setTimes(time, null, null));
        }
        if (!unix && wanted.mode() != -1 && type == NioStat.REGULAR) {
            var view = Files.getFileAttributeView(path, DosFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view != null) {
                attempt(missed, "The mark read-only", () -> view.setReadOnly((wanted.mode() & OWNER_WRITE) == 0));
            }
        }
        return List.copyOf(missed);
    }

    private static boolean owner(Path path, String attribute, int id, List<String> missed) {
        int before = missed.size();
        attempt(missed, "The " + (attribute.equals("uid") ? "owner " : "group ") + Integer.toUnsignedString(id),
                () -> Files.setAttribute(path, "unix:" + attribute, id, LinkOption.NOFOLLOW_LINKS));
        return missed.size() == before;
    }

    private static void attempt(List<String> missed, String what, Step step) {
        try {
            step.run();
        } catch (IOException | UnsupportedOperationException e) {
            missed.add(what + " could not be set: " + e.getMessage() + ".");
        }
    }
}

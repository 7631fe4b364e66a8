package org.holdfast.source.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.NameTable;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetDirectory;

/** Copies a tree with nothing but the interfaces under test: the smallest backup and restore there can be. */
final class TreeCopy {
    private static final int S_IFMT = 0170000;

    private record Node(long device, long inode) {
    }

    private record Place(TargetDirectory directory, byte[] name) {
    }

    private final List<String> missed = new ArrayList<>();
    private final Map<Node, Place> linked = new HashMap<>();
    private final byte[] buffer = new byte[1 << 20];

    private TreeCopy() {
    }

    /** Copies and returns what could not be set. */
    static List<String> copy(SourceProvider provider, RawPath from, RawPath to) throws IOException {
        var copy = new TreeCopy();
        try (Source source = provider.open();
                RestoreTarget target = provider.openTarget(to);
                var in = source.openDirectory(from);
                var out = target.root()) {
            copy.directory(in, out);
            for (Place place : copy.linked.values()) {
                place.directory.close();
            }
        }
        return copy.missed;
    }

    private void directory(SourceDirectory in, TargetDirectory out) throws IOException {
        var names = new NameTable();
        var stats = new StatTable();
        in.list(names, new CancelToken());
        in.stat(names, 0, names.count(), stats);
        for (int i = 0; i < names.count(); i++) {
            byte[] name = names.name(i);
            if ((stats.mode[i] & S_IFMT) == 0040000) {
                try (var child = in.openDirectory(name); var made = out.directory(name)) {
                    directory(child, made);
                }
            } else if (!isLinked(stats, i, out, name)) {
                entry(in, out, name, stats, i);
            }
        }
        in.statSelf(stats);
        missed.addAll(out.setMetadataOfSelf(metadata(stats, 0, in.attributesOfSelf())));
    }

    private boolean isLinked(StatTable stats, int i, TargetDirectory out, byte[] name) throws IOException {
        if (stats.links[i] < 2) {
            return false;
        }
        var node = new Node(stats.device[i], stats.inode[i]);
        Place place = linked.get(node);
        if (place == null) {
            out.retain();
            linked.put(node, new Place(out, name));
            return false;
        }
        out.hardLink(name, place.directory, place.name);
        return true;
    }

    private void entry(SourceDirectory in, TargetDirectory out, byte[] name, StatTable stats, int i)
            throws IOException {
        int type = stats.mode[i] & S_IFMT;
        if (type == 0100000) {
            file(in, out, name, stats, i);
            return;
        }
        if (type == 0120000) {
            out.symbolicLink(name, in.readLink(name));
        } else {
            out.special(name, stats.mode[i], stats.specialDevice[i]);
        }
        missed.addAll(out.setMetadata(name, type, metadata(stats, i, in.attributes(name, stats.mode[i]))));
    }

    private void file(SourceDirectory in, TargetDirectory out, byte[] name, StatTable stats, int i)
            throws IOException {
        try (var from = in.openFile(name); var to = out.file(name, false)) {
            to.truncate(stats.size[i]);
            for (long at = from.nextData(0); at >= 0 && at < stats.size[i]; at = from.nextData(at)) {
                long end = from.nextHole(at);
                while (at < end) {
                    int n = from.read(at, buffer, 0, (int) Math.min(buffer.length, end - at));
                    to.write(at, buffer, 0, n);
                    at += n;
                }
            }
            missed.addAll(to.setMetadata(metadata(stats, i, from.attributes())));
        }
    }

    private static RestoreTarget.Metadata metadata(StatTable s, int i, List<ExtendedAttribute> attributes) {
        return new RestoreTarget.Metadata(s.mode[i] & 07777, s.uid[i], s.gid[i], s.mtimeSeconds[i], s.mtimeNanos[i],
                attributes);
    }
}

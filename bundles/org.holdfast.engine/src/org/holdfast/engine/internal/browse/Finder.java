package org.holdfast.engine.internal.browse;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.holdfast.api.CancelToken;
import org.holdfast.api.Phase;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.FindHit;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.engine.internal.LocalOpenVault;
import org.holdfast.engine.internal.ProgressPublisher;
import org.holdfast.engine.internal.Glob;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Body;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.PackKind;
import org.holdfast.format.Page;

/**
 * Searches names over recovery points. A page that several points share at the same place is searched once; its hits
 * are told with the newest point and the number of older ones that have the very same version.
 */
public final class Finder {
    private final Vault vault;
    private final FindRequest request;
    private final Consumer<FindHit> hits;
    private final ProgressSink progress;
    private final CancelToken cancel;
    private final Pattern pattern;
    private final boolean wholePath;
    private final AtomicLong entries = new AtomicLong();
    private volatile String current = "";

    /** @param vault with keys */
    public Finder(Vault vault, FindRequest request, Consumer<FindHit> hits, ProgressSink progress,
            CancelToken cancel) {
        this.vault = vault;
        this.request = request;
        this.hits = hits;
        this.progress = progress;
        this.cancel = cancel;
        this.wholePath = request.pattern().indexOf('/') >= 0;
        boolean anyCase = request.pattern().chars().noneMatch(Character::isUpperCase);
        String prefix = wholePath && !request.pattern().startsWith("/") ? "(?:.*/)?" : "";
        this.pattern = Glob.compile(request.pattern(), prefix,
                Pattern.DOTALL | (anyCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0));
    }

    /** A version of a file that was found, and in how many older points it is as well. */
    private static final class Hit {
        private final PointSummary point;
        private final Entry entry;
        private final Page page;
        private final int row;
        private int alsoIn;

        Hit(PointSummary point, Entry entry, Page page, int row) {
            this.point = point;
            this.entry = entry;
            this.page = page;
            this.row = row;
        }
    }

    /** Runs to the end. */
    public void run() {
        List<Points.Stored> points = new Points(vault).list(Points.POINTS, true, (o, d) -> {}).reversed().stream()
                .filter(p -> request.pointIds().isEmpty() || request.pointIds().contains(p.id())).toList();
        ChunkIndex index = ChunkIndex.forReading(vault, PackKind.META);
        var publisher = new ProgressPublisher(progress,
                () -> new ProgressPublisher.Parts(Phase.SCANNING, entries.get(), -1, 0, -1, 0, 0, current));
        try (publisher; MetaReader reader = new MetaReader(vault, index)) {
            Vault.io("Searching", () -> {
                search(points, reader);
                return null;
            });
        }
    }

    private void search(List<Points.Stored> points, MetaReader reader) throws IOException {
        // A version stays open as long as the next older point of its server that could have it does.
        Map<String, Map<RawPath, Hit>> open = new LinkedHashMap<>();
        for (Points.Stored stored : points) {
            var tree = new PointTree(reader, stored.manifest().details());
            PointSummary point = LocalOpenVault.summary(stored);
            Map<RawPath, Hit> found = new LinkedHashMap<>();
            walk(tree, tree.root(), tree.base(), point, found);
            goOn(open.computeIfAbsent(point.server(), server -> new LinkedHashMap<>()), found, point);
        }
        open.values().forEach(ofServer -> ofServer.values().forEach(this::tell));
    }

    private void goOn(Map<RawPath, Hit> open, Map<RawPath, Hit> found, PointSummary point) {
        open.values().removeIf(newer -> {
            RawPath path = newer.entry.path();
            Hit hit = found.get(path);
            if (hit == null ? point.items().stream().noneMatch(path::startsWith)
                    : Entries.sameVersion(newer.page, newer.row, hit.page, hit.row)) {
                newer.alsoIn += hit == null ? 0 : 1;
                found.remove(path);
                return false;
            }
            tell(newer);
            return true;
        });
        open.putAll(found);
    }

    private void tell(Hit hit) {
        hits.accept(new FindHit(hit.point, hit.entry, hit.alsoIn));
    }

    private void walk(PointTree tree, DirectoryBody directory, RawPath parent, PointSummary point,
            Map<RawPath, Hit> found) throws IOException {
        current = parent.toString();
        var below = new ArrayList<DirectoryBody>();
        var names = new ArrayList<byte[]>();
        for (int i = 0; i < directory.pages().size(); i++) {
            cancel.check();
            Page page = tree.reader().page(directory, i);
            entries.addAndGet(page.count);
            for (int row = 0; row < page.count; row++) {
                if (matches(parent, page, row)) {
                    Entry entry = Entries.entry(parent, page, row, Change.UNKNOWN);
                    found.put(entry.path(), new Hit(point, entry, page, row));
                }
                if (page.bodyKind(row) == Body.DIRECTORY) {
                    below.add(page.directory(row));
                    names.add(page.name(row));
                }
            }
        }
        for (int i = 0; i < below.size(); i++) {
            walk(tree, below.get(i), parent.child(names.get(i)), point, found);
        }
    }

    private boolean matches(RawPath parent, Page page, int row) {
        long size = page.size[row];
        if (request.minSize() >= 0 && size < request.minSize() || request.maxSize() >= 0 && size > request.maxSize()) {
            return false;
        }
        if (request.modifiedAfter() != null || request.modifiedBefore() != null) {
            var time = Instant.ofEpochSecond(page.mtime[row], page.mtimeNanos[row]);
            if (request.modifiedAfter() != null && time.isBefore(request.modifiedAfter())
                    || request.modifiedBefore() != null && time.isAfter(request.modifiedBefore())) {
                return false;
            }
        }
        byte[] path = wholePath ? parent.child(page.name(row)).bytes() : null;
        String text = path != null ? Glob.decode(path, 0, path.length)
                : Glob.decode(page.raw, page.nameAt[row], page.nameLength[row]);
        return pattern.matcher(text).matches();
    }
}

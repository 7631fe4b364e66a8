package org.holdfast.engine.internal.browse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.Listing;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Body;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.FormatException;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackKind;
import org.holdfast.format.Page;

/**
 * Lists directories of recovery points from metadata packs only. The index is read once and again when a point turns
 * up that it does not know. Thread-safe: one call at a time.
 */
public final class Browser implements AutoCloseable {
    private final Vault vault;
    private final Map<String, View> views = new HashMap<>();
    private @Nullable MetaReader reader;

    /** A point and the one before it of the same server with the same base. */
    private record View(PointTree tree, @Nullable PointTree previous) {
    }

    /** @param vault with keys */
    public Browser(Vault vault) {
        this.vault = vault;
    }

    private interface Call<T> {
        T run(View view) throws IOException;
    }

    private synchronized <T> T with(String pointId, Call<T> call) {
        return Vault.io("Browsing the recovery point", () -> {
            try {
                return call.run(view(pointId));
            } catch (FormatException | java.nio.file.NoSuchFileException e) {
                // A collection may have moved things since the index was read; a fresh index tells.
                close();
                return call.run(view(pointId));
            }
        });
    }

    private View view(String pointId) {
        View view = views.get(pointId);
        if (view == null) {
            List<Points.Stored> points = new Points(vault).list(Points.POINTS, true, (o, d) -> {});
            Points.Stored wanted = null;
            Points.Stored before = null;
            for (Points.Stored stored : points) {
                if (stored.id().equals(pointId)) {
                    wanted = stored;
                    break;
                }
            }
            if (wanted == null) {
                throw new HoldfastException(Problem.POINT_NOT_FOUND, "There is no recovery point '" + pointId + "'.",
                        "It may have been removed by retention; list the points again.");
            }
            Manifest.Details details = wanted.manifest().details();
            for (Points.Stored stored : points) {
                if (stored == wanted) {
                    break;
                }
                if (stored.manifest().details().server().equals(details.server())
                        && Arrays.equals(stored.manifest().details().base(), details.base())) {
                    before = stored;
                }
            }
            if (reader == null || views.isEmpty()) {
                closeReader();
                reader = new MetaReader(vault, ChunkIndex.forReading(vault, PackKind.META));
            }
            view = new View(new PointTree(reader, details),
                    before == null ? null : new PointTree(reader, before.manifest().details()));
            views.put(pointId, view);
        }
        return view;
    }

    /** Lists part of a directory. */
    public Listing list(String pointId, RawPath path, int from, int max) {
        if (from < 0 || max < 0) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "A listing cannot start at " + from + ".", "");
        }
        return with(pointId, view -> list(view, path, from, max));
    }

    private static Listing list(View view, RawPath path, int from, int max) throws IOException {
        RawPath relative = view.tree().relative(path);
        DirectoryBody directory = view.tree().directory(relative);
        DirectoryBody old = previousDirectory(view, relative);
        RawPath parent = view.tree().base().resolve(relative);
        var entries = new ArrayList<Entry>();
        int at = 0;
        for (int i = 0; i < directory.pages().size(); i++) {
            int end = at + directory.pages().get(i).entries();
            if (end > from && entries.size() < max) {
                Page page = view.tree().reader().page(directory, i);
                for (int row = Math.max(0, from - at); row < page.count && entries.size() < max; row++) {
                    entries.add(Entries.entry(parent, page, row, change(view, page, row, old)));
                }
            }
            at = end;
        }
        return new Listing(entries, at);
    }

    private static @Nullable DirectoryBody previousDirectory(View view, RawPath relative) throws IOException {
        if (view.previous() == null) {
            return null;
        }
        if (relative.isEmpty()) {
            return view.previous().root();
        }
        PointTree.Found found = view.previous().find(relative);
        return found == null || found.page().bodyKind(found.row()) != Body.DIRECTORY ? DirectoryBody.EMPTY
                : found.page().directory(found.row());
    }

    private static Change change(View view, Page page, int row, @Nullable DirectoryBody old) throws IOException {
        if (old == null) {
            return Change.UNKNOWN;
        }
        return Entries.compare(page, row, view.previous().find(old, page.name(row)));
    }

    /** One entry. */
    public Entry entry(String pointId, RawPath path) {
        return with(pointId, view -> {
            RawPath relative = view.tree().relative(path);
            PointTree.Found found = view.tree().find(relative);
            if (found == null) {
                throw PointTree.notFound(path);
            }
            DirectoryBody old = previousDirectory(view, relative.parent());
            return Entries.entry(view.tree().base().resolve(relative.parent()), found.page(), found.row(),
                    change(view, found.page(), found.row(), old));
        });
    }

    /**
     * A file and where it stands, to read its content.
     *
     * @throws HoldfastException {@link Problem#PATH_NOT_FOUND} when there is none, {@link Problem#INVALID_REQUEST} when
     *         it is no file
     */
    public PointTree.Found file(String pointId, RawPath path) {
        return with(pointId, view -> {
            RawPath relative = view.tree().relative(path);
            PointTree.Found found = view.tree().find(relative);
            if (found == null) {
                throw PointTree.notFound(path);
            }
            Entry entry = Entries.entry(view.tree().base().resolve(relative.parent()), found.page(), found.row(),
                    Change.UNKNOWN);
            if (entry.type() != EntryType.FILE) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "'" + path + "' is not a file.", "");
            }
            return found;
        });
    }

    /** Reads a list of segments of a file of a point. */
    public MetaReader.ListChunk list(String pointId, byte[] ids, int at) {
        return with(pointId, view -> view.tree().reader().list(ids, at));
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    @Override
    public synchronized void close() {
        views.clear();
        closeReader();
    }
}

package org.holdfast.console.client.recover;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.VaultConnection;

/**
 * Versions of one path over the recovery points of its server, newest first. Points are asked one after the other, so
 * that the newest versions appear at once and a change of mind costs one question.
 */
public final class VersionsModel implements RowSource<VersionsModel.Version> {
    /**
     * The path as it was in one or more points in a row.
     *
     * @param entry as in the newest of these points
     * @param newest newest point that has this version
     * @param oldest oldest point that has it
     * @param points number of points that have it
     */
    public record Version(Entry entry, PointSummary newest, PointSummary oldest, int points) {
    }

    private final Executor ui;
    private final Runnable changed;
    private final List<Version> versions = new ArrayList<>();
    private @Nullable RawPath path;
    private @Nullable Failure failure;
    private int generation;
    private int asked;
    private int toAsk;

    /** @param changed told when a version was found or all points were asked */
    public VersionsModel(Executor ui, Runnable changed) {
        this.ui = ui;
        this.changed = changed;
    }

    /**
     * Shows another path.
     *
     * @param points candidates, oldest first, all of one server
     */
    public void show(VaultConnection connection, RawPath wanted, List<PointSummary> points) {
        clear();
        path = wanted;
        var candidates = points.stream().filter(p -> wanted.startsWith(p.base())).toList();
        toAsk = candidates.size();
        ask(connection, wanted, candidates.reversed(), 0, generation, false);
        changed.run();
    }

    /** Shows nothing. */
    public void clear() {
        generation++;
        versions.clear();
        path = null;
        failure = null;
        asked = 0;
        toAsk = 0;
    }

    /** What is shown, or null. */
    public @Nullable RawPath path() {
        return path;
    }

    /** Whether points are still to be asked. */
    public boolean isLoading() {
        return asked < toAsk && failure == null;
    }

    /** Points asked so far. */
    public int asked() {
        return asked;
    }

    /** Points to ask in all. */
    public int toAsk() {
        return toAsk;
    }

    /** Why it stopped, or null. */
    public @Nullable Failure failure() {
        return failure;
    }

    @Override
    public int size() {
        return versions.size();
    }

    @Override
    public @Nullable Version row(int index) {
        return index < versions.size() ? versions.get(index) : null;
    }

    private void ask(VaultConnection connection, RawPath wanted, List<PointSummary> points, int index, int mine,
            boolean continues) {
        if (index >= points.size()) {
            return;
        }
        PointSummary point = points.get(index);
        connection.entry(point.id(), wanted).whenCompleteAsync((entry, thrown) -> {
            if (mine != generation) {
                return;
            }
            asked = index + 1;
            Failure f = thrown == null ? null : Failure.of(thrown);
            if (f != null && f.problem() != Problem.PATH_NOT_FOUND) {
                failure = f;
                changed.run();
                return;
            }
            boolean there = f == null;
            if (there) {
                take(Objects.requireNonNull(entry), point, continues);
            }
            if (there || asked == toAsk) {
                changed.run();
            }
            ask(connection, wanted, points, index + 1, mine, there);
        }, ui);
    }

    private void take(Entry entry, PointSummary point, boolean continues) {
        Version last = versions.isEmpty() ? null : versions.getLast();
        if (continues && last != null && same(last.entry, entry)) {
            versions.set(versions.size() - 1, new Version(last.entry, last.newest, point, last.points + 1));
        } else {
            versions.add(new Version(entry, point, point, 1));
        }
    }

    private static boolean same(Entry a, Entry b) {
        return a.type() == b.type() && a.size() == b.size() && a.modified().equals(b.modified())
                && a.mode() == b.mode() && a.uid() == b.uid() && a.gid() == b.gid()
                && Objects.equals(a.linkTarget(), b.linkTarget());
    }
}

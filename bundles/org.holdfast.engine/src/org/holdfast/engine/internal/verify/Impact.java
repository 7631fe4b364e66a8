package org.holdfast.engine.internal.verify;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Body;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.Page;

/** Works out which recovery points and files damage hurts, looking only where there is some. */
final class Impact {
    private final ChunkIndex index;
    private final ReferenceGraph graph;
    private final BitSet bad;
    private final BitSet tainted;
    private final Map<Integer, Finding> findings = new HashMap<>();
    private final Owner owner;
    private final CancelToken cancel;

    /** Knows what a bad or missing chunk is to be blamed on. */
    interface Owner {
        /** The finding about a chunk in a damaged pack. */
        Finding ofBad(int chunk);

        /**
         * The finding about a chunk that is nowhere.
         *
         * @param newest newest point that needs it
         */
        Finding ofMissing(Id chunk, Points.Stored newest);
    }

    /** @param bad chunks in the index that cannot be read */
    Impact(ChunkIndex index, ReferenceGraph graph, BitSet reached, BitSet bad, Owner owner, CancelToken cancel) {
        this.index = index;
        this.graph = graph;
        this.bad = bad;
        this.owner = owner;
        this.cancel = cancel;
        this.tainted = graph.tainted(reached, bad);
    }

    /** Notes the points that are hurt, newest first; returns those. */
    List<Points.Stored> points(List<Points.Stored> newestFirst) {
        var hurt = new ArrayList<Points.Stored>();
        for (Points.Stored point : newestFirst) {
            cancel.check();
            if (hurts(point)) {
                hurt.add(point);
            }
        }
        return hurt;
    }

    private boolean hurts(Points.Stored point) {
        boolean any = false;
        var visited = new BitSet();
        var stack = new ReferenceGraph.IntStack();
        for (Id root : point.manifest().keeper().roots()) {
            any |= look(graph.number(root.bytes(), 0), point, visited, stack);
        }
        while (!stack.isEmpty()) {
            int chunk = stack.pop();
            for (int at = graph.from(chunk); at < graph.to(chunk); at++) {
                any |= look(graph.ref(at), point, visited, stack);
            }
        }
        return any;
    }

    private boolean look(int number, Points.Stored point, BitSet visited, ReferenceGraph.IntStack stack) {
        Finding finding = blame(number, point);
        if (finding != null) {
            finding.hurts(point.id());
        }
        if (number >= 0 && tainted.get(number) && !visited.get(number)) {
            visited.set(number);
            stack.push(number);
        }
        return finding != null;
    }

    private @Nullable Finding blame(int number, Points.Stored point) {
        if (number >= 0 && !bad.get(number)) {
            return null;
        }
        return findings.computeIfAbsent(number, n -> n >= 0 ? owner.ofBad(n)
                : owner.ofMissing(graph.missing(n), point));
    }

    /** A page to be looked at. */
    private record Step(byte[] page, RawPath directory) {
    }

    private record Seen(Id page, RawPath directory) {
    }

    /** Notes the files that are hurt. Needs the keys. */
    void files(Vault vault, List<Points.Stored> hurt) throws IOException {
        Set<Seen> seen = new HashSet<>();
        try (var reader = new MetaReader(vault, index)) {
            for (Points.Stored point : hurt) {
                Deque<Step> steps = new ArrayDeque<>();
                RawPath base = RawPath.of(point.manifest().details().base());
                push(point.manifest().details().root(), base, point, steps);
                Step step;
                while ((step = steps.poll()) != null) {
                    cancel.check();
                    if (seen.add(new Seen(new Id(step.page()), step.directory()))) {
                        page(reader, step, point, steps);
                    }
                }
            }
        }
    }

    private void push(DirectoryBody body, RawPath directory, Points.Stored point, Deque<Step> steps) {
        for (DirectoryBody.PageRef ref : body.pages()) {
            int number = graph.number(ref.id(), 0);
            Finding finding = blame(number, point);
            if (finding != null) {
                finding.hurts(point.id(), directory);
            } else if (tainted.get(number)) {
                steps.push(new Step(ref.id(), directory));
            }
        }
    }

    private void page(MetaReader reader, Step step, Points.Stored point, Deque<Step> steps) throws IOException {
        Page page;
        try {
            page = reader.page(step.page());
        } catch (FormatException e) {
            return; // it was checked, so it is damaged in a way that is told elsewhere
        }
        for (int row = 0; row < page.count; row++) {
            RawPath path = step.directory().child(page.name(row));
            if (page.bodyKind(row) == Body.DIRECTORY) {
                push(page.directory(row), path, point, steps);
                continue;
            }
            boolean lists = page.bodyKind(row) == Body.LISTS;
            for (int at = page.refOffset(row); at < page.refOffset(row) + page.refCount(row) * Id.SIZE; at += Id.SIZE) {
                int number = graph.number(page.refs, at);
                hurt(number, point, path);
                if (lists && number >= 0 && tainted.get(number)) {
                    for (int ref = graph.from(number); ref < graph.to(number); ref++) {
                        hurt(graph.ref(ref), point, path);
                    }
                }
            }
        }
    }

    private void hurt(int number, Points.Stored point, RawPath path) {
        Finding finding = blame(number, point);
        if (finding != null) {
            finding.hurts(point.id(), path);
        }
    }
}

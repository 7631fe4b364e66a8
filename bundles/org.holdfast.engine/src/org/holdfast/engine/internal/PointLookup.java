package org.holdfast.engine.internal;

import java.util.List;
import java.util.Locale;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.engine.internal.objects.Points;

/** Finds a recovery point by what a person typed. */
final class PointLookup {
    private PointLookup() {
    }

    static Points.Stored find(List<Points.Stored> points, String id) {
        String wanted = id.strip().toLowerCase(Locale.ROOT);
        if (points.isEmpty()) {
            throw new HoldfastException(Problem.POINT_NOT_FOUND, "The vault has no recovery points.",
                    "Make one with backup.");
        }
        if (wanted.equals("latest")) {
            return points.getLast();
        }
        List<Points.Stored> matches = wanted.isEmpty() ? List.of()
                : points.stream().filter(p -> p.id().startsWith(wanted)).toList();
        if (matches.isEmpty()) {
            throw new HoldfastException(Problem.POINT_NOT_FOUND, "There is no recovery point '" + id + "'.",
                    "List the points to see their ids; 'latest' is the newest.");
        }
        if (matches.size() > 1) {
            throw new HoldfastException(Problem.POINT_NOT_FOUND,
                    "'" + id + "' is the start of " + matches.size() + " ids.", "Give more digits.");
        }
        return matches.getFirst();
    }
}

package org.holdfast.console.client.recover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;

/**
 * A restore as a person describes it.
 *
 * @param items what to restore
 * @param target folder to restore below, or null for the original place
 * @param ifExists what to do with files that are there and differ
 * @param owners whether to restore owners
 * @param permissions whether to restore modes, ACLs and other attributes
 */
public record RestorePlan(List<Basket.Item> items, @Nullable RawPath target, IfExists ifExists, boolean owners,
        boolean permissions) {
    /** Keeps a defensive copy. */
    public RestorePlan {
        items = List.copyOf(items);
    }

    /** One request for each recovery point, in the order the points came into the basket. */
    public List<RestoreRequest> requests(boolean dryRun) {
        Map<PointSummary, List<RawPath>> byPoint = new LinkedHashMap<>();
        for (Basket.Item item : items) {
            List<RawPath> include = byPoint.computeIfAbsent(item.point(), p -> new ArrayList<>());
            if (item.entry() != null) {
                include.add(item.path());
            }
        }
        var requests = new ArrayList<RestoreRequest>();
        byPoint.forEach((point, include) -> requests.add(new RestoreRequest(point.id(),
                isWhole(point) ? List.of() : List.copyOf(include), target, ifExists, owners, permissions, dryRun)));
        return requests;
    }

    private boolean isWhole(PointSummary point) {
        return items.stream().anyMatch(i -> i.entry() == null && i.point().equals(point));
    }
}

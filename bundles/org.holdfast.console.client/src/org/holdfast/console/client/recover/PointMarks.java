package org.holdfast.console.client.recover;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.PointInfo;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.fleet.FleetApi;
import org.holdfast.console.client.fleet.ListQuery;
import org.holdfast.protocol.common.Page;

/** What the vault server knows of a server's points that their manifests do not tell. */
public final class PointMarks {
    /**
     * What is known of one point.
     *
     * @param verified when all data of the server was last read back and checked with this point in it, or null
     * @param anomaly why the backup is unlike the ones before it, or null
     */
    public record Mark(@Nullable Instant verified, @Nullable String anomaly) {
        /** Nothing. */
        public static final Mark NONE = new Mark(null, null);
    }

    private PointMarks() {
    }

    /** Marks by ids of points; points without any are left out. */
    public static CompletableFuture<Map<String, Mark>> of(ServerPlace place) {
        FleetApi api = place.session().api();
        String vault = place.server().vault();
        String server = "serverId=" + place.server().id();
        var verified = api.jobs().list(vault, ListQuery.all().where(server).where("kind=verify").where("state=done")
                .sortedBy("-ended").limitedTo(1));
        var anomalies = api.alerts().list(ListQuery.all().where(server).where("kind=anomaly"));
        var points = api.points().ofServer(vault, place.server().id());
        return CompletableFuture.allOf(verified, anomalies, points)
                .thenApply(all -> marks(points.join(), verified.join(), anomalies.join()));
    }

    /** A verification reads everything that is there when it begins. */
    private static Map<String, Mark> marks(List<PointInfo> points, Page<JobSummary> verified,
            Page<AlertSummary> anomalies) {
        Map<String, String> reasons = new HashMap<>();
        for (AlertSummary alert : anomalies.items()) {
            String job = alert.jobId();
            if (job != null) {
                reasons.put(job, alert.message());
            }
        }
        JobSummary last = verified.items().isEmpty() ? null : verified.items().getFirst();
        Instant began = last == null ? null : last.started();
        Instant ended = last == null ? null : last.ended();
        Map<String, Mark> marks = new HashMap<>();
        for (PointInfo point : points) {
            Instant checked = began != null && !point.committed().isAfter(began) ? ended : null;
            String job = point.job();
            String reason = job == null ? null : reasons.get(job);
            if (checked != null || reason != null) {
                marks.put(point.id(), new Mark(checked, reason));
            }
        }
        return Map.copyOf(marks);
    }
}

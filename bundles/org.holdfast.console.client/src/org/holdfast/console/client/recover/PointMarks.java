package org.holdfast.console.client.recover;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.PointInfo;
import org.holdfast.api.fleet.PointPin;
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
     * @param days how many days ago that was when it was asked
     * @param anomaly why the backup is unlike the ones before it, or null
     * @param pin who wants it kept whatever the policy says, or null
     */
    public record Mark(@Nullable Instant verified, long days, @Nullable String anomaly, @Nullable PointPin pin) {
        /** Nothing. */
        public static final Mark NONE = new Mark(null, 0, null, null);

        /** Whether it was verified, but so long ago that much may have happened to the data since. */
        public boolean isAged() {
            return verified != null && days > FRESH_DAYS;
        }
    }

    /** Verifications of more days ago are old. */
    public static final int FRESH_DAYS = 8;

    private PointMarks() {
    }

    /**
     * Marks by ids of points; points without any are left out.
     *
     * @param now from which age counts
     */
    public static CompletableFuture<Map<String, Mark>> of(ServerPlace place, Instant now) {
        FleetApi api = place.session().api();
        String vault = place.server().vault();
        String server = "serverId=" + place.server().id();
        var verified = api.jobs().list(vault, ListQuery.all().where(server).where("kind=verify").where("state=done")
                .sortedBy("-ended").limitedTo(1));
        var anomalies = api.alerts().list(ListQuery.all().where(server).where("kind=anomaly"));
        var points = api.points().ofServer(vault, place.server().id());
        return CompletableFuture.allOf(verified, anomalies, points)
                .thenApply(all -> marks(points.join(), verified.join(), anomalies.join(), now));
    }

    /** A verification reads everything that is there when it begins. */
    private static Map<String, Mark> marks(List<PointInfo> points, Page<JobSummary> verified,
            Page<AlertSummary> anomalies, Instant now) {
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
            PointPin pin = point.pin();
            if (checked != null || reason != null || pin != null) {
                long days = checked == null ? 0 : Math.max(0, Duration.between(checked, now).toDays());
                marks.put(point.id(), new Mark(checked, days, reason, pin));
            }
        }
        return Map.copyOf(marks);
    }
}

package org.holdfast.scheduling.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.holdfast.scheduling.retention.RetentionPreview.Fate;
import org.junit.jupiter.api.Test;

class RetentionPreviewTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void playsDaysForward() {
        RetentionPreview preview = preview(new RetentionPolicy(0, 2, 0, 0, 0));
        RetentionPoint today = new RetentionPoint("today", NOW.minusSeconds(60), "g", true, null);
        List<Fate> fates = preview.play(List.of(today), NOW, "g", days(3));
        assertEquals(4, fates.size());
        assertEquals(NOW.plus(Duration.ofDays(2)), fates.get(0).removedAt());
        assertEquals(today, fates.get(0).point());
        assertFalse(fates.get(0).planned());
        assertEquals(List.of(KeepReason.Rule.DAILY), fates.get(0).reasons().stream().map(KeepReason::rule).toList(),
                "what kept it before it was removed");
        assertEquals(NOW.plus(Duration.ofDays(3)), fates.get(1).removedAt());
        assertTrue(fates.get(2).planned());
        assertEquals(List.of("daily 2026-11-25"), fates.get(2).reasons().stream().map(KeepReason::words).toList());
        assertEquals(List.of("newest complete", "daily 2026-11-26"),
                fates.get(3).reasons().stream().map(KeepReason::words).toList());
    }

    @Test
    void threeYearsOfDaysEndAsTheFamilySays() {
        List<Fate> fates = preview(new RetentionPolicy(0, 7, 4, 12, 3)).play(List.of(), NOW, "g", days(1100));
        List<Fate> kept = fates.stream().filter(fate -> fate.removedAt() == null).toList();
        for (KeepReason.Rule rule : KeepReason.Rule.values()) {
            long count = kept.stream().flatMap(fate -> fate.reasons().stream()).filter(it -> it.rule() == rule)
                    .count();
            assertEquals(switch (rule) {
                case NEWEST -> 1;
                case DAILY -> 7;
                case WEEKLY -> 4;
                case MONTHLY -> 12;
                case YEARLY -> 3;
                default -> 0;
            }, count, rule.name());
        }
        // Running every day ends where one run over all points would: what is removed is never missed later.
        List<RetentionPoint> all = fates.stream().map(Fate::point).toList();
        List<RetentionPoint> atOnce = new Retention(new RetentionPolicy(0, 7, 4, 12, 3), ZoneOffset.UTC)
                .decide(all, all.getLast().time()).stream().filter(RetentionDecision::keep)
                .map(RetentionDecision::point).toList();
        assertEquals(new ArrayList<>(atOnce).reversed(), kept.stream().map(Fate::point).toList());
    }

    @Test
    void leavesOutWhatIsPastAndOtherGroupsAlone() {
        RetentionPoint other = new RetentionPoint("other", Instant.EPOCH, "h", true, null);
        List<Fate> fates = preview(new RetentionPolicy(1, 0, 0, 0, 0)).play(List.of(other), NOW, "g",
                List.of(NOW, NOW.minusSeconds(5), NOW.plusSeconds(5), NOW.plusSeconds(5)));
        assertEquals(2, fates.size());
        assertEquals(List.of(), fates.stream().filter(fate -> fate.removedAt() != null).toList());
        assertFalse(fates.get(0).planned());
    }

    private static RetentionPreview preview(RetentionPolicy policy) {
        return new RetentionPreview(new Retention(policy, ZoneOffset.UTC));
    }

    private static List<Instant> days(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(day -> NOW.plus(Duration.ofDays(day))).toList();
    }
}

package org.holdfast.protocol.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
    private enum Kind {
        PLAIN, TWO_WORDS
    }

    private record Sample(@Nullable String name, Kind kind, Instant at, Duration span, List<DayOfWeek> days,
            long size) {
    }

    private static final Sample SAMPLE =
            new Sample(null, Kind.TWO_WORDS, Instant.ofEpochSecond(1_700_000_000L, 5_000_001),
                    Duration.ofSeconds(90), List.of(DayOfWeek.MONDAY), 7);

    @Test
    void writesTheDialect() {
        assertEquals("{\"kind\":\"two-words\",\"at\":\"2023-11-14T22:13:20.005Z\",\"span\":\"PT1M30S\","
                + "\"days\":[\"monday\"],\"size\":7}", Json.text(SAMPLE));
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Sample back = Json.read(Json.bytes(SAMPLE), Sample.class);

        assertEquals(new Sample(null, Kind.TWO_WORDS, Instant.ofEpochSecond(1_700_000_000L, 5_000_000),
                Duration.ofSeconds(90), List.of(DayOfWeek.MONDAY), 7), back);
    }

    @Test
    void ignoresUnknownProperties() throws IOException {
        assertEquals(7, Json.read("{\"size\":7,\"later\":{\"x\":[1]}}", Sample.class).size());
    }

    @Test
    void refusesDeepNesting() {
        String deep = "[".repeat(100) + "]".repeat(100);

        assertThrows(IOException.class, () -> Json.read("{\"x\":" + deep + "}", Sample.class));
    }

    @Test
    void namesProblemsByCode() {
        ProblemBody body = ProblemBody.of(409, "session-lost", "Gone.", "Start again.");

        assertEquals("Session lost", body.title());
        assertEquals("https://holdfast.example/problems/session-lost", body.type());
    }
}

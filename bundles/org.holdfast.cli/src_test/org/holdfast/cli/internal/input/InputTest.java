package org.holdfast.cli.internal.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts, dates, arguments and paths. */
class InputTest {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 3, 28, 12, 0, 0, 0, ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({ "0,0", "500,500", "500b,500", "1k,1024", "1K,1024", "1KiB,1024", "1kb,1000", "1.5M,1572864",
            "10MB,10000000", "2G,2147483648", "1 TB,1000000000000", "3p,3377699720527872" })
    void sizes(String text, long expected) {
        assertEquals(expected, Amounts.size("--x", text));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "-1", "1X", "1.2.3", "M", "1kk", "9999999P", "1e3" })
    void sizesThatAreNone(String text) {
        assertEquals(Problem.INVALID_REQUEST,
                assertThrows(HoldfastException.class, () -> Amounts.size("--x", text)).problem());
    }

    @ParameterizedTest
    @CsvSource({ "2027-01-31,false,1,2027-01-30T23:00:00Z", "2027-01-31,true,1,2027-01-31T23:00:00Z",
            "2027-07-01T08:30,true,1,2027-07-01T06:30:00Z", "2027-07-01 08:30,true,1,2027-07-01T06:30:00Z",
            "2027-07-01T08:30:15Z,true,1,2027-07-01T08:30:15Z", "2027-07-01T08:30:00+09:00,true,1,2027-06-30T23:30:00Z",
            // The clocks change in the night to 29 March: a day later is the same local time.
            "1d,true,1,2026-03-29T10:00:00Z", "2w,false,-1,2026-03-14T11:00:00Z", "1m,true,1,2026-04-28T10:00:00Z",
            "1y,true,-1,2025-03-28T11:00:00Z" })
    void times(String text, boolean endOfDay, int sign, Instant expected) {
        assertEquals(expected, Amounts.time("--x", text, NOW, endOfDay, sign));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "tomorrow", "2027-13-01", "2027-02-30", "10", "d", "5x", "2027-01-31T25:00" })
    void timesThatAreNone(String text) {
        assertEquals(Problem.INVALID_REQUEST,
                assertThrows(HoldfastException.class, () -> Amounts.time("--x", text, NOW, true, 1)).problem());
    }

    @Test
    void argumentsLoseNoByte() {
        var random = new Random(42);
        for (int i = 0; i < 2000; i++) {
            var raw = new byte[random.nextInt(12)];
            random.nextBytes(raw);
            assertArrayEquals(raw, ArgumentText.bytes(ArgumentText.text(raw)));
        }
        for (var text : List.of("", "plain", "gr\u00fc\u00df", "\u65e5\u672c", "\ud83d\ude00", "a\ud83d\ude00b")) {
            var raw = text.getBytes(StandardCharsets.UTF_8);
            assertEquals(text, ArgumentText.text(raw));
            assertArrayEquals(raw, ArgumentText.bytes(text));
        }
    }

    @Test
    void argumentsAreReadFromTheCommandLine() {
        var line = "java\0-cp\0x\0Main\0gr\u00fc\u00df\0plain\0".getBytes(StandardCharsets.UTF_8);
        // As a machine in an ASCII locale decodes them.
        assertEquals(List.of("gr\u00fc\u00df", "plain"), ArgumentText.last(line, new String[] { "gr????", "plain" }));
        assertEquals(List.of("gr????", "other"), ArgumentText.last(line, new String[] { "gr????", "other" }),
                "a line that is not ours is not used");
        assertEquals(List.of("?"), ArgumentText.last(new byte[0], new String[] { "?" }));
    }

    @Test
    void typedPathsBecomeAbsolute(@TempDir Path folder) throws IOException {
        var here = RawPath.of("/here");
        assertEquals(RawPath.of("/a/b"), NativePaths.typed("/a//b/", here));
        assertEquals(RawPath.of("/here/a"), NativePaths.typed("./a", here));
        assertEquals(here, NativePaths.typed(".", here));
        assertEquals(RawPath.ROOT, NativePaths.typed("/", here));
        var real = Files.createDirectories(folder.toRealPath().resolve("x/y"));
        Files.createSymbolicLink(folder.resolve("link"), real);
        assertEquals(NativePaths.raw(real.getParent()).child("z"), NativePaths.typed("../z", NativePaths.raw(real)));
        assertEquals(NativePaths.raw(real.getParent()).child("z"),
                NativePaths.typed("link/../z", NativePaths.raw(folder)),
                "the parent of what a link leads to, as the system sees it");
        assertEquals(Problem.PATH_NOT_FOUND, assertThrows(HoldfastException.class,
                () -> NativePaths.typed("none/../z", NativePaths.raw(folder))).problem());
    }

    @Test
    void pathsKeepTheirBytes(@TempDir Path folder) throws IOException {
        for (var name : List.of("plain", "with space", "100%", "gr\u00fc\u00df", "a?b#c", "q\"'\\")) {
            var raw = NativePaths.raw(folder).child(name);
            Files.createFile(NativePaths.path(raw));
            assertEquals(raw, NativePaths.raw(NativePaths.path(raw)));
        }
        var latin1 = NativePaths.raw(folder).child(new byte[] { 'c', (byte) 0xe9 });
        Files.createFile(NativePaths.path(latin1));
        try (var entries = Files.list(folder)) {
            assertEquals(1, entries.map(NativePaths::raw).filter(latin1::equals).count());
        }
    }
}

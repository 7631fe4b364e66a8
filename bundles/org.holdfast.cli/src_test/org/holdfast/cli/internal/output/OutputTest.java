package org.holdfast.cli.internal.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.holdfast.api.Phase;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units, tables, JSON and progress. */
class OutputTest {
    @ParameterizedTest
    @CsvSource({ "0,0 B", "999,999 B", "1000,1.00 kB", "1234,1.23 kB", "9994,9.99 kB", "9995,10.0 kB", "99949,99.9 kB",
            "99950,100 kB", "999499,999 kB", "999500,1.00 MB", "1298681992,1.30 GB", "9223372036854775807,9.22 EB" })
    void sizes(long bytes, String expected) {
        assertEquals(expected, Units.size(bytes));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "0|0.00 s", "420|0.42 s", "9994|9.99 s", "9996|10.0 s", "59940|59.9 s",
            "59960|59 s", "60000|1 min", "200000|3 min 20 s", "7500000|2 h 5 min", "90000000|1 d 1 h" })
    void durations(long millis, String expected) {
        assertEquals(expected, Units.duration(Duration.ofMillis(millis)));
    }

    @Test
    void numbersTimesAndModes() {
        assertEquals("1,234,567", Units.count(1_234_567));
        assertEquals("-1,234", Units.count(-1234));
        assertEquals("-123", Units.count(-123));
        assertEquals("1 file", Units.count(1, "file", "files"));
        assertEquals("2026-03-29 03:30:00",
                Units.time(Instant.parse("2026-03-29T01:30:00Z"), ZoneId.of("Europe/Berlin")));
        assertEquals("1969-12-31 23:59:59", Units.time(Instant.ofEpochSecond(-1), ZoneId.of("UTC")));
        assertEquals("rwsr-Sr-t", Units.mode(07745));
        assertEquals("0007", Units.octal(7));
        assertEquals("4755", Units.octal(04755));
    }

    @Test
    void tablesAlignWideLetters() {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        var table = new Table("NAME", ">SIZE", "LAST");
        table.row("\u65e5\u672c", "1", "x").row("abcde", "22", "").row("e\u0301", "3", "y");
        table.print(out);
        assertEquals("NAME   SIZE  LAST\n\u65e5\u672c      1  x\nabcde    22\ne\u0301         3  y\n",
                text.toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void jsonHasOneEventALine() {
        var out = new ByteArrayOutputStream();
        var json = new Json(out);
        json.object().text("a", "quote \" and \u0007").seconds("s", Duration.ofMillis(1234)).endObject().line();
        json.object().path("p", RawPath.of("/x\ny")).time("t", null)
                .paths("l", List.of(RawPath.of("/a"), RawPath.ROOT.child(new byte[] { (byte) 0xff }))).endObject()
                .line();
        assertEquals("{\"a\":\"quote \\\" and \\u0007\",\"s\":1.234}\n"
                + "{\"p\":\"/x\\ny\",\"t\":null,\"l\":[\"/a\",\"/\\\\xff\"],\"lBase64\":[\"L2E=\",\"L/8=\"]}\n",
                out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void progressIsDrawnFiveTimesASecondAtMost() {
        var text = new StringWriter();
        var nanos = new AtomicLong();
        var reporter = new TextReporter(new PrintWriter(text), true, false, 60, nanos::get);
        for (int i = 0; i < 100; i++) {
            reporter.progress(progress(i, "/a/very/long/path/that/does/not/fit/into/the/line/at/all.txt"));
            nanos.addAndGet(10_000_000);
        }
        var drawn = text.toString().split("\r\u001b\\[K");
        assertEquals(6, drawn.length, text.toString());
        for (var line : drawn) {
            assertTrue(line.length() < 60, line);
        }
        assertTrue(drawn[5].endsWith("at/all.txt"), drawn[5]);
        reporter.end();
        assertTrue(text.toString().endsWith("\r\u001b[K"), text.toString());
    }

    @Test
    void logsGetALineAMinute() {
        var text = new StringWriter();
        var nanos = new AtomicLong();
        var reporter = new TextReporter(new PrintWriter(text), false, false, 80, nanos::get);
        for (int i = 0; i < 150; i++) {
            reporter.progress(progress(i + 1, "x"));
            nanos.addAndGet(1_000_000_000);
        }
        reporter.warning(new Warning(RawPath.of("/x"), Problem.FILE_CHANGED, "It changed."));
        reporter.end();
        var lines = text.toString().lines().toList();
        assertEquals(List.of("Transferring  61 files  610 B", "Transferring  121 files  1.21 kB",
                "warning: /x: It changed."), lines);
        assertEquals(1, reporter.warnings());
    }

    private static Progress progress(long files, String current) {
        return new Progress(Phase.TRANSFERRING, files, -1, files * 10, -1, 0, 0, null, 0, current);
    }
}

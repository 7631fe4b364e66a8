package org.holdfast.store.directory.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TempFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
    private static final String OTHER_MACHINE = "00000000000000000000000000000001-f0000001";

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private @TempDir Path directory = Path.of("");
    private TempFiles temps = new TempFiles(directory);

    @BeforeEach
    void look() {
        temps = new TempFiles(directory);
    }

    @Test
    void everyNameIsNew() {
        assertNotEquals(temps.next(), temps.next());
        assertTrue(temps.next().toString().contains("-" + ProcessHandle.current().pid() + "-"));
    }

    @Test
    void filesOfOtherMachinesGoAfterADay() throws IOException {
        Path old = file(OTHER_MACHINE + "-12-0123456789abcdef.part", Duration.ofHours(24).plusSeconds(1));
        Path young = file(OTHER_MACHINE + "-12-0123456789abcdee.part", Duration.ofHours(23));
        Path future = file(OTHER_MACHINE + "-12-0123456789abcded.part", Duration.ofDays(-3));
        temps.removeStale(clock);
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young));
        assertTrue(Files.exists(future));
    }

    @Test
    void filesOfLiveProcessesHereStayAndOfDeadOnesGo() throws Exception {
        String mine = String.valueOf(temps.next().getFileName());
        Assumptions.assumeFalse(mine.startsWith("0-0-"), "only Linux tells one boot and container from another");
        Process process = new ProcessBuilder("true").start();
        assertEquals(0, process.waitFor());
        Path live = file(mine, Duration.ofDays(30));
        Path dead = file(mine.replace("-" + ProcessHandle.current().pid() + "-", "-" + process.pid() + "-"),
                Duration.ZERO);
        temps.removeStale(clock);
        assertTrue(Files.exists(live));
        assertFalse(Files.exists(dead));
    }

    @Test
    void filesOfOthersAreNotTouched() throws IOException {
        for (String name : new String[] { "letter.txt", "x.part", "0-0-12-0123.part", "0-0--0123456789abcdef.part" }) {
            Path file = file(name, Duration.ofDays(400));
            temps.removeStale(clock);
            assertTrue(Files.exists(file), name);
        }
    }

    @Test
    void noDirectoryIsNoTrouble() {
        new TempFiles(directory.resolve("missing")).removeStale(clock);
        assertFalse(Files.exists(directory.resolve("missing")));
    }

    private Path file(String name, Duration age) throws IOException {
        Path file = Files.createFile(directory.resolve(name));
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }
}

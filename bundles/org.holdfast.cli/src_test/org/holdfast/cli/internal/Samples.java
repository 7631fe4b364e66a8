package org.holdfast.cli.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.PointSummary;

/** Values for tests. */
final class Samples {
    static final Instant TIME = Instant.parse("2026-11-20T10:15:30.5Z");
    static final RawPath BASE = RawPath.of("/data");

    private Samples() {
    }

    static PointSummary point(String id, PointState state, long warnings) {
        return new PointSummary(id.repeat(32).substring(0, 32), TIME, Duration.ofMillis(1500), "alpha", BASE,
                List.of(RawPath.of("/data/a"), RawPath.of("/data/b")), state, 1234, 56, 7_890_000, 1_200_000, warnings,
                null);
    }

    static Entry file(RawPath path, long size) {
        return new Entry(path, EntryType.FILE, size, TIME, 0644, 0, 1000, "root", "", null, Change.NEW);
    }

    static Entry directory(RawPath path, long entries) {
        return new Entry(path, EntryType.DIRECTORY, entries, TIME, 01755, 0, 0, "root", "root", null, Change.UNCHANGED);
    }

    static Entry link(RawPath path, String target) {
        return new Entry(path, EntryType.SYMBOLIC_LINK, 0, TIME, 0777, 0, 0, "root", "root", target, Change.CHANGED);
    }

    /** {@code /data/caf\xe9}: Latin-1, not UTF-8. */
    static RawPath latin1() {
        return BASE.child(new byte[] { 'c', 'a', 'f', (byte) 0xe9 });
    }
}

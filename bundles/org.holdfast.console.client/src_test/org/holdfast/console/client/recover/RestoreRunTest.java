package org.holdfast.console.client.recover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.testkit.FakePoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestoreRunTest {
    private final RecoverFixture f = new RecoverFixture();
    private final VaultConnection connection = f.connect();
    private final List<Progress> told = new ArrayList<>();

    @AfterEach
    void close() {
        f.close();
    }

    private RestorePlan plan(FakePoint... points) {
        var items = List.of(points).stream().map(p -> new Basket.Item(p.summary(), null)).toList();
        return new RestorePlan(items, RawPath.of("/tmp/x"), IfExists.COPY, true, true);
    }

    @Test
    void addsUpSeveralPoints() {
        RestoreReport report = new RestoreRun(connection, plan(f.older, f.newer), false).run(told::add,
                new CancelToken());
        assertEquals(24, report.files());
        assertEquals(69_135_780, report.bytes());
        assertEquals(4, report.copies());
        assertEquals(RestoreReport.Outcome.DONE, report.outcome());
        assertNull(report.failure());
        assertEquals(2, f.vault.restores().size());
        assertEquals(34_567_890 + 10_000_000, told.getLast().bytes());
        assertEquals(-1, told.getLast().bytesTotal(), "unknown until the last point is asked");
    }

    @Test
    void oneWithWarningsSaysSo() {
        var warning = new Warning(RawPath.of("/srv/x"), Problem.METADATA_NOT_RESTORED, "No right to set the owner.");
        f.vault.restoresGive(
                r -> new RestoreResult(RawPath.of("/tmp/x"), 1, 0, 1, 0, 0, 0, 0, List.of(warning)));
        RestoreReport report = new RestoreRun(connection, plan(f.older), false).run(told::add, new CancelToken());
        assertEquals(RestoreReport.Outcome.DONE_WITH_WARNINGS, report.outcome());
        assertEquals(List.of(warning), report.warnings());
        assertEquals(34_567_890, told.getLast().bytesTotal());
    }

    @Test
    void aFailureKeepsWhatWasDone() {
        f.vault.restoresGive(r -> {
            if (r.pointId().equals(f.newer.summary().id())) {
                throw new HoldfastException(Problem.STORE_FULL, "No space left.", "Make room.");
            }
            return new RestoreResult(RawPath.of("/tmp/x"), 5, 0, 1, 0, 0, 0, 0, List.of());
        });
        RestoreReport report = new RestoreRun(connection, plan(f.older, f.newer), false).run(told::add,
                new CancelToken());
        assertEquals(RestoreReport.Outcome.FAILED, report.outcome());
        assertEquals(5, report.files());
        assertEquals(Problem.STORE_FULL, report.failure().problem());
    }

    @Test
    void aCancelIsNotAFailure() {
        var cancel = new CancelToken();
        RestoreReport report = new RestoreRun(connection, plan(f.older), true).run(p -> cancel.cancel(), cancel);
        assertEquals(RestoreReport.Outcome.CANCELLED, report.outcome());
        assertTrue(report.dryRun());
    }
}

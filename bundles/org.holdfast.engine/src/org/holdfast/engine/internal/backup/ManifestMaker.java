package org.holdfast.engine.internal.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;

/**
 * Puts together what a manifest says.
 *
 * @param server name of the protected server
 * @param plan items and base
 * @param request what was asked for
 * @param program what makes the manifest
 * @param group what belongs together for retention
 * @param previous the manifest before this one
 */
record ManifestMaker(String server, ItemTrie.Plan plan, BackupRequest request, String program, byte[] group,
        Id previous) {
    private static final int MAX_REASON = 1000;

    Manifest make(int kind, DirectoryBody root, Instant started, Duration took, long storedBytes, Counters counters) {
        long warnings = counters.warningCount();
        int state = kind == Manifest.CHECKPOINT ? 2 : warnings > 0 ? 1 : 0;
        var keeper = new Manifest.Keeper(kind, started.getEpochSecond(), started.getNano(), took.toMillis(), previous,
                group, state, request.keepUntil() == null ? 0 : request.keepUntil().getEpochSecond(), storedBytes,
                root.pages().stream().map(p -> new Id(p.id())).toList());
        var counts = new long[] { counters.filesNew.sum(), counters.filesChanged.sum(), counters.filesUnchanged.sum(),
                counters.filesRemoved.sum(), counters.bytesRead.sum(), counters.newChunks.sum(),
                counters.excluded.sum() };
        List<Manifest.Skipped> skipped = counters.warnings().stream()
                .map(w -> new Manifest.Skipped(w.path().bytes(), w.problem().name(), shorten(w.reason()))).toList();
        return new Manifest(keeper, new Manifest.Details(server, plan.base().bytes(),
                plan.items().stream().map(RawPath::bytes).toList(), root, exclusions(), program, counts, warnings,
                skipped));
    }

    private static String shorten(String reason) {
        return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    }

    private List<String> exclusions() {
        var list = new ArrayList<>(request.exclusions().globs());
        if (request.exclusions().largerThan() >= 0) {
            list.add("larger than " + request.exclusions().largerThan() + " bytes");
        }
        if (request.exclusions().cacheDirectories()) {
            list.add("cache directories");
        }
        request.exclusions().markerFiles().forEach(m -> list.add("directories with " + m));
        if (request.exclusions().oneFileSystem()) {
            list.add("other file systems");
        }
        return list;
    }
}

package org.holdfast.agent.internal.drill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.holdfast.agent.internal.jobs.JobContext;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One drill at work: what came back, and what did not. Used once, by one thread. */
final class DrillRun {
    private static final Logger LOG = LoggerFactory.getLogger(DrillRun.class);
    private static final int PIECE = 4 << 20;

    private final JobContext job;
    private final Map<RawPath, String> bad = new HashMap<>();
    private final Set<RawPath> good = new HashSet<>();
    /** Could not be written here, which says nothing of the point. */
    private final Set<RawPath> unwritten = new HashSet<>();
    private boolean unreadable;
    long files;
    long bytes;
    long compared;
    long againstSource;

    DrillRun(JobContext job) {
        this.job = job;
    }

    /** The point itself could not be read. */
    void unreadable() {
        unreadable = true;
        job.warning("point-unreadable");
    }

    boolean isBad(Entry entry) {
        return bad.containsKey(entry.path());
    }

    boolean isGood(Entry entry) {
        return good.contains(entry.path());
    }

    long mismatches() {
        return bad.size() + (unreadable ? 1 : 0);
    }

    /** Number of mismatches by reason. */
    Map<String, Long> reasons() {
        Map<String, Long> out = new TreeMap<>();
        bad.values().forEach(reason -> out.merge(reason, 1L, Long::sum));
        if (unreadable) {
            out.put("unreadable", 1L);
        }
        return out;
    }

    private void bad(Entry entry, String reason, Problem problem, String text) {
        if (bad.putIfAbsent(entry.path(), reason) == null) {
            LOG.warn("Job {}: {}: {} {}", job.spec().id(), reason, entry.path(), text);
            job.warning(new Warning(entry.path(), problem, text));
        }
    }

    void go(OpenVault vault, PointSummary point, List<Entry> sample, SourceProvider provider, Scratch scratch)
            throws IOException {
        if (sample.isEmpty()) {
            return;
        }
        RawPath target = RawPath.of(scratch.folder().toString());
        boolean owners;
        try (RestoreTarget open = provider.openTarget(target)) {
            owners = open.canSetOwner();
        }
        var request = new RestoreRequest(point.id(), sample.stream().map(Entry::path).toList(), target,
                IfExists.OVERWRITE, owners, true, false);
        RestoreResult result = vault.restore(request, job::progress, job.cancel());
        files = result.files();
        bytes = result.bytes();
        Set<RawPath> withoutMetadata = told(vault, point, sample, result);
        try (Source source = provider.open()) {
            compare(new DrillCheck(job, vault, point, source, target), sample, owners, withoutMetadata, scratch);
        }
    }

    /** Takes in what the restore tells; those whose metadata this file system does not take. */
    private Set<RawPath> told(OpenVault vault, PointSummary point, List<Entry> sample, RestoreResult result) {
        Map<RawPath, Entry> byPath = new HashMap<>();
        sample.forEach(entry -> byPath.put(entry.path(), entry));
        Set<RawPath> withoutMetadata = new HashSet<>();
        for (Warning warning : result.warnings()) {
            Entry entry = byPath.get(warning.path());
            if (warning.problem() == Problem.METADATA_NOT_RESTORED) {
                withoutMetadata.add(warning.path());
            } else if (entry == null) {
                // A directory on the way: everything below is missing, which the comparison finds.
                job.warning(warning);
            } else if (isReadable(vault, point, entry)) {
                unwritten.add(entry.path());
                job.warning("scratch-not-written");
            } else {
                bad(entry, "not-restored", Problem.FILE_NOT_RESTORED, warning.reason());
            }
        }
        return withoutMetadata;
    }

    /** Whether the vault gives all of a file, so that it was this server that could not write it. */
    private boolean isReadable(OpenVault vault, PointSummary point, Entry entry) {
        if (entry.type() != EntryType.FILE) {
            return true;
        }
        try {
            long at = 0;
            while (at < entry.size()) {
                int got = vault.read(point.id(), entry.path(), at, PIECE, job.cancel()).length;
                if (got == 0) {
                    return false;
                }
                at += got;
            }
            return true;
        } catch (HoldfastException e) {
            if (e.problem() == Problem.STORE_UNAVAILABLE || e.problem() == Problem.CANCELLED) {
                throw e;
            }
            return false;
        }
    }

    private void compare(DrillCheck check, List<Entry> sample, boolean owners, Set<RawPath> withoutMetadata,
            Scratch scratch) throws IOException {
        List<Entry> there = new ArrayList<>();
        for (Entry entry : sample) {
            if (!isBad(entry) && !unwritten.contains(entry.path())) {
                there.add(entry);
            }
        }
        for (Entry entry : there) {
            String different = withoutMetadata.contains(entry.path()) ? null : check.metadata(entry, owners);
            if (different != null) {
                bad(entry, "metadata-differs", Problem.METADATA_NOT_RESTORED, different);
            }
        }
        if (!owners) {
            scratch.loosen();
        }
        if (!check.sameContent(there, owners)) {
            there.stream().filter(entry -> !check.sameContent(List.of(entry), owners)).toList()
                    .forEach(entry -> bad(entry, "content-differs", Problem.OBJECT_DAMAGED,
                            "Its content is not what the recovery point says."));
        }
        for (Entry entry : there) {
            switch (isBad(entry) ? DrillCheck.AgainstSource.NOT_COMPARED : check.source(entry)) {
                case SAME -> againstSource++;
                case DIFFERENT -> {
                    againstSource++;
                    bad(entry, "source-differs", Problem.OBJECT_DAMAGED,
                            "Its content is not that of the file on the server, which was not touched since.");
                }
                default -> {
                }
            }
            if (!isBad(entry)) {
                good.add(entry.path());
            }
        }
        compared = there.size() + bad.keySet().stream().filter(p -> there.stream().noneMatch(
                e -> e.path().equals(p))).count();
    }
}

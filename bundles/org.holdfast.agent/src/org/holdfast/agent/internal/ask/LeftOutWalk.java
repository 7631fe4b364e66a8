package org.holdfast.agent.internal.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.protocol.agent.ExclusionReport;
import org.holdfast.protocol.agent.ExclusionTrial;
import org.holdfast.protocol.agent.LeftOut;

/** Walks this server as a backup would and tells what exclusions would leave out; as long as an answer may take. */
final class LeftOutWalk {
    private static final int SECONDS = 25;
    private static final int MOST_BYTES = 1 << 20;

    private final int limit;
    private final List<LeftOut> some = new ArrayList<>();
    private long files;
    private long folders;
    private long bytes;

    private LeftOutWalk(int limit) {
        this.limit = limit;
    }

    static ExclusionReport look(OpenVault vault, @Nullable ExclusionTrial trial, int limit,
            ScheduledExecutorService timer) {
        if (trial == null || trial.items().isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "Nothing is said about what to look at.", "");
        }
        var walk = new LeftOutWalk(limit);
        var request = new BackupRequest(trial.items().stream().map(RawPath::of).toList(), trial.exclusions(),
                ChangeDetection.DEFAULT, 0, null, null);
        var cancel = new CancelToken();
        var stop = timer.schedule(cancel::cancel, SECONDS, TimeUnit.SECONDS);
        try {
            vault.previewExclusions(request, e -> walk.found(e.path(), e.directory(), e.reason()), cancel);
            return walk.report(true);
        } catch (HoldfastException e) {
            if (e.problem() != Problem.CANCELLED) {
                throw e;
            }
            return walk.report(false);
        } finally {
            stop.cancel(false);
        }
    }

    private synchronized void found(RawPath path, boolean folder, String reason) {
        files += folder ? 0 : 1;
        folders += folder ? 1 : 0;
        byte[] name = path.bytes();
        if (some.size() < limit && bytes + name.length + reason.length() < MOST_BYTES) {
            bytes += name.length + reason.length();
            some.add(new LeftOut(name, folder, reason));
        }
    }

    private synchronized ExclusionReport report(boolean complete) {
        return new ExclusionReport(complete, files, folders, List.copyOf(some));
    }
}

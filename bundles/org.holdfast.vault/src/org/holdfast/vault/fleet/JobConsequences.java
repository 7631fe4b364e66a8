package org.holdfast.vault.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.policy.Policy;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.JobRow;
import org.holdfast.vault.catalog.fleet.JobTable;
import org.holdfast.vault.catalog.fleet.PointDescription;
import org.holdfast.vault.catalog.fleet.PointTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the end of a job means for alerts. Thread-safe. */
@Component(service = JobConsequences.class)
public final class JobConsequences {
    private static final int HISTORY = 10;
    private static final int POINT = 32;

    private final Catalog catalog;
    private final Alerts alerts;
    private final PolicyResolver policies;

    /** Consequences in a catalogue. */
    @Activate
    public JobConsequences(@Reference Catalog catalog, @Reference Alerts alerts, @Reference PolicyResolver policies) {
        this.catalog = catalog;
        this.alerts = alerts;
        this.policies = policies;
    }

    /** A job has ended. */
    void of(LiveServer server, JobRow job) {
        JobState state = Wire.to(JobState.class, job.state());
        JobKind kind = Wire.to(JobKind.class, job.kind());
        String name;
        synchronized (server) {
            name = server.name;
        }
        if (state == JobState.FAILED && DrillHealth.FAILED.equals(job.failureCode())) {
            alerts.settle(AlertKind.JOB_FAILED, server.id, job.kind());
            alerts.raise(new Finding(AlertKind.DRILL_FAILED, Severity.CRITICAL, server.vaultId, server.id, "",
                    "Restore drill of " + name + " failed: " + job.failureMessage(), text(job.failureAdvice()),
                    job.id(), job.failureCode()));
        } else if (state == JobState.FAILED) {
            // What keeps a drill from being made says nothing of what it would have found.
            Severity severity = kind == JobKind.CHECK || kind == JobKind.DRILL ? Severity.WARNING : Severity.CRITICAL;
            alerts.raise(new Finding(AlertKind.JOB_FAILED, severity, server.vaultId, server.id, job.kind(),
                    words(kind) + " of " + name + " failed: " + job.failureMessage(), text(job.failureAdvice()),
                    job.id(), job.failureCode()));
        } else if (state == JobState.DONE || state == JobState.DONE_WITH_WARNINGS) {
            alerts.settle(AlertKind.JOB_FAILED, server.id, job.kind());
            if (kind == JobKind.DRILL) {
                alerts.settle(AlertKind.DRILL_FAILED, server.id, "");
            }
            if (kind == JobKind.BACKUP) {
                describe(server, job);
                warnings(server, name, job);
                unusual(server, name, job);
            }
        }
    }

    /** The point knows no more of its content than what the agent tells. */
    private void describe(LiveServer server, JobRow job) {
        JobResult result = Wire.readOrNull(job.result(), JobResult.class);
        String point = job.point();
        if (result != null && point != null && point.length() >= POINT) {
            catalog.write(handle -> PointTable.describe(handle, new PointDescription(server.id,
                    point.substring(0, POINT), result.files(), result.bytes(), job.warningCount(), job.policy(),
                    job.policyVersion())));
        }
    }

    private void warnings(LiveServer server, String name, JobRow job) {
        Policy policy = policies.resolve(server).policy();
        int bearable = policy == null ? 0 : policy.warningThreshold();
        if (job.warningCount() > bearable) {
            String counts = String.join(", ", Wire.numbers(job.warnings()).entrySet().stream()
                    .sorted(Map.Entry.comparingByKey()).map(e -> e.getValue() + " × " + e.getKey()).toList());
            alerts.raise(new Finding(AlertKind.JOB_WARNINGS, Severity.WARNING, server.vaultId, server.id, "",
                    "Backup of " + name + " ended with " + job.warningCount() + " warnings: " + counts + ".",
                    "Look at the job's warnings.", job.id()));
        } else {
            alerts.settle(AlertKind.JOB_WARNINGS, server.id, "");
        }
    }

    private void unusual(LiveServer server, String name, JobRow job) {
        JobResult result = Wire.readOrNull(job.result(), JobResult.class);
        if (result == null || !job.items().equals("[]")) {
            return;
        }
        UUID id = job.id();
        List<String> before = catalog.read(handle -> JobTable.results(handle, server.id, id, HISTORY));
        Optional<String> unusual = Anomaly.find(result,
                before.stream().map(json -> Wire.read(json, JobResult.class)).toList());
        String point = job.point();
        if (unusual.isPresent() && point != null && point.length() >= POINT) {
            catalog.run(handle -> PointTable.setAnomalous(handle, server.id, point.substring(0, POINT), true));
        }
        unusual.ifPresentOrElse(
                what -> alerts.raise(new Finding(AlertKind.ANOMALY, Severity.CRITICAL, server.vaultId, server.id, "",
                        "Backup of " + name + " is unlike the ones before: " + what,
                        "Look at the server before old points are removed: this may be malware at work.", id)),
                () -> alerts.settle(AlertKind.ANOMALY, server.id, ""));
    }

    private static String words(JobKind kind) {
        String wire = Wire.of(kind);
        return Character.toUpperCase(wire.charAt(0)) + wire.substring(1);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}

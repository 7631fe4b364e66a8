package org.holdfast.azure.internal.arm;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.MarsItem;
import org.holdfast.api.azure.MarsJob;
import org.holdfast.api.azure.MarsServer;
import org.holdfast.api.azure.RecoveryVaultId;
import org.holdfast.api.azure.SecurityPin;

import com.fasterxml.jackson.databind.JsonNode;

/** Servers, items and jobs of Microsoft's agent: the backup service has no library, so these are plain requests. */
public final class Mars {
    private static final String ONLY = "backupManagementType eq 'MAB'";
    /** How filters of jobs have times, in UTC. */
    private static final DateTimeFormatter FILTER = DateTimeFormatter.ofPattern("uuuu-MM-dd hh:mm:ss a", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final long TICKS_PER_SECOND = 10_000_000;
    /** Seconds from the year 1, in which ticks begin, to 1970. */
    private static final long BEFORE_1970 = 62_135_596_800L;

    private final ArmClient arm;

    /** Asks nothing yet. */
    public Mars(ArmClient arm) {
        this.arm = arm;
    }

    /** Its servers, by name. */
    public List<MarsServer> servers(RecoveryVaultId vault) {
        return arm.list(vault.path() + "/backupProtectionContainers", Versions.BACKUP, ONLY).stream()
                .map(found -> server(vault, found)).sorted(Comparator.comparing(MarsServer::name)).toList();
    }

    private static MarsServer server(RecoveryVaultId vault, JsonNode found) {
        List<String> problems = new ArrayList<>();
        for (JsonNode each : Bodies.at(found, "properties/mabContainerHealthDetails")) {
            String advice = String.join(" ", Bodies.texts(each.path("recommendations")));
            problems.add((Bodies.text(each, "message") + " " + advice).strip());
        }
        String health = Bodies.text(found, "properties/containerHealthState");
        return new MarsServer(vault, Bodies.text(found, "properties/friendlyName"),
                Bodies.text(found, "properties/agentVersion"), Bodies.text(found, "properties/registrationStatus"),
                health.isEmpty() ? Bodies.text(found, "properties/healthStatus") : health, problems,
                Bodies.number(found, "properties/protectedItemCount", 0),
                Bodies.text(found, "properties/extendedInfo/lastBackupStatus"),
                Bodies.time(found, "properties/extendedInfo/lastRefreshedAt"));
    }

    /** What they protect, by server and name. */
    public List<MarsItem> items(RecoveryVaultId vault) {
        return arm.list(vault.path() + "/backupProtectedItems", Versions.BACKUP, ONLY).stream()
                .map(found -> new MarsItem(Bodies.text(found, "properties/computerName"),
                        Bodies.text(found, "properties/friendlyName"),
                        Bodies.text(found, "properties/protectionState"),
                        Bodies.text(found, "properties/lastBackupStatus"),
                        Bodies.time(found, "properties/lastBackupTime"),
                        Bodies.time(found, "properties/extendedInfo/oldestRecoveryPoint"),
                        Bodies.number(found, "properties/extendedInfo/recoveryPointCount", 0)))
                .sorted(Comparator.comparing(MarsItem::server).thenComparing(MarsItem::name)).toList();
    }

    /** Their jobs, the newest first. */
    public List<MarsJob> jobs(RecoveryVaultId vault, Duration back) {
        Instant now = arm.clock().instant();
        String filter = "startTime eq '" + FILTER.format(now.minus(back)) + "' and endTime eq '"
                + FILTER.format(now) + "' and " + ONLY;
        return arm.list(vault.path() + "/backupJobs", Versions.BACKUP, filter).stream().map(Mars::job)
                .sorted(Comparator.comparing(MarsJob::started, Comparator.nullsLast(Comparator.reverseOrder())))
                .toList();
    }

    private static MarsJob job(JsonNode found) {
        List<String> errors = new ArrayList<>();
        Bodies.at(found, "properties/errorDetails").forEach(each -> errors.add(Bodies.text(each, "errorString")));
        return new MarsJob(Bodies.text(found, "name"), Bodies.text(found, "properties/mabServerName"),
                Bodies.text(found, "properties/entityFriendlyName"), Bodies.text(found, "properties/operation"),
                Bodies.text(found, "properties/status"), Bodies.time(found, "properties/startTime"),
                Bodies.time(found, "properties/endTime"), Bodies.duration(found, "properties/duration"), errors);
    }

    /** A PIN for a critical operation. */
    public SecurityPin pin(RecoveryVaultId vault) {
        JsonNode answer = arm.post(vault.path() + "/backupSecurityPIN", Versions.BACKUP, null, AzureWatch.none());
        long ticks = answer.path("expiryTimeInUtcTicks").asLong();
        return new SecurityPin(Bodies.text(answer, "securityPIN"),
                Instant.ofEpochSecond(ticks / TICKS_PER_SECOND - BEFORE_1970,
                        ticks % TICKS_PER_SECOND * 100));
    }
}

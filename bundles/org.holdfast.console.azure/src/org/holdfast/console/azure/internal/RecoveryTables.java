package org.holdfast.console.azure.internal;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.azure.MarsItem;
import org.holdfast.api.azure.MarsJob;
import org.holdfast.api.azure.MarsServer;
import org.holdfast.api.azure.RecoveryVault;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;

/** What the tables of Recovery Services vaults show. */
final class RecoveryTables {
    private final Formats formats;

    RecoveryTables(Formats formats) {
        this.formats = formats;
    }

    /**
     * A server with Microsoft's agent.
     *
     * @param server as Azure knows it
     * @param candidate whether no vault server here protects it
     */
    record ServerRow(MarsServer server, boolean candidate) {
    }

    private String time(@Nullable Instant time) {
        return time == null ? "" : formats.time(time);
    }

    /** A word of Azure for how something ended, with a sign of ours. */
    private static Icon icon(String status) {
        return switch (status) {
            case "Completed", "Healthy", "Protected" -> Icon.COMPLETED;
            case "Failed", "Unhealthy", "ProtectionError" -> Icon.ERROR;
            case "" -> Icon.INFO;
            default -> Icon.WARNINGS;
        };
    }

    List<Column<RecoveryVault>> vaults() {
        return List.of(Column.<RecoveryVault>text("name", Messages.vault_name, 20, v -> v.id().name())
                .with(v -> Icon.VAULT).growing(),
                Column.text("region", Messages.vault_region, 14, RecoveryVault::region),
                Column.text("redundancy", Messages.vault_redundancy, 25,
                        v -> v.redundancyLocked() ? NLS.bind(Messages.vault_locked, v.redundancy()) : v.redundancy()),
                Column.text("softDelete", Messages.vault_softDelete, 19, v -> v.softDeleteDays() == 0 ? v.softDelete()
                        : NLS.bind(Messages.vault_days, v.softDelete(), v.softDeleteDays())),
                Column.text("immutability", Messages.vault_immutability, 12, RecoveryVault::immutability));
    }

    List<Column<ServerRow>> servers() {
        return List.of(
                Column.<ServerRow>text("here", Messages.server_here, 18,
                        r -> r.candidate() ? Messages.server_candidate : Messages.server_registered)
                        .with(r -> r.candidate() ? Icon.NEW : Icon.COMPLETED),
                Column.<ServerRow>text("name", Messages.server_name, 20, r -> r.server().name()).growing(),
                Column.text("agent", Messages.server_agent, 13, r -> r.server().agent()),
                Column.<ServerRow>text("health", Messages.server_health, 12, r -> r.server().health())
                        .with(r -> icon(r.server().health())),
                Column.<ServerRow>text("last", Messages.server_last, 14, r -> r.server().lastStatus())
                        .with(r -> icon(r.server().lastStatus())),
                Column.text("refreshed", Messages.server_refreshed, 26, r -> time(r.server().refreshed())),
                Column.number("items", Messages.server_items, 7, r -> formats.count(r.server().items())));
    }

    List<Column<MarsItem>> items() {
        return List.of(Column.text("server", Messages.server_name, 14, MarsItem::server),
                Column.<MarsItem>text("item", Messages.item_name, 14, MarsItem::name).growing(),
                Column.<MarsItem>text("state", Messages.item_state, 14, MarsItem::state).with(i -> icon(i.state())),
                Column.text("last", Messages.item_last, 26, i -> time(i.lastBackup())),
                Column.number("points", Messages.item_points, 8, i -> formats.count(i.points())));
    }

    List<Column<MarsJob>> jobs() {
        return List.of(Column.text("started", Messages.job_started, 26, j -> time(j.started())),
                Column.text("server", Messages.server_name, 14, MarsJob::server),
                Column.text("operation", Messages.job_operation, 10, MarsJob::operation),
                Column.<MarsJob>text("status", Messages.job_status, 14, MarsJob::status).with(j -> icon(j.status())),
                Column.<MarsJob>text("errors", Messages.job_errors, 20, j -> String.join(" ", j.errors())).growing());
    }
}

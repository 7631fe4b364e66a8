package org.holdfast.console.servers.internal;

import java.util.List;

import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Chip;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.ChipBar;
import org.holdfast.console.ui.Icon;

/** The chips of the part with the servers. */
final class ServerChips {
    private ServerChips() {
    }

    /** What they leave. */
    static List<Chip<Row<ServerSummary>>> chips() {
        return List.of(state(ServerState.UNPROTECTED), state(ServerState.LOST), state(ServerState.AT_RISK),
                state(ServerState.PROTECTED), Chip.of("drift", row -> row.value().drift() != null),
                Chip.of("running", row -> row.value().running() > 0),
                Chip.of("drill-failed", row -> row.value().drillState() == DrillState.FAILED),
                Chip.of("drill-overdue", row -> row.value().drillState() == DrillState.OVERDUE),
                state(ServerState.REGISTERING),
                Chip.apart("retired", row -> row.value().state() == ServerState.RETIRED));
    }

    /** What they are called. */
    static List<ChipBar.Item> items() {
        return List.of(item(ServerState.UNPROTECTED), item(ServerState.LOST), item(ServerState.AT_RISK),
                item(ServerState.PROTECTED), new ChipBar.Item("drift", Messages.chip_drift, Icon.CHANGED),
                new ChipBar.Item("running", Messages.chip_running, Icon.REFRESH),
                new ChipBar.Item("drill-failed", Messages.chip_drillFailed, Icon.ERROR),
                new ChipBar.Item("drill-overdue", Messages.chip_drillOverdue, Icon.WARNINGS),
                item(ServerState.REGISTERING),
                item(ServerState.RETIRED));
    }

    private static Chip<Row<ServerSummary>> state(ServerState state) {
        return Chip.of(id(state), row -> row.value().state() == state);
    }

    private static ChipBar.Item item(ServerState state) {
        return new ChipBar.Item(id(state), ServerWords.state(state), ServerWords.icon(state));
    }

    private static String id(ServerState state) {
        return state.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}

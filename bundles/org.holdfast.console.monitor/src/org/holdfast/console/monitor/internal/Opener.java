package org.holdfast.console.monitor.internal;

import java.util.Map;

import org.holdfast.api.fleet.ServerState;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.ui.Commands;

/** Shows rows in other parts, which may be of other bundles, by commands. */
@FunctionalInterface
public interface Opener {
    /** Command of the part with the servers. */
    String SHOW_SERVERS = "org.holdfast.console.servers.showServers";
    /** Its parameter: chips joined by commas. */
    String SERVERS_CHIPS = SHOW_SERVERS + ".chips";
    /** Its parameter: what the filter field says. */
    String SERVERS_TEXT = SHOW_SERVERS + ".text";
    /** Its parameter: id of the server to select. */
    String SERVERS_SERVER = SHOW_SERVERS + ".server";
    /** Command of the workbench that shows a part. */
    String SHOW_VIEW = "org.eclipse.ui.views.showView";
    /** Its parameter: which. */
    String VIEW_ID = "org.eclipse.ui.views.showView.viewId";
    /** The part with the vaults. */
    String VAULTS = "org.holdfast.console.vaults.vaults";

    /** Runs a command of the workbench. */
    void open(String command, Map<String, String> parameters);

    /** The workbench's. */
    static Opener workbench() {
        return Commands::run;
    }

    /** Shows jobs. */
    default void jobs(JobScope scope) {
        open(MonitorIds.SHOW_JOBS, scope.parameters());
    }

    /** Shows the alerts that a chip leaves. */
    default void alerts(String chip) {
        open(MonitorIds.SHOW_ALERTS, Map.of(MonitorIds.ALERTS_CHIPS, chip));
    }

    /** Shows the servers in a state. */
    default void servers(ServerState state) {
        open(SHOW_SERVERS, Map.of(SERVERS_CHIPS, OverviewWords.chip(state)));
    }

    /** Shows the vaults. */
    default void vaults() {
        open(SHOW_VIEW, Map.of(VIEW_ID, VAULTS));
    }
}

package org.holdfast.console.servers.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.model.ManyAction;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.ManyDialog;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.StartJob;

/** What can be done to many servers at once; each opens a window with a result for every server. */
public final class ServerActions {
    private static final int AT_ONCE = 8;

    private final Shell shell;

    /** @param shell parent of the windows */
    public ServerActions(Shell shell) {
        this.shell = shell;
    }

    /** Starts a backup on each. */
    public void backUp(List<Row<ServerSummary>> servers) {
        // Each id is made once, so that a try after an answer that got lost does not lead to a second job.
        Map<Row<ServerSummary>, String> jobs = new HashMap<>();
        servers.forEach(row -> jobs.put(row, UUID.randomUUID().toString()));
        run(servers, Messages.action_backUp, Messages.action_backUpText, "job.run", row -> {
            ServerSummary server = row.value();
            return server.policy() == null ? Messages.skip_noPolicy : null;
        }, row -> {
            String vault = row.value().vault();
            return row.session().api().jobs().start(vault, StartJob.backup(jobs.get(row), row.value().id()));
        });
    }

    /** Starts a restore drill on each. */
    public void drill(List<Row<ServerSummary>> servers) {
        Map<Row<ServerSummary>, String> jobs = new HashMap<>();
        servers.forEach(row -> jobs.put(row, UUID.randomUUID().toString()));
        run(servers, Messages.action_drill, Messages.action_drillText, "job.run",
                row -> row.value().points() == 0 ? Messages.skip_noPoints : null,
                row -> row.session().api().jobs().start(row.value().vault(),
                        StartJob.drill(jobs.get(row), row.value().id(), null, null)));
    }

    /** Assigns a policy to each. @param policy its name, null for none of its own */
    public void assign(List<Row<ServerSummary>> servers, String policy) {
        String heading = policy == null ? Messages.action_unassignText : NLS.bind(Messages.action_assignText, policy);
        run(servers, Messages.action_assign, heading, "policy.manage", row -> policy == null
                || knows(row, policy) ? null : NLS.bind(Messages.skip_unknownPolicy, policy, row.value().vault()),
                row -> {
                    var calls = row.session().api().servers();
                    String vault = row.value().vault();
                    String id = row.value().id();
                    return calls.policy(vault, id)
                            .thenCompose(read -> calls.assign(vault, id, policy, read.etag()));
                });
    }

    /** Adds tags to each and takes others away. */
    public void tag(List<Row<ServerSummary>> servers, List<String> add, List<String> remove) {
        run(servers, Messages.action_tags, Messages.action_tagsText, "server.manage",
                row -> tags(row.value(), add, remove).equals(row.value().tags()) ? Messages.skip_sameTags : null,
                row -> {
                    var calls = row.session().api().servers();
                    String vault = row.value().vault();
                    String id = row.value().id();
                    return calls.read(vault, id).thenCompose(read -> calls.change(vault, id,
                            new ChangeServer(null, tags(read.value(), add, remove), null), read.etag()));
                });
    }

    /** Gives each up. */
    public void retire(List<Row<ServerSummary>> servers) {
        run(servers, Messages.action_retire, Messages.action_retireText, "server.retire", row -> null, row -> {
            var calls = row.session().api().servers();
            String vault = row.value().vault();
            String id = row.value().id();
            return calls.read(vault, id).thenCompose(read -> calls.retire(vault, id, read.etag()));
        });
    }

    private void run(List<Row<ServerSummary>> servers, String title, String heading, String permission,
            Function<Row<ServerSummary>, String> skip, Function<Row<ServerSummary>, CompletableFuture<?>> action) {
        var many = new ManyAction<>(servers, row -> reason(row, permission, skip), action, AT_ONCE,
                Ui.executor(shell.getDisplay()));
        new ManyDialog<>(shell, title, heading, many, row -> row.value().name()).open();
    }

    private static String reason(Row<ServerSummary> row, String permission,
            Function<Row<ServerSummary>, String> skip) {
        if (row.value().state() == ServerState.RETIRED) {
            return Messages.skip_retired;
        }
        FleetSession session = row.session();
        if (session.state().isConnected() && !session.may(permission)) {
            return NLS.bind(Messages.skip_noRight, session.connection().user(), permission);
        }
        return skip.apply(row);
    }

    private static boolean knows(Row<ServerSummary> row, String policy) {
        return row.session().live().policies().get(row.value().vault() + '/' + policy) != null;
    }

    private static List<String> tags(ServerSummary server, List<String> add, List<String> remove) {
        List<String> next = new ArrayList<>(server.tags());
        next.removeAll(remove);
        add.stream().filter(tag -> !next.contains(tag)).forEach(next::add);
        return next;
    }
}

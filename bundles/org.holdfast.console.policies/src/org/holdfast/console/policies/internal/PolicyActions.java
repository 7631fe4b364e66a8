package org.holdfast.console.policies.internal;

import java.util.List;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.ManyAction;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.FailureDialog;
import org.holdfast.console.ui.ManyDialog;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.fleet.PolicyAssignments;

/** What can be done to a policy besides editing it. */
public final class PolicyActions {
    private static final int AT_ONCE = 8;

    private final Shell shell;
    private final PolicyWords words;

    /** @param shell parent of the windows */
    public PolicyActions(Shell shell, PolicyWords words) {
        this.shell = shell;
        this.words = words;
    }

    /** Opens the editor on a copy. */
    public void duplicate(Row<VaultPolicy> row, List<VaultPlace> places) {
        var here = new VaultPlace(row.session(), row.value().vault());
        var all = new java.util.ArrayList<>(places);
        all.remove(here);
        all.addFirst(here);
        Policy policy = row.value().policy();
        PolicyEditor.create(shell, words, all, policy.withVersion(0).withName(free(row, policy.name())));
    }

    private static String free(Row<VaultPolicy> row, String name) {
        var known = row.session().live().policies();
        int number = 2;
        while (known.get(row.value().vault() + '/' + name + '-' + number) != null) {
            number++;
        }
        return name + '-' + number;
    }

    /** Deletes, after saying what that means. */
    public void delete(Row<VaultPolicy> row) {
        String name = row.value().policy().name();
        new ConfirmDialog(shell, Messages.delete_title, NLS.bind(Messages.delete_text, name, row.value().vault()),
                NLS.bind(Messages.delete_ok, name), () -> {
                    var calls = row.session().api().policies();
                    String vault = row.value().vault();
                    told(calls.read(vault, name).thenCompose(read -> calls.delete(vault, name, read.etag())));
                }).open();
    }

    /** Makes it the policy of all servers of its vault that have no other. */
    public void makeDefault(Row<VaultPolicy> row) {
        String name = row.value().policy().name();
        new ConfirmDialog(shell, Messages.default_title, NLS.bind(Messages.default_text, name, row.value().vault()),
                Messages.default_ok, () -> {
                    var calls = row.session().api().policies();
                    String vault = row.value().vault();
                    told(calls.assignments(vault, name).thenCompose(now -> calls.assign(vault, name,
                            new PolicyAssignments(now.tags(), true))));
                }).open();
    }

    private void told(java.util.concurrent.CompletableFuture<?> future) {
        future.whenCompleteAsync((value, thrown) -> {
            if (thrown != null && !shell.isDisposed()) {
                var dialog = new FailureDialog(shell, Failure.of(thrown));
                dialog.setBlockOnOpen(false);
                dialog.open();
            }
        }, Ui.executor(shell.getDisplay()));
    }

    /** Asks for servers, and assigns to each. */
    public void assign(Row<VaultPolicy> row) {
        new ServersDialog(shell, words, row, servers -> assign(row, servers)).open();
    }

    private void assign(Row<VaultPolicy> row, List<Row<ServerSummary>> servers) {
        String name = row.value().policy().name();
        var many =
                new ManyAction<>(servers, s -> s.value().state() == ServerState.RETIRED ? Messages.skip_retired : null,
                        s -> {
                            var calls = s.session().api().servers();
                            String vault = s.value().vault();
                            return calls.policy(vault, s.value().id())
                                    .thenCompose(read -> calls.assign(vault, s.value().id(), name, read.etag()));
                        }, AT_ONCE, Ui.executor(shell.getDisplay()));
        new ManyDialog<>(shell, Messages.assign_job, NLS.bind(Messages.assign_jobText, name), many,
                s -> s.value().name()).open();
    }
}

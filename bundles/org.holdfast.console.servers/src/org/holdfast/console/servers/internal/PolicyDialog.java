package org.holdfast.console.servers.internal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/** Asks for a policy of those that the vaults of the chosen servers have. */
public final class PolicyDialog extends TitleAreaDialog {
    /**
     * A policy by its name.
     *
     * @param name null: none of its own
     * @param description for people
     * @param vaults where it is
     */
    private record Choice(String name, String description, List<String> vaults) {
    }

    private final List<Row<ServerSummary>> servers;
    private final List<Choice> choices;
    private Choice chosen;

    /** @param servers what the policy is for */
    public PolicyDialog(Shell parent, List<Row<ServerSummary>> servers) {
        super(parent);
        this.servers = servers;
        choices = choices(servers);
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    private static List<Choice> choices(List<Row<ServerSummary>> servers) {
        Map<String, List<VaultPolicy>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        servers.stream().map(Row::session).distinct().forEach(session -> {
            var vaults = servers.stream().filter(r -> r.session() == session).map(r -> r.value().vault())
                    .collect(Collectors.toSet());
            session.live().policies().snapshot().stream().filter(p -> vaults.contains(p.vault()))
                    .forEach(p -> byName.computeIfAbsent(p.policy().name(), n -> new java.util.ArrayList<>()).add(p));
        });
        var all = new java.util.ArrayList<Choice>();
        byName.forEach((name, policies) -> all.add(new Choice(name, policies.getFirst().policy().description(),
                policies.stream().map(VaultPolicy::vault).distinct().toList())));
        all.add(new Choice(null, Messages.policy_noneText, List.of()));
        return all;
    }

    /** The name of what was chosen, null for no policy of its own. */
    public String policy() {
        return chosen == null ? null : chosen.name();
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.action_assign);
        Ui.id(shell, "policy");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(servers.size() == 1
                ? NLS.bind(Messages.policy_headingOne, servers.getFirst().value().name())
                : NLS.bind(Messages.policy_heading, Formats.local().count(servers.size())));
        setMessage(Messages.policy_prompt);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 12));
        body.setLayoutData(Ui.fill());
        var table = new DataTable<Choice>(body, SWT.SINGLE | SWT.BORDER, "policy.table", Messages.policy_table,
                List.of(Column.<Choice>text("name", Messages.column_policy, 26,
                        c -> c.name() == null ? Messages.policy_default : c.name()).with(c -> Icon.POLICY),
                        Column.text("vaults", Messages.column_vault, 20, c -> String.join(", ", c.vaults())),
                        Column.<Choice>text("description", Messages.policy_description, 50, Choice::description)
                                .growing()));
        var data = Ui.fill();
        data.heightHint = 220;
        table.setLayoutData(data);
        table.onSelect(rows -> {
            chosen = rows.isEmpty() ? null : rows.getFirst();
            Button ok = getButton(IDialogConstants.OK_ID);
            if (ok != null) {
                ok.setEnabled(chosen != null);
            }
        });
        table.onOpen(row -> okPressed());
        table.setSource(new RowSource<>() {
            @Override
            public int size() {
                return choices.size();
            }

            @Override
            public Choice row(int index) {
                return choices.get(index);
            }
        });
        Ui.async(table.control(), table::enter);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.policy_ok, true), "policy.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "policy.cancel");
        getButton(IDialogConstants.OK_ID).setEnabled(chosen != null);
    }
}

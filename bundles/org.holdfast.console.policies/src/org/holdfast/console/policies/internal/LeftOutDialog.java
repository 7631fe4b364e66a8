package org.holdfast.console.policies.internal;

import java.util.Comparator;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.Vaults;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.recover.AgentExclusions;
import org.holdfast.console.model.TextFilter;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FilterField;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.agent.ExclusionReport;
import org.holdfast.protocol.agent.ExclusionTrial;
import org.holdfast.protocol.agent.LeftOut;

/** Shows what a policy would leave out on a server that is chosen; its agent looks, and tells nobody else. */
public final class LeftOutDialog extends TitleAreaDialog {
    private final FleetSession session;
    private final Policy policy;
    private final AgentExclusions agent;
    private final List<ServerSummary> servers;
    private final Formats formats = Formats.local();
    private List<ServerSummary> shown;
    private List<LeftOut> found = List.of();
    private TextFilter filter = TextFilter.NONE;
    private DataTable<ServerSummary> table;
    private DataTable<LeftOut> results;
    private Text passphrase;
    private Label count;
    private boolean busy;

    /**
     * @param vault name of the vault whose servers can be chosen
     * @param policy with what was entered, saved or not
     */
    public LeftOutDialog(Shell parent, Vaults vaults, FleetSession session, String vault, Policy policy) {
        super(parent);
        this.session = session;
        this.policy = policy;
        agent = new AgentExclusions(vaults);
        servers = session.live().servers().snapshot().stream()
                .filter(s -> s.vault().equals(vault) && s.intakeKey() != null && s.connected())
                .sorted(Comparator.comparing(ServerSummary::name)).toList();
        shown = servers;
        setShellStyle(SWT.SHELL_TRIM | SWT.MODELESS);
        setBlockOnOpen(false);
        setHelpAvailable(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.leftOut_title);
        Ui.id(shell, "leftOut");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.leftOut_heading, policy.name()));
        setMessage(servers.isEmpty() ? Messages.leftOut_noServer : Messages.leftOut_prompt);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 12));
        body.setLayoutData(Ui.fill());
        var field = new FilterField(body, "leftOut.filter", Messages.picker_filter, text -> {
            filter = TextFilter.of(text);
            shown = servers.stream().filter(s -> filter.matches(s.name() + ' ' + String.join(" ", s.tags()))).toList();
            table.shapeChanged();
        });
        field.control().setLayoutData(Ui.wide());
        table = new DataTable<>(body, SWT.SINGLE | SWT.BORDER, "leftOut.servers", Messages.picker_table, List.of(
                Column.<ServerSummary>text("name", Messages.picker_server, 30, ServerSummary::name)
                        .with(s -> Icon.SERVER),
                Column.<ServerSummary>text("tags", Messages.picker_tags, 40, s -> String.join(", ", s.tags()))
                        .growing()));
        var low = Ui.wide();
        low.heightHint = 6 * table.control().getItemHeight();
        table.setLayoutData(low);
        table.setSource(new ListSource<>(() -> shown));
        table.onSelect(chosen -> check());
        field.setRows(table);
        var secret = Fields.grid(body);
        Ui.label(secret, Messages.leftOut_passphrase);
        passphrase = Ui.name(Ui.id(new Text(secret, SWT.BORDER | SWT.PASSWORD), "leftOut.passphrase"),
                Messages.leftOut_passphrase.replaceAll("\\(&.\\)", "").replace("&", ""));
        passphrase.setLayoutData(Ui.wide());
        passphrase.addListener(SWT.Modify, e -> check());
        count = Ui.id(new Label(body, SWT.WRAP), "leftOut.count");
        count.setLayoutData(Ui.wide());
        results = new DataTable<>(body, SWT.MULTI | SWT.BORDER, "leftOut.results", Messages.items_without, List.of(
                Column.<LeftOut>text("path", Messages.leftOut_path, 60, l -> RawPath.of(l.path()).toString())
                        .with(l -> l.folder() ? Icon.FOLDER : Icon.FILE).growing(),
                Column.text("why", Messages.leftOut_why, 40, LeftOut::reason)));
        var rest = Ui.fill();
        rest.heightHint = 12 * results.control().getItemHeight();
        rest.widthHint = Ui.chars(body, 100);
        results.setLayoutData(rest);
        results.setSource(new ListSource<>(() -> found));
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.leftOut_look, true), "leftOut.look");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.close(), false), "leftOut.close");
        check();
    }

    private @Nullable ServerPlace chosen() {
        return table.selection().stream().findFirst().map(s -> new ServerPlace(session, s)).orElse(null);
    }

    private void check() {
        var ok = getButton(IDialogConstants.OK_ID);
        if (ok == null) {
            return;
        }
        ServerPlace place = chosen();
        boolean open = place != null && agent.isOpen(place);
        passphrase.setEnabled(!open);
        ok.setEnabled(!busy && place != null && (open || !passphrase.getText().isEmpty()));
    }

    @Override
    protected void okPressed() {
        ServerPlace place = chosen();
        if (place == null) {
            return;
        }
        busy = true;
        check();
        setMessage(NLS.bind(Messages.leftOut_looking, place.server().name()), IMessageProvider.INFORMATION);
        agent.ask(place, passphrase.getTextChars(), new ExclusionTrial(policy.items(), policy.exclusions()))
                .whenComplete((report, thrown) -> Ui.async(count, () -> {
                    busy = false;
                    check();
                    if (thrown == null) {
                        show(place.server(), report);
                    } else {
                        Failure failure = Failure.of(thrown);
                        setMessage((failure.message() + ' ' + failure.advice()).strip(), IMessageProvider.ERROR);
                    }
                }));
    }

    private void show(ServerSummary server, ExclusionReport report) {
        setMessage(NLS.bind(report.complete() ? Messages.leftOut_done : Messages.leftOut_partial, server.name()),
                report.complete() ? IMessageProvider.NONE : IMessageProvider.WARNING);
        found = report.some();
        results.shapeChanged();
        Ui.setText(count, Texts.bind(Messages.leftOut_count, formats.count(report.files()),
                formats.count(report.folders()))
                + (found.size() < report.files() + report.folders()
                        ? ' ' + NLS.bind(Messages.leftOut_some, formats.count(found.size()))
                        : ""));
    }
}

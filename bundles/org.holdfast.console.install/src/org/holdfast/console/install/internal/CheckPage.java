package org.holdfast.console.install.internal;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.agent.install.HostCheck;
import org.holdfast.agent.install.Outcome;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.install.internal.run.AcceptedKeys;
import org.holdfast.console.install.internal.run.HostChecks;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;

/** Last page: looks at all hosts and shows what stands in the way, and the keys of hosts that nobody has accepted. */
final class CheckPage extends InstallPage {
    private final RegisterWizard wizard;
    private final Formats formats = Formats.local();
    private DataTable<HostCheck> table;
    private Text details;
    private Label count;
    private Button keys;
    private Button again;
    private Redraw redraw;
    private @Nullable HostChecks checks;
    private List<HostCheck> rows = List.of();
    private String stamp = "";

    CheckPage(RegisterWizard wizard) {
        super("check", Messages.check_title, Messages.check_prompt);
        this.wizard = wizard;
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        var top = new Composite(body, SWT.NONE);
        top.setLayout(Ui.grid(3));
        top.setLayoutData(Ui.wide());
        count = Ui.id(new Label(top, SWT.NONE), "check.count");
        count.setLayoutData(Ui.wide());
        keys = Ui.button(top, "check.keys", Messages.check_keys, this::compare);
        again = Ui.button(top, "check.again", Messages.check_again, () -> {
            HostChecks now = checks;
            if (now != null) {
                now.again();
            }
        });
        var sash = new SashForm(body, SWT.VERTICAL);
        sash.setLayoutData(Ui.fill());
        table = new DataTable<>(sash, SWT.BORDER | SWT.MULTI, "check.table", Messages.check_table, List.of(
                Column.text("host", Messages.column_host, 24, check -> InstallWords.host(check.host())),
                Column.<HostCheck>text("state", Messages.column_state, 28, InstallWords::state)
                        .with(InstallWords::icon),
                Column.text("system", Messages.column_system, 22, HostCheck::system),
                Column.text("key", Messages.column_key, 22, this::key),
                Column.<HostCheck>text("found", Messages.column_found, 24, check -> check.findings().stream()
                        .map(HostCheck.Finding::message).collect(Collectors.joining("; "))).growing()));
        table.locateBy(this::place).onSelect(selected -> showDetails()).setSource(new RowSource<>() {
            @Override
            public int size() {
                return rows.size();
            }

            @Override
            public HostCheck row(int index) {
                return rows.get(index);
            }
        });
        details = Ui.name(Ui.id(new Text(sash, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.BORDER | SWT.V_SCROLL),
                "check.details"), Messages.check_details);
        details.addListener(SWT.Traverse, e -> e.doit = true);
        sash.setWeights(70, 30);
        redraw = new Redraw(body, this::show);
        setControl(body);
        show();
    }

    private int place(HostCheck check) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).host().equals(check.host())) {
                return i;
            }
        }
        return -1;
    }

    private String key(HostCheck check) {
        if (check.fingerprint() != null) {
            return check.fingerprint();
        }
        HostChecks now = checks;
        AcceptedKeys.Shown shown = now == null ? null : now.accepted().waiting(check.host());
        return shown == null ? "" : shown.fingerprint();
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            String now = wizard.stamp();
            if (!now.equals(stamp) || checks == null || checks.failure() != null) {
                stamp = now;
                begin();
            }
            table.control().setFocus();
        }
    }

    private void begin() {
        stop();
        HostChecks fresh = wizard.newChecks();
        checks = fresh;
        fresh.changes().add(all -> redraw.ask());
        fresh.start();
        show();
    }

    /** Looks at no further host. */
    void stop() {
        if (checks != null) {
            checks.close();
        }
    }

    private void compare() {
        HostChecks now = checks;
        if (now == null) {
            return;
        }
        var dialog = new KeysDialog(getShell(), now.accepted().waiting(), now::accept);
        dialog.setBlockOnOpen(false);
        dialog.open();
    }

    private void show() {
        HostChecks now = checks;
        rows = now == null ? List.of() : now.checks();
        table.shapeChanged();
        if (table.selection().isEmpty() && !rows.isEmpty()) {
            table.selectRow(0);
        }
        long done = rows.stream().filter(check -> check.state() == HostCheck.State.DONE).count();
        long ready = rows.stream().filter(HostCheck::isReady).count();
        boolean working = now != null && now.isWorking();
        int waiting = now == null ? 0 : now.accepted().waiting().size();
        Ui.setText(count, NLS.bind(Messages.check_count, new Object[] { formats.count(done),
                formats.count(rows.size()), formats.count(ready) }));
        keys.setEnabled(!working && waiting > 0);
        again.setEnabled(!working && now != null && ready < rows.size());
        showDetails();
        Failure failure = now == null ? null : now.failure();
        judge();
        if (failure != null) {
            setErrorMessage(failure.message() + (failure.advice().isEmpty() ? "" : '\n' + failure.advice()));
        } else if (working) {
            setMessage(Messages.check_working);
        } else if (waiting > 0) {
            setMessage(NLS.bind(Messages.check_newKeys, formats.count(waiting)), IMessageProvider.WARNING);
        } else if (ready < rows.size()) {
            setMessage(NLS.bind(Messages.check_someNot, formats.count(rows.size() - ready), formats.count(ready)),
                    IMessageProvider.WARNING);
        } else {
            setMessage(NLS.bind(Messages.check_allReady, formats.count(ready)), IMessageProvider.INFORMATION);
        }
        wizard.ready((int) ready);
    }

    private void showDetails() {
        String said = table.selection().stream().limit(1).map(this::words).collect(Collectors.joining());
        if (!details.getText().equals(said)) {
            details.setText(said);
        }
    }

    private String words(HostCheck check) {
        var text = new StringBuilder(InstallWords.host(check.host())).append(": ").append(InstallWords.state(check));
        String key = key(check);
        if (!key.isEmpty()) {
            text.append('\n').append(NLS.bind(Messages.check_key, key));
        }
        check.findings().forEach(finding -> text.append('\n').append(InstallWords.finding(finding)));
        if (check.obstacle() == null || check.obstacle().outcome() != Outcome.HOST_KEY_CHANGED) {
            return text.toString();
        }
        return text.append('\n').append(NLS.bind(Messages.check_knownHosts, wizard.knownHosts())).toString();
    }

    @Override
    @Nullable
    String problem() {
        HostChecks now = checks;
        return now != null && !now.isWorking() && now.isOver() && rows.stream().anyMatch(HostCheck::isReady)
                && wizard.stamp().equals(stamp) ? null : "";
    }

    /** The hosts with what was found. */
    List<HostCheck> found() {
        return checks == null ? List.of() : checks.checks();
    }

    /** The keys that were accepted. */
    AcceptedKeys accepted() {
        return checks == null ? new AcceptedKeys() : checks.accepted();
    }
}

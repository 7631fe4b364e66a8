package org.holdfast.console.vaults.internal;

import java.util.List;
import java.util.function.Function;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.VaultNames;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.ui.StepJob;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.fleet.CheckNameAnswer;

/** First page: where the vault is, what it is called, and its labels. The name is checked while it is typed. */
final class NamePage extends WizardPage {
    private static final int WAIT_MILLIS = 300;
    private static final int LONGEST_LABEL = 100;

    private final List<FleetSession> sessions;
    private FleetSession session;
    private Combo where;
    private Text name;
    private Combo subscription;
    private Combo group;
    private Combo region;
    private StepJob<CheckNameAnswer> job;
    private int keystrokes;

    NamePage(List<FleetSession> sessions, FleetSession proposed) {
        super("name", Messages.name_title, null);
        this.sessions = List.copyOf(sessions);
        session = proposed;
        setDescription(Messages.name_prompt);
        setPageComplete(false);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(2, 10));
        where = combo(body, "name.where", Messages.name_where, SWT.READ_ONLY);
        sessions.forEach(s -> where.add(s.connection().name()));
        where.select(sessions.indexOf(session));
        where.setEnabled(sessions.size() > 1);
        where.addListener(SWT.Selection, e -> {
            session = sessions.get(where.getSelectionIndex());
            suggest();
            check();
        });
        Ui.label(body, Messages.name_name);
        name = Ui.name(Ui.id(new Text(body, SWT.BORDER), "name.name"), Messages.name_name.replace("&", ""));
        name.setMessage(Messages.name_hint);
        name.setTextLimit(64);
        var wide = Ui.wide();
        wide.widthHint = convertWidthInCharsToPixels(60);
        name.setLayoutData(wide);
        name.addListener(SWT.Modify, e -> check());
        subscription = combo(body, "name.subscription", Messages.name_subscription, SWT.NONE);
        group = combo(body, "name.group", Messages.name_group, SWT.NONE);
        region = combo(body, "name.region", Messages.name_region, SWT.NONE);
        suggest();
        setControl(body);
    }

    private Combo combo(Composite body, String id, String label, int style) {
        Ui.label(body, label);
        var combo = Ui.name(Ui.id(new Combo(body, SWT.DROP_DOWN | style), id), label.replace("&", ""));
        combo.setLayoutData(Ui.wide());
        combo.setTextLimit(LONGEST_LABEL);
        return combo;
    }

    /** What the other vaults of this vault server say; what all of them say is filled in. */
    private void suggest() {
        suggest(subscription, VaultSummary::subscription);
        suggest(group, VaultSummary::resourceGroup);
        suggest(region, VaultSummary::region);
    }

    private void suggest(Combo combo, Function<VaultSummary, String> label) {
        String typed = combo.getText();
        List<String> known = session.live().vaults().snapshot().stream().map(label).distinct()
                .filter(s -> !s.isEmpty()).sorted(String.CASE_INSENSITIVE_ORDER).toList();
        combo.setItems(known.toArray(String[]::new));
        combo.setText(typed.isEmpty() && known.size() == 1 ? known.getFirst() : typed);
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            name.setFocus();
        }
    }

    private void check() {
        stop();
        int mine = ++keystrokes;
        setErrorMessage(null);
        setPageComplete(false);
        String text = vaultName();
        if (text.isEmpty()) {
            setMessage(Messages.name_prompt);
        } else if (!VaultNames.isValid(text)) {
            setMessage(Messages.name_invalid, IMessageProvider.WARNING);
        } else {
            setMessage(NLS.bind(Messages.name_checking, text));
            Ui.after(WAIT_MILLIS, name, () -> {
                if (mine == keystrokes) {
                    ask(text);
                }
            });
        }
    }

    private void ask(String text) {
        var mine = new StepJob<>(NLS.bind(Messages.name_checking, text), session.api().vaults().checkName(text));
        mine.setSystem(true);
        job = mine;
        mine.answer().whenCompleteAsync((answer, thrown) -> {
            if (mine == job && !name.isDisposed()) {
                job = null;
                answered(text, answer, thrown);
            }
        }, Ui.executor(name.getDisplay()));
        mine.schedule();
    }

    private void answered(String text, CheckNameAnswer answer, Throwable thrown) {
        if (thrown != null) {
            // The vault server has the last word when the vault is made, so a check that failed stops nobody.
            setMessage(NLS.bind(Messages.name_unchecked, Failure.of(thrown).message()), IMessageProvider.WARNING);
            setPageComplete(true);
        } else if (answer.available()) {
            setMessage(NLS.bind(Messages.name_free, text), IMessageProvider.INFORMATION);
            setPageComplete(true);
        } else {
            setErrorMessage("already-exists".equals(answer.reason())
                    ? NLS.bind(Messages.name_taken, text, session.connection().name())
                    : answer.message());
        }
    }

    /** Asks no more. */
    void stop() {
        if (job != null) {
            job.cancel();
            job = null;
        }
    }

    FleetSession session() {
        return session;
    }

    String vaultName() {
        return name.getText().strip();
    }

    String subscription() {
        return subscription.getText().strip();
    }

    String group() {
        return group.getText().strip();
    }

    String region() {
        return region.getText().strip();
    }
}

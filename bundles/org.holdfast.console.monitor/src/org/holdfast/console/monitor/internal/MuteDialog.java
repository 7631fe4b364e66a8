package org.holdfast.console.monitor.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;

/** Asks how long nobody is to be told of alerts. */
public final class MuteDialog extends TitleAreaDialog {
    private static final List<Duration> TIMES = List.of(Duration.ofHours(1), Duration.ofHours(8), Duration.ofDays(1),
            Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(180));

    private final List<Row<AlertSummary>> alerts;
    private final Clock clock;
    private final Formats formats = Formats.local();
    private Combo times;
    private Label note;
    private Instant end = Instant.EPOCH;

    /**
     * @param alerts nobody is to be told of
     * @param clock from which time counts
     */
    public MuteDialog(Shell parent, List<Row<AlertSummary>> alerts, Clock clock) {
        super(parent);
        this.alerts = alerts;
        this.clock = clock;
        setHelpAvailable(false);
    }

    /** Until when nobody is to be told. */
    public Instant end() {
        return end;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.alert_mute);
        Ui.id(shell, "mute");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.alert_muteHeading, formats.count(alerts.size())));
        setMessage(Messages.alert_mutePrompt);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(2, 12));
        body.setLayoutData(Ui.fill());
        Ui.label(body, Messages.alert_muteFor);
        times = Ui.name(Ui.id(new Combo(body, SWT.READ_ONLY), "mute.times"), Messages.alert_muteFor.replace("&", ""));
        TIMES.forEach(time -> times.add(time.toDays() > 0
                ? NLS.bind(Messages.alert_days, formats.count(time.toDays()))
                : NLS.bind(Messages.alert_hours, formats.count(time.toHours()))));
        times.select(2);
        times.setLayoutData(Ui.wide());
        times.addListener(SWT.Selection, e -> update());
        Ui.label(body, "");
        note = Ui.id(new Label(body, SWT.NONE), "mute.note");
        note.setLayoutData(Ui.wide());
        update();
        Ui.async(times, times::setFocus);
        return area;
    }

    private void update() {
        end = clock.instant().plus(TIMES.get(times.getSelectionIndex()));
        note.setText(NLS.bind(Messages.alert_mutedUntil, formats.time(end)));
        note.requestLayout();
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.alert_mute, true), "mute.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "mute.cancel");
    }

    @Override
    protected void okPressed() {
        update();
        super.okPressed();
    }
}

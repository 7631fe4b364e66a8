package org.holdfast.console.recovery.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.DateTime;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.PointPin;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/** Asks until when a recovery point is to be kept whatever the policy says. A failure keeps what was entered. */
public final class PinDialog extends TitleAreaDialog {
    private static final int MOST = 500;

    private final RecoverSession session;
    private final ServerPlace place;
    private final PointSummary point;
    private final Wording wording = new Wording(Formats.local());
    private Button always;
    private Button until;
    private DateTime date;
    private Text remark;

    /** @param session of which a point of a registered server is chosen */
    public PinDialog(Shell parent, RecoverSession session) {
        super(parent);
        this.session = session;
        this.place = session.connection().place();
        this.point = session.point();
        setHelpAvailable(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.pin_title);
        Ui.id(shell, "pin");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        PointPin pin = session.mark(point).pin();
        setTitle(NLS.bind(Messages.pin_heading, wording.formats().time(point.time()), place.server().name()));
        setMessage(pin == null ? Messages.pin_prompt
                : NLS.bind(Messages.mark_pinText, new Object[] { wording.kept(pin), pin.by(),
                        wording.formats().time(pin.since()) }));
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(2, 12));
        body.setLayoutData(Ui.fill());
        always = radio(body, "pin.always", Messages.pin_always, 2);
        until = radio(body, "pin.untilDate", Messages.pin_untilDate, 1);
        date = Ui.name(Ui.id(new DateTime(body, SWT.DATE | SWT.DROP_DOWN | SWT.BORDER), "pin.date"),
                Messages.pin_date);
        Instant end = pin == null ? null : pin.until();
        ZonedDateTime shown = end == null ? now().plusYears(1) : end.atZone(wording.formats().zone());
        date.setDate(shown.getYear(), shown.getMonthValue() - 1, shown.getDayOfMonth());
        date.addListener(SWT.Selection, e -> check());
        boolean dated = pin == null || end != null;
        (dated ? until : always).setSelection(true);
        Ui.label(body, Messages.pin_remark);
        remark = Ui.name(Ui.id(new Text(body, SWT.BORDER), "pin.remark"), Messages.pin_remark.replace("&", ""));
        remark.setTextLimit(MOST);
        remark.setText(pin == null ? "" : pin.remark());
        var wide = Ui.wide();
        wide.widthHint = convertWidthInCharsToPixels(50);
        remark.setLayoutData(wide);
        date.setEnabled(dated);
        return area;
    }

    private Button radio(Composite body, String id, String text, int span) {
        var button = Ui.id(new Button(body, SWT.RADIO), id);
        button.setText(text);
        button.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, span, 1));
        button.addListener(SWT.Selection, e -> {
            date.setEnabled(until.getSelection());
            check();
        });
        return button;
    }

    private ZonedDateTime now() {
        return session.fleet().now().atZone(wording.formats().zone());
    }

    /** The end of the chosen day, null for ever. */
    private Instant end() {
        return always.getSelection() ? null
                : LocalDate.of(date.getYear(), date.getMonth() + 1, date.getDay()).atTime(LocalTime.MAX)
                        .atZone(wording.formats().zone()).toInstant();
    }

    private void check() {
        Instant end = end();
        boolean over = end != null && !end.isAfter(session.fleet().now());
        setErrorMessage(over ? Messages.pin_over : null);
        getButton(IDialogConstants.OK_ID).setEnabled(!over);
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Button pin = Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.pin_do, true), "pin.ok");
        pin.setImage(Icon.PIN.image());
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "pin.cancel");
    }

    @Override
    protected void okPressed() {
        busy(true);
        place.session().api().points().pin(place.server().vault(), point.id(), end(), remark.getText().strip())
                .whenCompleteAsync((info, thrown) -> {
                    session.refreshMarks();
                    if (getShell() == null || getShell().isDisposed()) {
                        return;
                    }
                    if (thrown == null) {
                        super.okPressed();
                    } else {
                        busy(false);
                        Failure failure = Failure.of(thrown);
                        setMessage((failure.message() + ' ' + failure.advice()).strip(), IMessageProvider.ERROR);
                    }
                }, session.ui());
    }

    private void busy(boolean on) {
        getButton(IDialogConstants.OK_ID).setEnabled(!on);
        for (Control control : new Control[] { always, until, remark }) {
            control.setEnabled(!on);
        }
        date.setEnabled(!on && until.getSelection());
    }
}

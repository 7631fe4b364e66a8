package org.holdfast.console.vaults.internal.editor;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.SavingDialog;
import org.holdfast.protocol.fleet.MaintenancePlan;

/** Says when the vault server does what is not urgent, and how much of it. */
final class PlanDialog extends SavingDialog {
    private static final int FEWEST_DAYS = 7;
    private static final int MOST_DAYS = 365;

    private final FleetSession session;
    private final MaintenancePlan before;
    private Button window;
    private Text from;
    private Text to;
    private Text zone;
    private Text collect;
    private Text scrub;
    private Spinner days;

    PlanDialog(Shell parent, FleetSession session, MaintenancePlan before, Runnable saved) {
        super(parent, "plan", Messages.plan_title, saved);
        this.session = session;
        this.before = before;
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.plan_heading, session.connection().name()));
        var fields = new Fields(area, this::changed);
        LocalTime begin = before.from();
        LocalTime end = before.to();
        window = fields.check("plan.window", Messages.plan_window, begin != null);
        from = fields.text("plan.from", Messages.plan_from, begin == null ? "22:00" : begin.toString());
        to = fields.text("plan.to", Messages.plan_to, end == null ? "06:00" : end.toString());
        zone = fields.text("plan.zone", Messages.plan_zone, before.zone().isEmpty()
                ? begin == null ? ZoneId.systemDefault().getId() : "UTC"
                : before.zone());
        collect = fields.text("plan.collect", Messages.plan_collect, Quota.text(before.collectBytes()));
        collect.setMessage(Messages.plan_noLimit);
        scrub = fields.text("plan.scrub", Messages.plan_scrub, Quota.text(before.scrubBytes()));
        scrub.setMessage(Messages.plan_noLimit);
        Ui.label(fields.body(), Messages.plan_days);
        days = Ui.name(Ui.id(new Spinner(fields.body(), SWT.BORDER), "plan.days"), Fields.plain(Messages.plan_days));
        days.setValues(before.scrubDays(), FEWEST_DAYS, MOST_DAYS, 0, 1, FEWEST_DAYS);
        days.addListener(SWT.Selection, e -> changed());
        changed();
        return area;
    }

    private void changed() {
        if (days == null) {
            return;
        }
        from.setEnabled(window.getSelection());
        to.setEnabled(window.getSelection());
        zone.setEnabled(window.getSelection());
        check();
    }

    @Override
    protected @Nullable String problem() {
        try {
            if (window.getSelection()) {
                if (LocalTime.parse(from.getText().strip()).equals(LocalTime.parse(to.getText().strip()))) {
                    return Messages.plan_same;
                }
                if (!ZoneId.getAvailableZoneIds().contains(zone.getText().strip())) {
                    return Messages.zone_wrong;
                }
            }
            Quota.parse(collect.getText());
            Quota.parse(scrub.getText());
            return null;
        } catch (DateTimeException e) {
            return Messages.plan_timeWrong;
        } catch (IllegalArgumentException e) {
            return Messages.plan_sizeWrong;
        }
    }

    @Override
    protected String prompt() {
        return Messages.plan_prompt;
    }

    @Override
    protected CompletableFuture<?> save() {
        boolean limited = window.getSelection();
        return session.api().maintenance().setPlan(new MaintenancePlan(
                limited ? LocalTime.parse(from.getText().strip()) : null,
                limited ? LocalTime.parse(to.getText().strip()) : null, limited ? zone.getText().strip() : "",
                Quota.parse(collect.getText()), Quota.parse(scrub.getText()), days.getSelection()));
    }
}

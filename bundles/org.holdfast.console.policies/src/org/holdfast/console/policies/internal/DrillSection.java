package org.holdfast.console.policies.internal;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Spinner;
import org.holdfast.api.policy.DrillRule;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.ui.Ui;

/** How often servers prove that they can be restored, and with how much. */
final class DrillSection extends Section {
    private static final int MIB = 20;
    private static final int YEAR = 366;
    private static final int ALL = 100;

    private Button used;
    private Spinner days;
    private Spinner percent;
    private Spinner files;
    private Spinner size;

    @Override
    String title() {
        return Messages.drill_title;
    }

    @Override
    List<String> fields() {
        return List.of("drills");
    }

    @Override
    Control create(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1));
        Fields.note(body, "drills.note", Messages.drill_note);
        Group group = Fields.group(body, Messages.drill_title);
        used = watch(Fields.check(group, "drills.used", Messages.drill_used));
        used.addListener(SWT.Selection, e -> enable());
        days = watch(Fields.number(group, "drills.everyDays", Messages.drill_every, Messages.drill_days, 1, YEAR));
        percent = watch(Fields.number(group, "drills.percent", Messages.drill_percent, Messages.drill_percentUnit, 1,
                ALL));
        files = watch(Fields.number(group, "drills.files", Messages.drill_files, Messages.drill_filesUnit, 1,
                DrillRule.MOST_FILES));
        size = watch(Fields.number(group, "drills.bytes", Messages.drill_bytes, Messages.drill_bytesUnit, 1,
                (int) (DrillRule.MOST_BYTES >> MIB)));
        return body;
    }

    private void enable() {
        days.setEnabled(used.getSelection());
    }

    @Override
    void put(Policy policy) {
        DrillRule rule = policy.drills();
        used.setSelection(rule.wanted());
        days.setSelection(rule.wanted() ? rule.everyDays() : DrillRule.DEFAULT.everyDays());
        percent.setSelection(rule.percent());
        files.setSelection(rule.files());
        size.setSelection((int) (rule.bytes() >> MIB));
        enable();
    }

    @Override
    Policy read(Policy p) {
        DrillRule old = p.drills();
        // What is no whole number of MiB stays as it was until somebody changes it.
        long bytes = old.bytes() >> MIB == size.getSelection() ? old.bytes() : (long) size.getSelection() << MIB;
        return p.withDrills(new DrillRule(used.getSelection() ? days.getSelection() : 0, percent.getSelection(),
                files.getSelection(), bytes));
    }
}

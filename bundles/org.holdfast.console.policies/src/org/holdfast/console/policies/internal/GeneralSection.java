package org.holdfast.console.policies.internal;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.console.ui.Ui;

/** Name, description, and how backups are made. */
final class GeneralSection extends Section {
    private static final int BEST = 19;
    private static final int MOST_WARNINGS = 1_000_000;

    private Text name;
    private Text description;
    private Spinner level;
    private Button changeTime;
    private Button inode;
    private Button readAll;
    private Button reportPaths;
    private Spinner warnings;

    @Override
    String title() {
        return Messages.general_title;
    }

    @Override
    List<String> fields() {
        return List.of("name", "description", "level", "warningThreshold", "changeDetection");
    }

    @Override
    Control create(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1));
        var top = Fields.grid(body);
        name = watch(Fields.text(top, "general.name", Messages.general_name));
        description = watch(Fields.text(top, "general.description", Messages.general_description));
        var how = Fields.group(body, Messages.general_how);
        level = watch(Fields.number(how, "general.level", Messages.general_level, Messages.general_levelUnit, 0, BEST));
        warnings = watch(Fields.number(how, "general.warnings", Messages.general_warnings,
                Messages.general_warningsUnit, 0, MOST_WARNINGS));
        reportPaths = watch(Fields.check(how, "general.reportPaths", Messages.general_reportPaths));
        var same = Fields.group(body, Messages.general_same);
        changeTime = watch(Fields.check(same, "general.changeTime", Messages.general_changeTime));
        inode = watch(Fields.check(same, "general.inode", Messages.general_inode));
        readAll = watch(Fields.check(same, "general.readAll", Messages.general_readAll));
        return body;
    }

    /** A policy keeps its name, so only a new one has a field for it that can be changed. */
    void setNew(boolean isNew) {
        name.setEditable(isNew);
        name.setEnabled(isNew);
    }

    @Override
    void put(Policy policy) {
        Fields.set(name, policy.name());
        Fields.set(description, policy.description());
        level.setSelection(policy.level());
        warnings.setSelection(policy.warningThreshold());
        reportPaths.setSelection(policy.reportPaths());
        changeTime.setSelection(policy.changeDetection().changeTime());
        inode.setSelection(policy.changeDetection().inode());
        readAll.setSelection(policy.changeDetection().readAll());
    }

    @Override
    Policy read(Policy p) {
        return new Policy(name.getText().strip(), p.version(), description.getText().strip(), p.items(),
                p.exclusions(), p.plan(), p.retention(), p.bandwidth(), p.before(), p.after(), level.getSelection(),
                new ChangeDetection(changeTime.getSelection(), inode.getSelection(), readAll.getSelection()),
                reportPaths.getSelection(), warnings.getSelection(), p.drills());
    }
}

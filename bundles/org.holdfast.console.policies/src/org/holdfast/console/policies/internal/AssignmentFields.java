package org.holdfast.console.policies.internal;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.fleet.PolicyAssignments;

/** Whom a policy is for. */
final class AssignmentFields {
    private final Runnable changed;
    private final Runnable choose;
    private Text tags;
    private Button isDefault;
    private Button servers;
    private Label count;
    private boolean showing;

    /**
     * @param changed told after a person changed something
     * @param choose asks for servers and assigns the policy to them
     */
    AssignmentFields(Runnable changed, Runnable choose) {
        this.changed = changed;
        this.choose = choose;
    }

    Control create(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1));
        var many = Fields.group(body, Messages.assign_many);
        isDefault = Fields.check(many, "assign.default", Messages.assign_default);
        tags = Fields.text(many, "assign.tags", Messages.assign_tags);
        Fields.note(many, "assign.note", Messages.assign_note);
        isDefault.addListener(SWT.Selection, e -> tell());
        tags.addListener(SWT.Modify, e -> tell());
        var one = Fields.group(body, Messages.assign_one);
        one.setLayout(Ui.grid(1, 8));
        count = Ui.id(new Label(one, SWT.WRAP), "assign.count");
        count.setLayoutData(Ui.wide());
        servers = Ui.button(one, "assign.servers", Messages.assign_servers, choose);
        return body;
    }

    private void tell() {
        if (!showing) {
            changed.run();
        }
    }

    void show(PolicyAssignments assignments) {
        showing = true;
        if (!Lists.split(tags.getText()).equals(assignments.tags())) {
            tags.setText(String.join(", ", assignments.tags()));
        }
        isDefault.setSelection(assignments.vaultDefault());
        showing = false;
    }

    /** @param stored servers can be given a policy only once it is stored */
    void showCount(String text, boolean stored) {
        Ui.setText(count, Ui.plain(text));
        servers.setEnabled(stored);
    }

    PolicyAssignments read() {
        return new PolicyAssignments(Lists.split(tags.getText()).stream().distinct().sorted().toList(),
                isDefault.getSelection());
    }
}

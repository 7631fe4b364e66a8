package org.holdfast.console.policies.internal;

import java.util.Map;
import java.util.Optional;

import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.ui.Ui;

/** Last page: a name, and everything that was chosen. */
final class ScheduleReviewPage extends WizardPage {
    private final ScheduleWizard wizard;
    private Text name;
    private Table table;

    ScheduleReviewPage(ScheduleWizard wizard) {
        super("review", Messages.review_title, null);
        this.wizard = wizard;
        setDescription(Messages.review_prompt);
    }

    @Override
    public void createControl(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        var top = Fields.grid(body);
        String proposed = wizard.policy().name();
        name = Fields.text(top, "review.name", Messages.review_name);
        name.setText(proposed);
        name.addListener(SWT.Modify, e -> wizard.changed());
        table = Ui.name(Ui.id(new Table(body, SWT.BORDER | SWT.FULL_SELECTION), "review.table"),
                Messages.review_title);
        table.setLayoutData(Ui.fill());
        table.setHeaderVisible(true);
        column(Messages.review_property, 22);
        column(Messages.review_value, 84);
        setControl(body);
    }

    private void column(String title, int chars) {
        var column = new TableColumn(table, SWT.LEFT);
        column.setText(title);
        column.setWidth(Ui.chars(table, chars));
    }

    Optional<String> policyName() {
        return name == null ? Optional.empty() : Optional.of(name.getText().strip());
    }

    void check(Policy policy) {
        Optional<String> wrong = wizard.nameProblem(policy);
        setErrorMessage(wrong.orElse(null));
        setPageComplete(wrong.isEmpty());
    }

    @Override
    public void setVisible(boolean visible) {
        if (visible) {
            table.removeAll();
            for (Map.Entry<String, String> line : wizard.summary().entrySet()) {
                new TableItem(table, SWT.NONE).setText(new String[] { line.getKey(),
                        line.getValue().isEmpty() ? Messages.diff_none : line.getValue().replace('\n', ' ') });
            }
        }
        super.setVisible(visible);
        if (visible) {
            name.setFocus();
        }
    }
}

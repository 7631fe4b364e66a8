package org.holdfast.console.policies.internal;

import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.PolicyCheck;
import org.holdfast.console.ui.Ui;

/** A page with one side of the policy. */
final class SectionPage extends WizardPage {
    private final ScheduleWizard wizard;
    private final Section section;
    private final String prompt;

    SectionPage(ScheduleWizard wizard, String id, Section section, String prompt) {
        super(id, section.title(), null);
        this.wizard = wizard;
        this.section = section;
        this.prompt = prompt;
        setDescription(prompt);
    }

    @Override
    public void createControl(Composite parent) {
        var scroll = new ScrolledComposite(parent, SWT.H_SCROLL | SWT.V_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        var body = new Composite(scroll, SWT.NONE);
        body.setLayout(Ui.grid(1, 6));
        section.create(body).setLayoutData(Ui.fill());
        section.onChange(wizard::changed);
        scroll.setContent(body);
        scroll.addListener(SWT.Resize, e -> scroll.setMinSize(body.computeSize(SWT.DEFAULT, SWT.DEFAULT)));
        setControl(scroll);
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            getControl().setFocus();
        }
    }

    void show(Policy policy) {
        section.show(policy);
    }

    void show(PreviewFeed.Result result) {
        if (section instanceof ScheduleSection schedule) {
            schedule.show(result);
        } else if (section instanceof RetentionSection retention) {
            retention.show(result);
        }
    }

    Policy read(Policy policy) {
        return section.read(policy);
    }

    /** Says what is wrong with its fields. */
    void check(Policy policy) {
        String wrong = section.unreadable();
        if (wrong == null) {
            wrong = PolicyCheck.check(policy).stream().filter(p -> section.owns(p.field())).findFirst()
                    .map(wizard.words()::problem).orElse(null);
        }
        boolean empty = section.owns("items") && policy.items().isEmpty();
        setErrorMessage(wrong);
        setMessage(empty ? Messages.wizard_noItems : prompt);
        setPageComplete(wrong == null && !empty);
    }
}

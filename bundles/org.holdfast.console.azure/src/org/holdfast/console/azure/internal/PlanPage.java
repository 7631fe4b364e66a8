package org.holdfast.console.azure.internal;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.VaultPlan;
import org.holdfast.api.azure.VaultRequest;
import org.holdfast.console.client.Failure;
import org.holdfast.console.ui.Ui;

/** Second page: what is there, what would be made, and the commands that would do the same. */
final class PlanPage extends WizardPage {
    private final AzureTasks tasks;
    private final PlacePage place;
    private PlanTable table;
    private Text commands;
    private @Nullable VaultPlan plan;

    PlanPage(AzureTasks tasks, PlacePage place) {
        super("plan", Messages.plan_title, null);
        this.tasks = tasks;
        this.place = place;
        setPageComplete(false);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        var sash = new SashForm(body, SWT.VERTICAL);
        var space = Ui.fill();
        space.widthHint = convertWidthInCharsToPixels(110);
        space.heightHint = convertHeightInCharsToPixels(24);
        sash.setLayoutData(space);
        table = new PlanTable(sash, "plan.table");
        var below = new Composite(sash, SWT.NONE);
        below.setLayout(Ui.grid(2));
        Ui.label(below, Messages.plan_commands).setLayoutData(Ui.wide());
        Ui.button(below, "plan.copy", Messages.plan_copy,
                () -> Ui.copy(commands.getDisplay(), commands.getText()));
        commands = Ui.name(Ui.id(new Text(below, SWT.MULTI | SWT.READ_ONLY | SWT.BORDER | SWT.H_SCROLL | SWT.V_SCROLL),
                "plan.commands"), Messages.plan_commands.replaceAll("\\(&.\\)|&", ""));
        var all = Ui.fill();
        all.horizontalSpan = 2;
        commands.setLayoutData(all);
        sash.setWeights(3, 2);
        setControl(body);
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            look(place.request());
        }
    }

    /** The request that is shown, null while nothing is. */
    @Nullable
    VaultRequest request() {
        VaultPlan shown = plan;
        return shown == null ? null : shown.request();
    }

    private void look(VaultRequest request) {
        plan = null;
        setPageComplete(false);
        setMessage(Messages.plan_looking);
        table.show(List.of());
        commands.setText("");
        tasks.ask(azure -> azure.plan(request, AzureWatch.none())).whenComplete((found, thrown) -> Ui.async(commands,
                () -> {
                    if (!request.equals(place.request())) {
                        return;
                    }
                    if (thrown == null) {
                        show(found);
                    } else {
                        Failure failure = Failure.of(thrown);
                        setMessage(failure.message() + (failure.advice().isEmpty() ? "" : '\n' + failure.advice()),
                                IMessageProvider.ERROR);
                    }
                }));
    }

    private void show(VaultPlan found) {
        plan = found;
        table.show(found.steps());
        commands.setText(String.join("\n", found.commands()));
        long open = found.steps().stream().filter(s -> !s.commands().isEmpty()).count();
        if (found.isBlocked()) {
            setMessage(Messages.plan_blocked, IMessageProvider.ERROR);
        } else if (found.isComplete()) {
            setMessage(NLS.bind(Messages.plan_complete, found.location()), IMessageProvider.INFORMATION);
        } else {
            setMessage(NLS.bind(Messages.plan_open, open, found.steps().size()));
        }
        setPageComplete(!found.isBlocked());
    }
}

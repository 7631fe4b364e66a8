package org.holdfast.console.azure.internal;

import java.util.function.Consumer;

import org.eclipse.jface.wizard.Wizard;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.azure.VaultRequest;
import org.holdfast.console.ui.Icon;

/** Makes the place of a vault in a subscription: what is wanted, and then the plan. The work itself is a job. */
public final class PlaceWizard extends Wizard {
    private final PlacePage place;
    private final PlanPage plan;
    private final Consumer<VaultRequest> wanted;

    /** @param wanted told what a person agreed to */
    public PlaceWizard(AzureTasks tasks, Consumer<VaultRequest> wanted) {
        this.wanted = wanted;
        place = new PlacePage(tasks);
        plan = new PlanPage(tasks, place);
        setWindowTitle(Messages.place_window);
        setHelpAvailable(false);
    }

    @Override
    public void addPages() {
        addPage(place);
        addPage(plan);
    }

    @Override
    public void createPageControls(Composite container) {
        setDefaultPageImageDescriptor(Icon.VAULT_BANNER.descriptor());
        super.createPageControls(container);
    }

    /** Nothing is made before the plan was shown. */
    @Override
    public boolean canFinish() {
        return getContainer().getCurrentPage() == plan && plan.isPageComplete();
    }

    @Override
    public boolean performFinish() {
        VaultRequest request = plan.request();
        if (request == null) {
            return false;
        }
        wanted.accept(request);
        return true;
    }
}

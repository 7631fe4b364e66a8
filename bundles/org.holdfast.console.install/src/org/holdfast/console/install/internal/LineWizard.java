package org.holdfast.console.install.internal;

import java.util.concurrent.Executor;

import org.eclipse.jface.wizard.Wizard;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.install.internal.RegisterWizard.Surroundings;
import org.holdfast.console.install.internal.run.VaultAccess;
import org.holdfast.console.ui.Icon;

/** Makes the line for those who bring the package to servers with tools of their own. */
public final class LineWizard extends Wizard {
    private final Surroundings around;
    private final OptionsPage options;
    private final LinePage line;

    /** Shows nothing yet. */
    public LineWizard(Surroundings around) {
        this.around = around;
        setWindowTitle(Messages.line_title);
        setNeedsProgressMonitor(false);
        setHelpAvailable(false);
        options = new OptionsPage(VaultChoice.all(around.connections()), background(), around.remembered(), false);
        line = new LinePage(this, options);
    }

    @Override
    public void addPages() {
        addPage(options);
        addPage(line);
    }

    @Override
    public void createPageControls(Composite container) {
        setDefaultPageImageDescriptor(Icon.VAULT_BANNER.descriptor());
        super.createPageControls(container);
    }

    Executor background() {
        return around.registrations().background();
    }

    /** The vault that was chosen. */
    VaultAccess vault() {
        VaultChoice choice = options.choice();
        return around.access().apply(choice.session(), choice.vault().name());
    }

    @Override
    public boolean performFinish() {
        options.remember();
        return true;
    }
}

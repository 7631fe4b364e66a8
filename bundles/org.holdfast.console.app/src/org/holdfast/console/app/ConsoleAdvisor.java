package org.holdfast.console.app;

import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;

/** The workbench as the console wants it. */
public class ConsoleAdvisor extends WorkbenchAdvisor {
    private final String vault;

    /** @param vault directory of a vault to open after the start, or an empty text */
    public ConsoleAdvisor(String vault) {
        this.vault = vault;
    }

    @Override
    public void initialize(IWorkbenchConfigurer configurer) {
        super.initialize(configurer);
        configurer.setSaveAndRestore(true);
    }

    @Override
    public String getInitialWindowPerspectiveId() {
        return vault.isEmpty() ? Perspectives.PROTECT : Perspectives.RECOVER;
    }

    @Override
    public WorkbenchWindowAdvisor createWorkbenchWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
        return new WindowAdvisor(configurer, vault);
    }
}

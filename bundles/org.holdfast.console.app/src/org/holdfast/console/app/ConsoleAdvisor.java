package org.holdfast.console.app;

import org.eclipse.jface.preference.PreferenceManager;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;

/** The workbench as the console wants it. */
public class ConsoleAdvisor extends WorkbenchAdvisor {
    private static final String P2_PAGES = "org.eclipse.equinox.internal.p2.ui.sdk.";

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

    /** Takes away preferences: where p2 keeps secrets, and a page that calls hosts when it is opened. */
    @Override
    public void postStartup() {
        super.postStartup();
        PreferenceManager pages = PlatformUI.getWorkbench().getPreferenceManager();
        pages.remove("org.eclipse.ui.preferencePages.Workbench");
        pages.remove(P2_PAGES + "ProvisioningPreferencePage/" + P2_PAGES + "TrustPreferencePage");
    }
}

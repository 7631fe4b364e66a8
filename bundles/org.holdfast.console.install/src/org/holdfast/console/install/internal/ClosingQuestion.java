package org.holdfast.console.install.internal;

import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchListener;
import org.eclipse.ui.IWorkbenchWindow;
import org.holdfast.console.install.internal.run.Registration;
import org.holdfast.console.ui.Formats;

/** Asks before the console is closed while servers are being registered: that ends with it. */
public final class ClosingQuestion implements IWorkbenchListener {
    private final Registration registration;

    private ClosingQuestion(Registration registration) {
        this.registration = registration;
    }

    /** Asks for as long as it is at work. */
    public static void watch(IWorkbenchWindow window, Registration registration) {
        window.getWorkbench().addWorkbenchListener(new ClosingQuestion(registration));
    }

    @Override
    public boolean preShutdown(IWorkbench workbench, boolean forced) {
        if (forced || !registration.isRunning()) {
            return true;
        }
        Registration.Count count = registration.count();
        IWorkbenchWindow window = workbench.getActiveWorkbenchWindow();
        var dialog = new MessageDialog(window == null ? null : window.getShell(), Messages.close_title, null,
                NLS.bind(Messages.close_text, registration.vault(),
                        Formats.local().count(count.working() + (long) count.waiting())),
                MessageDialog.WARNING, 1, Messages.close_stop, Messages.close_stay);
        boolean ends = dialog.open() == 0;
        if (ends) {
            registration.stop();
        }
        return ends;
    }

    @Override
    public void postShutdown(IWorkbench workbench) {
        // The service of registrations forgets their secrets.
    }
}

package org.holdfast.console.app.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.dialogs.IPageChangeProvider;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.dialogs.TrayDialog;
import org.eclipse.jface.wizard.IWizardContainer;
import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** F1: help for the active part in a view, for a dialog or a wizard's page beside it. Again closes it. */
public final class HelpHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        Shell shell = shell(Display.getCurrent());
        for (IWorkbenchWindow window : PlatformUI.getWorkbench().getWorkbenchWindows()) {
            if (shell == null || window.getShell() == shell) {
                view(window.getActivePage());
                return null;
            }
        }
        dialog(shell);
        return null;
    }

    /** The modal dialog that is open, whatever window the system takes for the active one. */
    private static Shell shell(Display display) {
        Shell active = display.getActiveShell();
        for (Shell each : display.getShells()) {
            boolean modal = (each.getStyle() & (SWT.APPLICATION_MODAL | SWT.PRIMARY_MODAL)) != 0;
            if (modal && each.isVisible() && (active == null || active == each.getParent())) {
                return each;
            }
        }
        return active;
    }

    private static void view(IWorkbenchPage page) throws ExecutionException {
        if (page == null) {
            return;
        }
        String active = page.getActivePartReference() == null ? "" : page.getActivePartReference().getId();
        try {
            if (active.equals(HelpView.ID)) {
                page.hideView(page.getActivePart() instanceof HelpView view ? view : null);
            } else {
                ((HelpView) page.showView(HelpView.ID, null, IWorkbenchPage.VIEW_VISIBLE)).show(active);
            }
        } catch (PartInitException e) {
            throw new ExecutionException("The help could not be shown.", e);
        }
    }

    private static void dialog(Shell shell) {
        if (!(shell.getData() instanceof TrayDialog dialog)) {
            HelpTopics.Topic topic = new HelpTopics(Locale.getDefault()).find(ids(shell));
            new MessageDialog(shell, topic.title(), null, topic.text(), MessageDialog.INFORMATION, 0, Buttons.close())
                    .open();
        } else if (dialog.getTray() == null) {
            dialog.openTray(new HelpTray(() -> ids(shell), dialog instanceof IPageChangeProvider pages ? pages : null));
        } else {
            dialog.closeTray();
        }
    }

    /** Of a dialog: its page first, when it is a wizard. */
    static List<String> ids(Shell shell) {
        var ids = new ArrayList<String>();
        String id = String.valueOf(shell.getData(Ui.ID));
        if (shell.getData() instanceof IWizardContainer wizard) {
            IWizardPage page = wizard.getCurrentPage();
            if (page != null) {
                ids.add(id + '/' + page.getName());
            }
        }
        ids.add(id);
        return ids;
    }
}

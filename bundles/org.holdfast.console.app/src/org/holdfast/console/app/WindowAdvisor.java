package org.holdfast.console.app;

import java.util.Map;

import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.graphics.Point;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.client.recover.RecoverSession.Topic;
import org.holdfast.console.recovery.RecoverIds;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/** One window: its size, its title and what its status line tells. */
final class WindowAdvisor extends WorkbenchWindowAdvisor {
    private static final Point SIZE = new Point(1400, 900);

    private final String vault;
    private Subscription subscription = () -> {
    };

    WindowAdvisor(IWorkbenchWindowConfigurer configurer, String vault) {
        super(configurer);
        this.vault = vault;
    }

    @Override
    public void preWindowOpen() {
        IWorkbenchWindowConfigurer configurer = getWindowConfigurer();
        configurer.setInitialSize(SIZE);
        configurer.setShowMenuBar(true);
        configurer.setShowCoolBar(true);
        configurer.setShowPerspectiveBar(true);
        configurer.setShowStatusLine(true);
        configurer.setShowProgressIndicator(true);
        configurer.setTitle(Messages.window_title);
    }

    @Override
    public void postWindowOpen() {
        IWorkbenchWindow window = getWindowConfigurer().getWindow();
        RecoverSession session = window.getService(RecoverSession.class);
        if (session != null) {
            subscription = session.observers().add(topic -> {
                if (topic == Topic.VAULT || topic == Topic.POINTS) {
                    tell(session);
                }
            });
            tell(session);
        }
        if (!vault.isEmpty()) {
            Ui.async(window.getShell(), () -> open(window));
        }
    }

    @Override
    public void postWindowClose() {
        subscription.close();
    }

    private void tell(RecoverSession session) {
        VaultConnection connection = session.connection();
        var status = getWindowConfigurer().getActionBarConfigurer().getStatusLineManager();
        String title = Messages.window_title;
        if (connection == null) {
            status.setMessage("");
        } else {
            status.setMessage(Icon.VAULT.image(), NLS.bind(
                    session.isLoading() ? Messages.status_loading : Messages.status_open, connection.location()));
            title = NLS.bind(Messages.window_titleVault, connection.location());
        }
        getWindowConfigurer().setTitle(title);
    }

    private void open(IWorkbenchWindow window) {
        Command command = window.getService(ICommandService.class).getCommand(RecoverIds.OPEN_VAULT);
        try {
            window.getService(IHandlerService.class).executeCommand(
                    ParameterizedCommand.generateCommand(command, Map.of(RecoverIds.LOCATION, vault)), null);
        } catch (CommandException e) {
            ILog.of(WindowAdvisor.class).error("The vault of the command line could not be opened.", e);
        }
    }
}

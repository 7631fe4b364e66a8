package org.holdfast.console.ui;

import java.util.Map;

import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;

/** Runs commands by their ids: how the parts of the workbench reach each other without knowing each other. */
public final class Commands {
    /** Adds a vault server. */
    public static final String CONNECT = "org.holdfast.console.servers.connect";
    /** Signs in where nobody is signed in; the parameter {@link #CONNECTION} names one, else the first such. */
    public static final String SIGN_IN = "org.holdfast.console.servers.signIn";
    /** Starts a vault server on this computer and connects to it. */
    public static final String START_LOCAL_VAULT = "org.holdfast.console.app.startLocalVault";
    /** Registers servers over SSH. */
    public static final String REGISTER = "org.holdfast.console.install.register";
    /** Parameter of {@link #SIGN_IN}: id of a saved connection. */
    public static final String CONNECTION = "org.holdfast.console.servers.connection";

    private Commands() {
    }

    /** Whether a command is there and can run now; false without a workbench. */
    public static boolean isThere(String id) {
        if (!PlatformUI.isWorkbenchRunning()) {
            return false;
        }
        Command command = PlatformUI.getWorkbench().getService(ICommandService.class).getCommand(id);
        return command.isDefined() && command.isHandled();
    }

    /** Runs a command without parameters. */
    public static void run(String id) {
        run(id, Map.of());
    }

    /** Runs a command; does nothing without a workbench, or when nobody handles it now. */
    public static void run(String id, Map<String, String> parameters) {
        if (!isThere(id)) {
            return;
        }
        Command command = PlatformUI.getWorkbench().getService(ICommandService.class).getCommand(id);
        try {
            PlatformUI.getWorkbench().getService(IHandlerService.class)
                    .executeCommand(ParameterizedCommand.generateCommand(command, parameters), null);
        } catch (CommandException e) {
            ILog.of(Commands.class).error("The command " + id + " could not be run.", e);
        }
    }
}

package org.holdfast.console.app.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.service.datalocation.Location;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.diagnostics.DiagnosticsArchive;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/**
 * Saves a diagnostics archive where the person says, or in the file of the parameter {@code file}, which is for tests
 * and for scripts.
 */
public final class DiagnosticsHandler extends AbstractHandler {
    private static final String FILE = "org.holdfast.console.app.diagnostics.file";

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        String named = event.getParameter(FILE);
        boolean ask = named == null || named.isEmpty();
        String file = ask ? choose(window) : named;
        if (file != null) {
            save(window, Path.of(file), ask);
        }
        return null;
    }

    private static String choose(IWorkbenchWindow window) {
        var dialog = new FileDialog(window.getShell(), SWT.SAVE);
        dialog.setText(Messages.diagnostics_title);
        dialog.setFileName("holdfast-console.zip");
        dialog.setFilterExtensions(new String[] { "*.zip" });
        dialog.setOverwrite(true);
        return dialog.open();
    }

    private static void save(IWorkbenchWindow window, Path file, boolean tell) {
        VaultConnections connections = window.getService(VaultConnections.class);
        List<FleetSession> sessions = connections == null ? List.of() : connections.sessions();
        List<String> versions = Versions.all();
        var secrets = new ArrayList<Path>();
        secrets.add(Path.of(System.getProperty("user.home"), ".holdfast", "local-vault", "administrator"));
        Path area = area();
        if (area != null) {
            secrets.add(area.resolve("holdfast/sign-ins"));
        }
        Path log = Platform.getLogFileLocation().toPath();
        var job = new Job(Messages.diagnostics_saving) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                String result = NLS.bind(Messages.diagnostics_saved, file);
                boolean failed = false;
                try {
                    new DiagnosticsArchive(versions, sessions, log, secrets).write(file);
                } catch (IOException e) {
                    result = NLS.bind(Messages.diagnostics_failed, file, e.getMessage());
                    failed = true;
                }
                if (tell || failed) {
                    String text = result;
                    int kind = failed ? MessageDialog.ERROR : MessageDialog.INFORMATION;
                    Ui.async(window.getShell(), () -> new MessageDialog(window.getShell(), Messages.diagnostics_title,
                            null, text, kind, 0, Buttons.close()).open());
                }
                return Status.OK_STATUS;
            }
        };
        job.schedule();
    }

    private static Path area() {
        Location location = Platform.getInstanceLocation();
        return location == null || location.getURL() == null ? null
                : Path.of(URI.create(location.getURL().toString().replace(" ", "%20")));
    }
}

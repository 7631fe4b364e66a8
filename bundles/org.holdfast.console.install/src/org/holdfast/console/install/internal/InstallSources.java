package org.holdfast.console.install.internal;

import java.util.Map;

import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.AbstractSourceProvider;
import org.eclipse.ui.ISources;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.services.IServiceLocator;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.ui.Ui;

/** Tells the workbench's expressions whether there is a vault that this person may register servers with. */
public final class InstallSources extends AbstractSourceProvider {
    /** There is one. */
    public static final String MAY_REGISTER = "org.holdfast.console.install.mayRegister";

    private VaultConnections connections;
    private FleetRows<?> watching;

    @Override
    public void initialize(IServiceLocator locator) {
        connections = locator.getService(VaultConnections.class);
        if (connections != null) {
            Display display = PlatformUI.getWorkbench().getDisplay();
            watching = new FleetRows<>(connections, LiveFleet::vaults,
                    rows -> Ui.executor(display).execute(() -> fireSourceChanged(ISources.WORKBENCH,
                            getCurrentState())));
        }
    }

    @Override
    public Map<String, Object> getCurrentState() {
        return Map.of(MAY_REGISTER, connections != null && !VaultChoice.all(connections).isEmpty());
    }

    @Override
    public String[] getProvidedSourceNames() {
        return new String[] { MAY_REGISTER };
    }

    @Override
    public void dispose() {
        if (watching != null) {
            watching.close();
        }
    }
}

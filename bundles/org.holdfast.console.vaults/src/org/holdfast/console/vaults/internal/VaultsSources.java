package org.holdfast.console.vaults.internal;

import java.util.List;
import java.util.Map;

import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.AbstractSourceProvider;
import org.eclipse.ui.ISources;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.services.IServiceLocator;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Ui;

/** Tells the workbench's expressions what this person may do now, so that commands are enabled when they can run. */
public final class VaultsSources extends AbstractSourceProvider {
    /** The permission to make vaults. */
    public static final String MANAGE = "vault.manage";
    /** There is a vault server on which this person may make vaults. */
    public static final String MAY_CREATE = "org.holdfast.console.vaults.mayCreate";
    /** One vault is selected, and this person may see its vault credentials. */
    public static final String MAY_SEE_CREDENTIALS = "org.holdfast.console.vaults.maySeeCredentials";

    /** One vault is selected, and this person may change it. */
    public static final String MAY_CHANGE = "org.holdfast.console.vaults.mayChange";

    private VaultConnections connections;
    private VaultSelection selection;
    private FleetRows<?> watching;
    private Subscription selecting = () -> {
    };

    /** The vault servers that can be asked now and on which this person has a permission. */
    public static List<FleetSession> allowing(VaultConnections connections, String permission) {
        return connections.sessions().stream().filter(s -> s.state().isConnected() && s.may(permission)).toList();
    }

    /** Whether this is one vault whose vault credentials this person may see. */
    public static boolean maySeeCredentials(List<Row<VaultSummary>> vaults) {
        return may(vaults, "credentials.read");
    }

    private static boolean may(List<Row<VaultSummary>> vaults, String permission) {
        return vaults.size() == 1 && vaults.getFirst().session().state().isConnected()
                && vaults.getFirst().session().may(permission);
    }

    @Override
    public void initialize(IServiceLocator locator) {
        connections = locator.getService(VaultConnections.class);
        selection = locator.getService(VaultSelection.class);
        if (selection != null) {
            selecting = selection.changes().add(rows -> tell());
        }
        if (connections != null) {
            Display display = PlatformUI.getWorkbench().getDisplay();
            watching = new FleetRows<>(connections, LiveFleet::vaults, r -> Ui.executor(display).execute(this::tell));
        }
    }

    private void tell() {
        fireSourceChanged(ISources.WORKBENCH, getCurrentState());
    }

    @Override
    public Map<String, Object> getCurrentState() {
        return Map.of(MAY_CREATE, connections != null && !allowing(connections, MANAGE).isEmpty(),
                MAY_SEE_CREDENTIALS, selection != null && maySeeCredentials(selection.rows()),
                MAY_CHANGE, selection != null && may(selection.rows(), MANAGE));
    }

    @Override
    public String[] getProvidedSourceNames() {
        return new String[] { MAY_CREATE, MAY_SEE_CREDENTIALS, MAY_CHANGE };
    }

    @Override
    public void dispose() {
        selecting.close();
        if (watching != null) {
            watching.close();
        }
    }
}

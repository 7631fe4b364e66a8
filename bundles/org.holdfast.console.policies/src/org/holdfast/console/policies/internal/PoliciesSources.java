package org.holdfast.console.policies.internal;

import java.util.List;
import java.util.Map;

import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.AbstractSourceProvider;
import org.eclipse.ui.ISources;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.services.IServiceLocator;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Ui;

/** Tells the workbench's expressions what this person may do now, so that commands are enabled when they can run. */
public final class PoliciesSources extends AbstractSourceProvider {
    /** The permission to make and change policies. */
    public static final String MANAGE = "policy.manage";
    /** There is a vault server on which this person may make policies. */
    public static final String MAY_CREATE = "org.holdfast.console.policies.mayCreate";
    /** One policy is selected. */
    public static final String ONE = "org.holdfast.console.policies.one";
    /** One policy is selected, and this person may change it. */
    public static final String MAY_CHANGE = "org.holdfast.console.policies.mayChange";

    private VaultConnections connections;
    private PolicySelection selection;
    private FleetRows<?> watching;
    private Subscription selecting = () -> {
    };

    /** The vaults in which this person may make policies now. */
    public static List<VaultPlace> places(VaultConnections connections) {
        return connections.sessions().stream().filter(PoliciesSources::mayManage)
                .flatMap(s -> s.live().vaults().snapshot().stream().map(v -> new VaultPlace(s, v.name()))).sorted()
                .toList();
    }

    /** Whether this is one policy that this person may change now. */
    public static boolean mayChange(List<Row<VaultPolicy>> policies) {
        return policies.size() == 1 && mayManage(policies.getFirst().session());
    }

    /** Whether this person may make and change policies of a vault server now. */
    public static boolean mayManage(FleetSession session) {
        return session.state().isConnected() && session.may(MANAGE);
    }

    @Override
    public void initialize(IServiceLocator locator) {
        connections = locator.getService(VaultConnections.class);
        selection = locator.getService(PolicySelection.class);
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
        return Map.of(MAY_CREATE, connections != null && !places(connections).isEmpty(), ONE,
                selection != null && selection.rows().size() == 1, MAY_CHANGE,
                selection != null && mayChange(selection.rows()));
    }

    @Override
    public String[] getProvidedSourceNames() {
        return new String[] { MAY_CREATE, ONE, MAY_CHANGE };
    }

    @Override
    public void dispose() {
        selecting.close();
        if (watching != null) {
            watching.close();
        }
    }
}

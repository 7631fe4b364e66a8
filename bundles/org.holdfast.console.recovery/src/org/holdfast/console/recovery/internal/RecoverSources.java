package org.holdfast.console.recovery.internal;

import java.util.HashMap;
import java.util.Map;

import org.eclipse.ui.AbstractSourceProvider;
import org.eclipse.ui.ISources;
import org.eclipse.ui.services.IServiceLocator;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.recover.RecoverSession;

/** Tells the workbench's expressions what there is to act on, so that commands are enabled only when they can run. */
public final class RecoverSources extends AbstractSourceProvider {
    /** A vault is open. */
    public static final String VAULT = "org.holdfast.console.recovery.hasVault";
    /** A recovery point is chosen. */
    public static final String POINT = "org.holdfast.console.recovery.hasPoint";
    /** The chosen point can be pinned. */
    public static final String PIN = "org.holdfast.console.recovery.mayPin";
    /** The chosen point is pinned, and that can be changed. */
    public static final String UNPIN = "org.holdfast.console.recovery.mayUnpin";
    /** Entries are chosen. */
    public static final String ENTRIES = "org.holdfast.console.recovery.hasEntries";
    /** Something is in the basket. */
    public static final String BASKET = "org.holdfast.console.recovery.hasBasket";

    private RecoverSession session;
    private Subscription subscription = () -> {
    };
    private Map<String, Object> told = Map.of();

    @Override
    public void initialize(IServiceLocator locator) {
        session = locator.getService(RecoverSession.class);
        if (session != null) {
            subscription = session.observers().add(topic -> tell());
        }
        told = getCurrentState();
    }

    private void tell() {
        Map<String, Object> now = getCurrentState();
        if (!now.equals(told)) {
            told = now;
            fireSourceChanged(ISources.WORKBENCH, now);
        }
    }

    @Override
    public Map<String, Object> getCurrentState() {
        var state = new HashMap<String, Object>();
        state.put(VAULT, session != null && session.connection() != null);
        state.put(POINT, session != null && session.point() != null);
        state.put(PIN, session != null && session.mayPin());
        state.put(UNPIN, session != null && session.mayUnpin());
        state.put(ENTRIES, session != null && !session.entries().isEmpty());
        state.put(BASKET, session != null && !session.basket().isEmpty());
        return state;
    }

    @Override
    public String[] getProvidedSourceNames() {
        return new String[] { VAULT, POINT, PIN, UNPIN, ENTRIES, BASKET };
    }

    @Override
    public void dispose() {
        subscription.close();
    }
}

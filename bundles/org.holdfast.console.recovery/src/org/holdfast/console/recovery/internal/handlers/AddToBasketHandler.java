package org.holdfast.console.recovery.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.internal.RecoverActions;

/** Puts the chosen entries into the basket. */
public final class AddToBasketHandler extends RecoverHandler {
    @Override
    void run(RecoverSession session, RecoverActions actions, Shell shell, ExecutionEvent event) {
        actions.addToBasket(session.entries());
    }
}

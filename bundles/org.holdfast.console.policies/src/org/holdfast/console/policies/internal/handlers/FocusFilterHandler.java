package org.holdfast.console.policies.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Display;
import org.holdfast.console.ui.FilterField;

/** Goes to the filter field of the part that has the focus. */
public final class FocusFilterHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        FilterField.focusActive(Display.getCurrent());
        return null;
    }
}

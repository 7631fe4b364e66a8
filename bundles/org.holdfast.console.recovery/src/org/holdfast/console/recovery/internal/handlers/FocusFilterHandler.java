package org.holdfast.console.recovery.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.ui.FilterField;

/** Goes to the filter field of the part that has the focus. */
public final class FocusFilterHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        for (Control c = Display.getCurrent().getFocusControl(); c != null; c = c.getParent()) {
            if (c.getData(FilterField.KEY) instanceof Text field && !field.isDisposed()) {
                field.setFocus();
                field.selectAll();
                break;
            }
        }
        return null;
    }
}

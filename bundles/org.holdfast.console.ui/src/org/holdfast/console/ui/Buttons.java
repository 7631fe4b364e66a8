package org.holdfast.console.ui;

import java.util.Map;
import java.util.function.IntFunction;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.widgets.Button;

/** Names of the buttons that JFace makes itself, in the languages of the console. */
public final class Buttons {
    private Buttons() {
    }

    /** Gives the buttons of a dialog or wizard our names. */
    public static void name(IntFunction<Button> buttons) {
        Map.of(IDialogConstants.CANCEL_ID, cancel(), IDialogConstants.BACK_ID, Messages.button_back,
                IDialogConstants.NEXT_ID, Messages.button_next, IDialogConstants.FINISH_ID, Messages.button_finish)
                .forEach((id, text) -> {
                    Button button = buttons.apply(id);
                    if (button != null) {
                        button.setText(text);
                    }
                });
    }

    /** Goes away without doing anything. */
    public static String cancel() {
        return Messages.button_cancel;
    }

    /** Goes away when there is nothing to undo. */
    public static String close() {
        return Messages.button_close;
    }
}

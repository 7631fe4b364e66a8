package org.holdfast.console.tests;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.ui.Ui;

/** A keyboard for a test: the keys go through the window system to whatever has the focus, as a person's do. */
final class Keys {
    private static final int MOST_TABS = 40;

    private final Screen screen;

    Keys(Screen screen) {
        this.screen = screen;
    }

    /** Waits until the window has the keyboard. */
    void in(Shell shell) {
        screen.until("the window has the keyboard", () -> screen.display().getActiveShell() == shell
                && screen.display().getFocusControl() != null);
    }

    /** Waits until the widget of that id has the focus. */
    void at(String id) {
        screen.until(id + " has the focus, not " + focused(), () -> id.equals(focused()));
    }

    /** The id of what has the focus. */
    String focused() {
        Control control = screen.display().getFocusControl();
        return control == null ? "nothing" : String.valueOf(control.getData(Ui.ID));
    }

    /** Types into the field that has the focus, and waits until all of it is there. */
    void type(String text) {
        if (!(screen.display().getFocusControl() instanceof Text field)) {
            throw new AssertionError(focused() + " is no field");
        }
        int before = field.getCharCount() - field.getSelectionCount();
        for (char c : text.toCharArray()) {
            key(c);
        }
        screen.until("typed into " + focused(), () -> field.getCharCount() == before + text.length());
    }

    /** Presses keys together, the last one being held shortest: modifiers first. */
    void press(int... codes) {
        for (int code : codes) {
            post(SWT.KeyDown, code, '\0');
        }
        for (int i = codes.length - 1; i >= 0; i--) {
            post(SWT.KeyUp, codes[i], '\0');
        }
        screen.settle();
    }

    /** Selects all of the field that has the focus, as somebody does who writes something else. */
    void selectAll() {
        post(SWT.KeyDown, SWT.MOD1, '\0');
        post(SWT.KeyDown, 0, 'a');
        post(SWT.KeyUp, 0, 'a');
        post(SWT.KeyUp, SWT.MOD1, '\0');
        screen.settle();
    }

    /** Presses Tab until the widget of that id has the focus, as somebody does who knows no better. */
    void to(String id) {
        for (int i = 0; i < MOST_TABS && !id.equals(focused()); i++) {
            press(SWT.TAB);
        }
        at(id);
    }

    /** Presses Alt and the letter of a button, as its text names it; the button must be able to be pressed. */
    void alt(Shell shell, String id) {
        alt(Screen.find(shell, id, Button.class), id);
    }

    /** The same for one of the buttons below a dialog, by its number. */
    void alt(Shell shell, int number) {
        alt(Screen.all(shell).stream().filter(c -> c instanceof Button && Integer.valueOf(number).equals(c.getData()))
                .map(Button.class::cast).findFirst().orElseThrow(() -> new AssertionError("no button " + number)),
                "button " + number);
    }

    private void alt(Button button, String id) {
        screen.until(id + " can be pressed", button::isEnabled);
        String text = button.getText().replace("&&", "  ");
        int at = text.indexOf('&');
        if (at < 0) {
            throw new AssertionError(id + " has no key: " + text);
        }
        char letter = Character.toLowerCase(text.charAt(at + 1));
        alt(letter);
    }

    /** Presses Alt and a letter, for the field whose label names it. */
    void alt(char letter) {
        post(SWT.KeyDown, SWT.ALT, '\0');
        post(SWT.KeyDown, 0, letter);
        post(SWT.KeyUp, 0, letter);
        post(SWT.KeyUp, SWT.ALT, '\0');
        screen.settle();
    }

    private void key(char c) {
        boolean shift = Character.isUpperCase(c) || ":_@~\"".indexOf(c) >= 0;
        if (shift) {
            post(SWT.KeyDown, SWT.SHIFT, '\0');
        }
        post(SWT.KeyDown, 0, c);
        post(SWT.KeyUp, 0, c);
        if (shift) {
            post(SWT.KeyUp, SWT.SHIFT, '\0');
        }
    }

    private void post(int type, int code, char character) {
        var event = new Event();
        event.type = type;
        event.keyCode = code;
        event.character = character;
        if (!screen.display().post(event)) {
            throw new AssertionError("the window system takes no keys");
        }
        screen.settle();
    }
}

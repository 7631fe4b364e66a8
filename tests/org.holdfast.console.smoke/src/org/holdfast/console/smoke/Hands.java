package org.holdfast.console.smoke;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CLabel;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;

/**
 * Does in the console's windows what a person does, and waits for what a person would wait for. Used from a thread of
 * its own: a dialog that opens keeps the thread of the windows until it is closed.
 */
final class Hands {
    /** Where the console's widgets say who they are. */
    private static final String ID = "org.holdfast.console.ui.id";
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(30);
    private static final int SECONDS = 30;

    private final Screen screen;

    Hands(Screen screen) {
        this.screen = screen;
    }

    /** Asks something on the thread of the windows. */
    <T> T ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        screen.display().asyncExec(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(2L * SECONDS, TimeUnit.SECONDS).join();
    }

    /** Does something that may open a dialog; does not wait for its end. */
    private void start(Runnable action) {
        screen.display().asyncExec(action);
        ask(() -> true);
    }

    /** Waits until something holds. */
    void until(String what, int seconds, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!ask(condition::getAsBoolean)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not in time: " + what);
            }
            LockSupport.parkNanos(TURN);
        }
    }

    /** Opens a perspective. */
    void perspective(String id) {
        ask(() -> {
            screen.page().setPerspective(screen.workbench().getPerspectiveRegistry().findPerspectiveWithId(id));
            return true;
        });
    }

    /** Brings a view to the front. */
    void view(String id) {
        ask(() -> {
            try {
                return screen.page().showView(id);
            } catch (PartInitException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Starts a command as soon as it can be; it may open a dialog. */
    void command(String id) {
        ICommandService commands = ask(() -> PlatformUI.getWorkbench().getService(ICommandService.class));
        until("command " + id + " is enabled", SECONDS, () -> commands.getCommand(id).isEnabled());
        start(() -> {
            try {
                PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand(id, null);
            } catch (Exception e) {
                throw new IllegalStateException(id + ": " + e, e);
            }
        });
    }

    private Stream<Shell> shells(Predicate<Shell> which) {
        return Stream.of(screen.display().getShells()).filter(Shell::isVisible).filter(which);
    }

    private <T extends Control> List<T> all(String id, Class<T> type) {
        return shells(s -> true).flatMap(s -> Screen.shown(s, type).stream()).filter(c -> id.equals(c.getData(ID)))
                .toList();
    }

    /** The control of that id that is shown in any window, when it is there. */
    <T extends Control> T find(String id, Class<T> type) {
        until("control " + id, SECONDS, () -> !all(id, type).isEmpty());
        return ask(() -> all(id, type).getFirst());
    }

    /** Whether a control of that id is shown in any window; on the thread of the windows only. */
    boolean shows(String id) {
        return !all(id, Control.class).isEmpty();
    }

    /** Waits for a control. */
    void awaits(String id, int seconds) {
        until("control " + id, seconds, () -> shows(id));
    }

    /** Waits until a control is gone. */
    void gone(String id, int seconds) {
        until("control " + id + " is gone", seconds, () -> !shows(id));
    }

    /** What a field says. */
    String text(String id) {
        Text field = find(id, Text.class);
        return ask(field::getText);
    }

    /** Presses a button as soon as it can be pressed. */
    void press(String id) {
        press(id, SECONDS);
    }

    void press(String id, int seconds) {
        press(find(id, Button.class), id, seconds);
    }

    private void press(Button button, String name, int seconds) {
        until("button " + name + " can be pressed", seconds, () -> button.isDisposed() || button.isEnabled());
        start(() -> {
            if ((button.getStyle() & (SWT.CHECK | SWT.TOGGLE | SWT.RADIO)) != 0) {
                button.setSelection((button.getStyle() & SWT.RADIO) != 0 || !button.getSelection());
                others(button);
            }
            button.notifyListeners(SWT.Selection, new Event());
        });
    }

    /** A person who chooses one of several leaves the one before. */
    private static void others(Button chosen) {
        if ((chosen.getStyle() & SWT.RADIO) == 0) {
            return;
        }
        for (Control sibling : chosen.getParent().getChildren()) {
            if (sibling instanceof Button other && other != chosen && (other.getStyle() & SWT.RADIO) != 0
                    && other.getSelection()) {
                other.setSelection(false);
                other.notifyListeners(SWT.Selection, new Event());
            }
        }
    }

    /** Types into a field that is empty or will be overwritten. */
    void type(String id, String text) {
        Text field = find(id, Text.class);
        ask(() -> {
            field.setFocus();
            field.setText(text);
            return true;
        });
    }

    /** Ticks a box that may be ticked already. */
    void check(String id) {
        Button box = find(id, Button.class);
        if (!ask(box::getSelection)) {
            press(id);
        }
    }

    /** Rows that a table shows, or none; on the thread of the windows only. */
    int count(String id) {
        List<Table> found = all(id, Table.class);
        return found.isEmpty() ? 0 : found.getFirst().getItemCount();
    }

    /** Rows of a table with a text in any of their columns; on the thread of the windows only. */
    int rowsWith(String id, String text) {
        return all(id, Table.class).stream().mapToInt(table -> (int) Stream.of(table.getItems())
                .filter(item -> IntStream.range(0, table.getColumnCount()).anyMatch(i -> item.getText(i).equals(text)))
                .count()).sum();
    }

    /** Whether a button is shown that can be pressed; on the thread of the windows only. */
    boolean isEnabled(String id) {
        return all(id, Button.class).stream().anyMatch(Button::isEnabled);
    }

    /** What a label says, or nothing; on the thread of the windows only. */
    String label(String id) {
        return all(id, Control.class).stream().findFirst().map(c -> c instanceof Label l ? l.getText()
                : c instanceof CLabel l ? l.getText() : "").orElse("");
    }

    /** Whether an editor is open; on the thread of the windows only. */
    boolean hasEditor() {
        return screen.page().getActiveEditor() != null;
    }

    /** The next page of a wizard whose buttons have no names of their own. */
    void next() {
        pressNumber(IDialogConstants.NEXT_ID);
    }

    /** The end of such a wizard. */
    void finish() {
        pressNumber(IDialogConstants.FINISH_ID);
    }

    private void pressNumber(int number) {
        Integer wanted = number;
        until("button " + number, SECONDS, () -> numbered(wanted) != null);
        press(ask(() -> numbered(wanted)), "number " + number, SECONDS);
    }

    private Button numbered(Integer number) {
        return shells(s -> true).flatMap(s -> Screen.shown(s, Button.class).stream())
                .filter(b -> number.equals(b.getData())).findFirst().orElse(null);
    }

    /** Waits for rows of a table and selects all. */
    void selectAll(String id, int rows, int seconds) {
        Table table = find(id, Table.class);
        until(rows + " rows in " + id, seconds, () -> table.getItemCount() >= rows);
        start(() -> {
            table.setFocus();
            table.selectAll();
            table.notifyListeners(SWT.Selection, new Event());
        });
    }

    /** Selects the row of a table that has a text in one of its columns. */
    void select(String id, String text, int seconds) {
        Table table = find(id, Table.class);
        until(text + " in " + id, seconds, () -> row(table, text) >= 0);
        start(() -> {
            table.setFocus();
            table.setSelection(row(table, text));
            table.notifyListeners(SWT.Selection, new Event());
        });
    }

    private static int row(Table table, String text) {
        TableItem[] items = table.getItems();
        for (int i = 0; i < items.length; i++) {
            TableItem item = items[i];
            if (IntStream.range(0, table.getColumnCount()).anyMatch(c -> item.getText(c).equals(text))) {
                return i;
            }
        }
        return -1;
    }

    /** Enter or double click on what is selected. */
    void activate(String id) {
        Control control = find(id, Control.class);
        start(() -> control.notifyListeners(SWT.DefaultSelection, new Event()));
    }

    private Shell front() {
        Shell active = screen.display().getActiveShell();
        return active == null ? shells(s -> true).reduce((a, b) -> b).orElseThrow() : active;
    }

    /** A picture of the front window. */
    void picture(String name) {
        ask(() -> keep(front(), name));
    }

    /** A picture of the console's main window, without what comes up by itself. */
    void wholePicture(String name) {
        ask(() -> {
            shells(s -> "notices".equals(s.getData(ID))).forEach(Shell::close);
            return keep(screen.window().getShell(), name);
        });
    }

    private boolean keep(Shell shell, String name) {
        try {
            screen.picture(shell, name);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in a small file, such as one with a password. */
    static String read(String file) throws IOException {
        return Files.readString(Path.of(file)).strip();
    }
}

package org.holdfast.console.servers.internal;

import java.util.function.Consumer;
import java.util.function.Supplier;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.model.SavedFilters;
import org.holdfast.console.model.SavedFilters.Filter;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** A button with the saved filters: takes one, saves the present one under a name, removes one. */
final class FilterMenu {
    private final FilterMemory memory;
    private final Supplier<Filter> present;
    private final Consumer<Filter> taken;
    private final Button button;

    /**
     * @param present what is filtered by now
     * @param taken told the filter to filter by
     */
    FilterMenu(Composite parent, FilterMemory memory, Supplier<Filter> present, Consumer<Filter> taken) {
        this.memory = memory;
        this.present = present;
        this.taken = taken;
        button = Ui.button(parent, "servers.filters", Messages.filters_button, this::open);
        button.setToolTipText(Messages.filters_tip);
    }

    private void open() {
        Menu old = button.getMenu();
        if (old != null) {
            old.dispose();
        }
        var menu = new Menu(button);
        SavedFilters saved = memory.filters();
        for (Filter filter : saved.filters()) {
            item(menu, filter.name(), () -> taken.accept(filter));
        }
        if (!saved.filters().isEmpty()) {
            new MenuItem(menu, SWT.SEPARATOR);
        }
        Filter now = present.get();
        MenuItem save = item(menu, Messages.filters_save, this::save);
        save.setEnabled(!now.text().isBlank() || !now.chips().isEmpty());
        if (!saved.filters().isEmpty()) {
            var cascade = new MenuItem(menu, SWT.CASCADE);
            cascade.setText(Messages.filters_remove);
            var names = new Menu(cascade);
            cascade.setMenu(names);
            for (Filter filter : saved.filters()) {
                item(names, filter.name(), () -> memory.set(memory.filters().without(filter.name())));
            }
        }
        button.setMenu(menu);
        Rectangle place = button.getBounds();
        menu.setLocation(button.getParent().toDisplay(place.x, place.y + place.height));
        menu.setVisible(true);
    }

    private static MenuItem item(Menu menu, String text, Runnable action) {
        var item = new MenuItem(menu, SWT.PUSH);
        item.setText(text);
        item.addListener(SWT.Selection, e -> action.run());
        return item;
    }

    private void save() {
        Filter now = present.get();
        var dialog = new NameDialog(button.getShell(), now.text());
        if (dialog.open() == Window.OK) {
            memory.set(memory.filters().with(new Filter(dialog.getValue().strip(), now.text(), now.chips())));
        }
    }

    /** Asks what the filter is to be called. */
    private static final class NameDialog extends InputDialog {
        NameDialog(Shell parent, String proposal) {
            super(parent, Messages.filters_saveTitle, Messages.filters_saveText, proposal,
                    text -> text.isBlank() ? Messages.filters_noName : null);
        }

        @Override
        protected void configureShell(Shell shell) {
            super.configureShell(shell);
            Ui.id(shell, "filterName");
        }

        @Override
        protected void createButtonsForButtonBar(Composite parent) {
            super.createButtonsForButtonBar(parent);
            Buttons.name(this::getButton);
            Ui.id(getButton(IDialogConstants.OK_ID), "filterName.ok").setText(Messages.filters_ok);
        }
    }
}

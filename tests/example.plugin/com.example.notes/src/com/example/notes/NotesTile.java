package com.example.notes;

import jakarta.inject.Inject;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.tile.DashboardTile;
import org.holdfast.console.ui.tile.TileFleet;

/** How many servers have a note. */
public final class NotesTile implements DashboardTile {
    private final NoteBook book;
    private Label label;

    /** Called by the overview. */
    @Inject
    public NotesTile(NoteBook book) {
        this.book = book;
    }

    @Override
    public void create(Composite parent) {
        label = Ui.id(new Label(parent, SWT.NONE), "com.example.notes.count");
        label.setLayoutData(Ui.wide());
    }

    @Override
    public void update(TileFleet fleet) {
        long with = fleet.servers().stream().filter(row -> !book.read(row.value().id()).isEmpty()).count();
        label.setText(with + " of " + fleet.servers().size());
    }
}

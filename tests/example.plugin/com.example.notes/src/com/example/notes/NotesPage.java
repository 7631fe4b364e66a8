package com.example.notes;

import jakarta.inject.Inject;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Ui;

/** The note on the server that the editor shows. It is saved when the focus leaves it. */
public final class NotesPage implements ServerPage {
    private final NoteBook book;
    private final Runnable reader = this::update;
    private OpenServer server;
    private Text text;

    /** Called by the editor: the note book is a service. */
    @Inject
    public NotesPage(NoteBook book) {
        this.book = book;
    }

    @Override
    public void create(Composite parent, OpenServer open) {
        server = open;
        new Label(parent, SWT.NONE).setText("What the next administrator should know:");
        text = Ui.id(new Text(parent, SWT.MULTI | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER), "com.example.notes.text");
        Ui.name(text, "Note");
        text.setLayoutData(Ui.fill());
        text.addListener(SWT.FocusOut, e -> book.write(server.summary().id(), text.getText()));
        book.tell(reader);
    }

    @Override
    public void update() {
        if (!text.isFocusControl()) {
            text.setText(book.read(server.summary().id()));
        }
    }

    @Override
    public void focus() {
        text.setFocus();
    }

    @Override
    public void dispose() {
        book.tellNoMore(reader);
    }
}

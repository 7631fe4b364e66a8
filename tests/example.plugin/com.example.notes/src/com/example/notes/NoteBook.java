package com.example.notes;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.prefs.BackingStoreException;

/** What people write about servers, kept on their own computer. To be used on the user interface thread. */
@Component(service = NoteBook.class)
public final class NoteBook {
    private final IEclipsePreferences notes = InstanceScope.INSTANCE.getNode("com.example.notes");
    private final List<Runnable> readers = new ArrayList<>();

    /** The note on a server, or an empty text. */
    public String read(String server) {
        return notes.get(server, "");
    }

    /** Replaces the note on a server; an empty text removes it. */
    public void write(String server, String text) {
        if (text.isBlank()) {
            notes.remove(server);
        } else {
            notes.put(server, text.strip());
        }
        try {
            notes.flush();
        } catch (BackingStoreException e) {
            ILog.of(NoteBook.class).error("The note was not saved.", e);
        }
        List.copyOf(readers).forEach(Runnable::run);
    }

    /** Is told when a note has changed, until it says that it is told no longer. */
    public void tell(Runnable reader) {
        readers.add(reader);
    }

    /** Ends that. */
    public void tellNoMore(Runnable reader) {
        readers.remove(reader);
    }
}

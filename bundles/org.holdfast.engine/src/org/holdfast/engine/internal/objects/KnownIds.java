package org.holdfast.engine.internal.objects;

/**
 * What is in the vault already or on its way there. The index is read when the first question is asked, so a backup
 * that finds nothing changed never reads it. Thread-safe.
 */
public final class KnownIds {
    /** Fills the table from the store. */
    @FunctionalInterface
    public interface Loader {
        /** Adds all ids that count as present. */
        void load(IdTable into);
    }

    private final Loader loader;
    private volatile IdTable table;

    /** @param loader reads the index */
    public KnownIds(Loader loader) {
        this.loader = loader;
    }

    private IdTable table() {
        IdTable t = table;
        if (t == null) {
            synchronized (this) {
                t = table;
                if (t == null) {
                    t = IdTable.ofIds();
                    loader.load(t);
                    table = t;
                }
            }
        }
        return t;
    }

    /** Whether an id is in the vault or claimed. */
    public boolean contains(byte[] id, int at) {
        return table().get(id, at) >= 0;
    }

    /** Claims an id: true when it is new, and the caller must store it. */
    public boolean claim(byte[] id, int at) {
        return table().putIfAbsent(id, at, 0) < 0;
    }
}

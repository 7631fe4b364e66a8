package org.holdfast.source.files.internal;

import org.eclipse.jdt.annotation.Nullable;

/** Asks the system for names that are not in its local files. */
public interface NameLookup {
    /** Name of an id, or null when there is none or nobody can be asked. */
    @Nullable
    String name(int id);

    /** Id of a name, or -1 when there is none or nobody can be asked. */
    int id(String name);
}

package org.holdfast.console.servers.internal;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.model.SavedFilters;
import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

/** The filters that a person saved, kept with the settings of the console. */
public final class FilterMemory {
    private static final String NODE = "org.holdfast.console.servers";
    private static final String KEY = "savedFilters";

    private final @Nullable Preferences preferences;
    private SavedFilters filters;

    /** @param preferences where they are kept, null: nowhere */
    public FilterMemory(@Nullable Preferences preferences) {
        this.preferences = preferences;
        filters = SavedFilters.of(preferences == null ? "" : preferences.get(KEY, ""));
    }

    /** Keeps them with the workbench, and nowhere when there is none. */
    static FilterMemory ofWorkbench() {
        return new FilterMemory(Platform.isRunning() ? InstanceScope.INSTANCE.getNode(NODE) : null);
    }

    /** What is saved. */
    SavedFilters filters() {
        return filters;
    }

    /** Saves others. */
    void set(SavedFilters other) {
        filters = other;
        Preferences kept = preferences;
        if (kept == null) {
            return;
        }
        kept.put(KEY, other.text());
        try {
            kept.flush();
        } catch (BackingStoreException e) {
            ILog.of(FilterMemory.class).warn("The filters could not be kept.", e);
        }
    }
}

package org.holdfast.console.recovery.internal;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

/** Directories of vaults that were opened lately; never a passphrase. */
public final class RecentVaults {
    private static final String KEY = "recentVaults";
    private static final int MOST = 10;

    private final Preferences preferences;

    /** Keeps them in a node of preferences. */
    public RecentVaults(Preferences preferences) {
        this.preferences = preferences;
    }

    /** Keeps them with the workbench. */
    static RecentVaults ofWorkbench() {
        return new RecentVaults(InstanceScope.INSTANCE.getNode("org.holdfast.console.recovery"));
    }

    /** Newest first. */
    public List<String> locations() {
        return preferences.get(KEY, "").lines().filter(l -> !l.isBlank()).toList();
    }

    /** Remembers a directory as the newest. */
    public void add(String location) {
        var all = new ArrayList<>(locations());
        all.remove(location);
        all.addFirst(location);
        preferences.put(KEY, String.join("\n", all.subList(0, Math.min(MOST, all.size()))));
        try {
            preferences.flush();
        } catch (BackingStoreException e) {
            ILog.of(RecentVaults.class).warn("The list of recent vaults could not be kept.", e);
        }
    }
}

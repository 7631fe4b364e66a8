package org.holdfast.console.recovery.internal;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

/** How a person wants the parts of the perspective to be; kept with the workbench, for the moment without one. */
public final class RecoverSettings {
    private static final String PREVIEW = "preview";

    private final Preferences preferences;
    private boolean preview = true;

    /** @param preferences where it is kept, or null for the moment only */
    public RecoverSettings(Preferences preferences) {
        this.preferences = preferences;
        if (preferences != null) {
            preview = preferences.getBoolean(PREVIEW, true);
        }
    }

    static RecoverSettings ofWorkbench() {
        return new RecoverSettings(
                Platform.isRunning() ? InstanceScope.INSTANCE.getNode("org.holdfast.console.recovery") : null);
    }

    /** Whether files are shown beside the tree. */
    public boolean isPreview() {
        return preview;
    }

    /** Changes it. */
    public void setPreview(boolean on) {
        if (preview == on) {
            return;
        }
        preview = on;
        if (preferences != null) {
            preferences.putBoolean(PREVIEW, on);
            try {
                preferences.flush();
            } catch (BackingStoreException e) {
                ILog.of(RecoverSettings.class).warn("A setting could not be kept.", e);
            }
        }
    }
}

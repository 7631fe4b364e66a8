package org.holdfast.console.monitor.internal;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.ui.preferences.ScopedPreferenceStore;

/**
 * What a person wants to be told of.
 *
 * @param store where it is kept
 */
public record NoticeSettings(IPreferenceStore store) {
    /** Jobs that this person started and that have ended. */
    public static final String JOBS = "notices.jobs";
    /** New critical alerts. */
    public static final String ALERTS = "notices.alerts";

    /** Both are wanted until somebody says otherwise. */
    public NoticeSettings {
        store.setDefault(JOBS, true);
        store.setDefault(ALERTS, true);
    }

    /** Those of this console. */
    static NoticeSettings ofConsole() {
        return new NoticeSettings(new ScopedPreferenceStore(InstanceScope.INSTANCE, "org.holdfast.console.monitor"));
    }

    boolean jobs() {
        return store.getBoolean(JOBS);
    }

    boolean alerts() {
        return store.getBoolean(ALERTS);
    }
}

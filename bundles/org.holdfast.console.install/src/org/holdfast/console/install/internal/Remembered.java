package org.holdfast.console.install.internal;

import java.util.HashMap;
import java.util.Map;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jdt.annotation.Nullable;
import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

/** What was entered the last time, to be proposed the next time; never a secret. */
public final class Remembered {
    /** Name of the user on hosts. */
    static final String USER = "user";
    /** File of the private key. */
    static final String KEY = "key";
    /** File of the agent's package. */
    static final String PACKAGE = "package";
    /** File of sealed passphrases. */
    static final String SEALED = "sealed";

    private final @Nullable Preferences preferences;
    private final Map<String, String> own = new HashMap<>();

    private Remembered(@Nullable Preferences preferences) {
        this.preferences = preferences;
    }

    /** In the workbench's preferences. */
    public static Remembered ofWorkbench() {
        return new Remembered(InstanceScope.INSTANCE.getNode("org.holdfast.console.install"));
    }

    /** Until the program ends. */
    public static Remembered inMemory() {
        return new Remembered(null);
    }

    String get(String key, String otherwise) {
        return preferences == null ? own.getOrDefault(key, otherwise) : preferences.get(key, otherwise);
    }

    void put(String key, String value) {
        own.put(key, value);
        if (preferences != null) {
            preferences.put(key, value);
            try {
                preferences.flush();
            } catch (BackingStoreException e) {
                ILog.of(Remembered.class).warn("What was entered could not be remembered.", e);
            }
        }
    }
}

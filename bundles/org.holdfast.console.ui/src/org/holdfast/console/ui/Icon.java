package org.holdfast.console.ui;

import java.net.URL;
import java.util.Objects;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.graphics.Image;

/**
 * The console's icons, all drawn for it, as scalable graphics in colours that can be told apart on light and dark
 * ground. No meaning is carried by an icon or its colour alone: a word stands beside it.
 */
public enum Icon {
    VAULT, SERVER, COMPLETED, WARNINGS, INTERRUPTED, FOLDER, FILE, LINK, SPECIAL, NEW, CHANGED, REMOVED, SEARCH,
    REFRESH, BASKET, RESTORE, HISTORY, TIMELINE, ADD, REMOVE, COPY, OPEN, CANCEL, UP, INFO, ERROR, KEY, THEME, TAG,
    POLICY, ALERT, OVERVIEW, AUDIT, PIN, SERVER_LARGE,
    EMPTY_LARGE, VAULT_LARGE, SEARCH_LARGE, ERROR_LARGE, HISTORY_LARGE, BASKET_LARGE, LOADING_LARGE, RESTORE_BANNER,
    VAULT_BANNER;

    /** Where it is drawn. */
    public URL url() {
        String file = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".svg";
        return Objects.requireNonNull(Icon.class.getResource("/icons/" + file), file);
    }

    /** For JFace. */
    public ImageDescriptor descriptor() {
        return ImageDescriptor.createFromURL(url());
    }

    /** One image for all who show it; it lives as long as the display and must not be disposed. */
    public Image image() {
        String key = Icon.class.getName() + '.' + name();
        var registry = JFaceResources.getImageRegistry();
        if (registry.getDescriptor(key) == null) {
            registry.put(key, descriptor());
        }
        return registry.get(key);
    }
}

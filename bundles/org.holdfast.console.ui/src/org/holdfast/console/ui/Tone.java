package org.holdfast.console.ui;

import org.eclipse.jface.resource.ColorRegistry;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Control;

/**
 * Colours with a meaning. They are colour definitions of the theme ({@code plugin.xml}, dark values in
 * {@code css/dark.css}), so a person can change them; without a workbench the values here are used.
 */
public enum Tone {
    /** All is well. */
    OK("#1f7a45", "#5cc489"),
    /** Look at it. */
    WARNING("#9a6200", "#f0b24a"),
    /** It failed, or is gone. */
    ERROR("#b3261e", "#ff8a80"),
    /** Not complete. */
    PARTIAL("#6a3fc0", "#bfa2ff"),
    /** Less important text. */
    MUTED("#5f6770", "#a5adb6"),
    /** Chosen, changed. */
    ACCENT("#1d5fb8", "#7fb2ff"),
    /** Lines of drawings. */
    LINE("#b9c0c8", "#5a626b");

    private final String light;
    private final String dark;

    Tone(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    /** Id of the colour definition. */
    public String id() {
        return "org.holdfast.console.ui." + name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Value for a ground without a theme. */
    public RGB value(boolean onDark) {
        int v = Integer.parseInt((onDark ? dark : light).substring(1), 16);
        return new RGB(v >> 16, v >> 8 & 0xff, v & 0xff);
    }

    /** The colour to draw with on a control; not to be disposed. */
    public Color on(Control control) {
        ColorRegistry registry = JFaceResources.getColorRegistry();
        if (registry.hasValueFor(id())) {
            return registry.get(id());
        }
        return new Color(value(isDark(control.getBackground())));
    }

    /** Whether text on this ground has to be light. */
    public static boolean isDark(Color ground) {
        return 299 * ground.getRed() + 587 * ground.getGreen() + 114 * ground.getBlue() < 128_000;
    }
}

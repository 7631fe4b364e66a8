package org.holdfast.console.app;

import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.List;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.eclipse.swt.widgets.Tree;
import org.holdfast.console.ui.Tone;

/**
 * Repairs what a change of themes leaves behind: the dark one gives texts a light colour, and the light one says
 * nothing about the colour of texts, so they would be light on light; its tables stay dark.
 */
final class Ground {
    /** Not the system's: the toolkit remembers the one it had in the dark. */
    private static final Color TEXT = new Color(0x2e, 0x34, 0x36);

    private static final Color FIELD = new Color(0xff, 0xff, 0xff);

    private Ground() {
    }

    /** Gives light texts a dark colour and dark tables and fields a light ground, here and in everything below. */
    static void repair(Control control) {
        boolean field = control instanceof Table || control instanceof Tree || control instanceof Text
                || control instanceof StyledText || control instanceof List;
        if (field && Tone.isDark(control.getBackground())) {
            control.setBackground(FIELD);
        }
        if (!Tone.isDark(control.getForeground())) {
            control.setForeground(TEXT);
        }
        if (control instanceof ToolBar bar) {
            for (ToolItem item : bar.getItems()) {
                if (!Tone.isDark(item.getForeground())) {
                    item.setForeground(TEXT);
                }
            }
        }
        if (control instanceof Composite composite) {
            for (Control child : composite.getChildren()) {
                repair(child);
            }
        }
    }
}

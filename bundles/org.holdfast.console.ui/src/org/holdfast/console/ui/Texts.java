package org.holdfast.console.ui;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.osgi.util.NLS;

/** Texts with numbers in them. */
public final class Texts {
    private static final Pattern COUNTED = Pattern.compile("\\{(\\d)\\|([^|}]*)\\|([^}]*)}");

    private Texts() {
    }

    /**
     * Puts values into a text, as {@link NLS#bind} does. Where the text says <code>{0|file|files}</code> there is the
     * first value and behind it the word that fits it: "1 file", "1,204 files".
     *
     * @param values numbers are given as people read them
     */
    public static String bind(String text, Object... values) {
        String fitting = COUNTED.matcher(text).replaceAll(found -> {
            int which = Integer.parseInt(found.group(1));
            boolean one = which < values.length && "1".equals(String.valueOf(values[which]));
            return Matcher.quoteReplacement('{' + found.group(1) + "} " + found.group(one ? 2 : 3));
        });
        return NLS.bind(fitting, values);
    }
}

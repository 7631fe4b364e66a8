package org.holdfast.console.client;

import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What a refusal says to a person, by its stable code. The vault speaks English and knows more than its code, such as
 * names and times: its own words are used in English, and for codes that are not known here; in another language they
 * are part of the text where they carry more than the code.
 */
final class Refusals {
    private static final String ADVICE = ".advice";
    private static final String OWN_WORDS = "{0}";

    private final @Nullable ResourceBundle texts;
    private final boolean ownWords;

    Refusals(Locale locale) {
        texts = load(locale);
        ownWords = locale.getLanguage().equals(Locale.ENGLISH.getLanguage());
    }

    private static @Nullable ResourceBundle load(Locale locale) {
        try {
            return ResourceBundle.getBundle(Refusals.class.getPackageName() + ".refusals", locale,
                    Refusals.class.getClassLoader(),
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        } catch (MissingResourceException e) {
            return null;
        }
    }

    /**
     * What happened.
     *
     * @param code stable, lower case with hyphens
     * @param said by the vault, may be empty
     */
    String message(String code, String said) {
        String own = said.equals(code) ? "" : said;
        String text = text(code);
        if (text == null || ownWords && !own.isEmpty()) {
            return own.isEmpty() ? code : own;
        }
        return own.isEmpty() ? text.replace(" (" + OWN_WORDS + ')', "").replace(OWN_WORDS, "").strip()
                : text.replace(OWN_WORDS, own);
    }

    /** What to do next, may be empty. */
    String advice(String code, String said) {
        String text = text(code + ADVICE);
        return text == null || ownWords || said.isEmpty() && text(code) == null ? said : text;
    }

    private @Nullable String text(String key) {
        ResourceBundle bundle = texts;
        return bundle == null || !bundle.containsKey(key) ? null : bundle.getString(key);
    }
}

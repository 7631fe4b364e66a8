package org.holdfast.console.app.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The language that a person has chosen for the console. */
final class Settings {
    private Settings() {
    }

    /** Read by the start script, because a language counts for a whole run. */
    private static Path languageFile() {
        return Path.of(System.getProperty("user.home"), ".holdfast", "console-language");
    }

    /** Two letters, or an empty text for that of the system. */
    static String language() {
        try {
            return Files.readString(languageFile()).strip();
        } catch (IOException e) {
            return "";
        }
    }

    static void setLanguage(String language) throws IOException {
        if (language.isEmpty()) {
            Files.deleteIfExists(languageFile());
            return;
        }
        Files.createDirectories(languageFile().getParent());
        Files.writeString(languageFile(), language + '\n');
    }
}

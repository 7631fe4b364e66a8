package org.holdfast.agent.install.internal.steps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The scripts that run on hosts. */
final class Scripts {
    static final String CHECK = load("check.sh");
    static final String UPLOAD = load("upload.sh");
    static final String INSTALL = load("install.sh");
    static final String REGISTER = load("register.sh");
    static final String START = load("start.sh");
    static final String STATUS = load("status.sh");

    private Scripts() {
    }

    private static String load(String name) {
        try (var in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is not in this bundle");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

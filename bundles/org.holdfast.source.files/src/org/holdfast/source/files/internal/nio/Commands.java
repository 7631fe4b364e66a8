package org.holdfast.source.files.internal.nio;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.source.files.internal.NameLookup;

/** Asks for owners with the commands that Unix systems have for it, because the Java library tells no numbers. */
enum Commands implements NameLookup {
    /** Users, by id(1). */
    USERS {
        @Override
        public @Nullable String name(int id) {
            return run(List.of("id", "-un", Integer.toUnsignedString(id)));
        }

        @Override
        public int id(String name) {
            return number(run(List.of("id", "-u", name)));
        }
    },
    /** Groups, by getent(1), which macOS lacks; its groups are in the local file. */
    GROUPS {
        @Override
        public @Nullable String name(int id) {
            return field(run(List.of("getent", "group", Integer.toUnsignedString(id))), 0);
        }

        @Override
        public int id(String name) {
            return number(field(run(List.of("getent", "group", name)), 2));
        }
    };

    private static final boolean UNIX = File.separatorChar == '/';

    private static @Nullable String run(List<String> command) {
        String asked = command.getLast();
        if (!UNIX || asked.isEmpty() || asked.startsWith("-")) {
            return null;
        }
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 && !answer.isEmpty() ? answer : null;
        } catch (IOException e) {
            return null; // no such command
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static @Nullable String field(@Nullable String line, int index) {
        String[] fields = line == null ? new String[0] : line.split(":");
        return fields.length > index ? fields[index] : null;
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,10}") ? (int) Long.parseLong(text) : -1;
    }
}

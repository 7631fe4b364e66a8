package org.holdfast.console.smoke;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was looked at and what was found, one line each: {@code checked NAME NUMBER} or {@code wrong NAME: WHAT}. */
final class Report {
    private final List<String> lines = new ArrayList<>();
    private int found;

    /** Runs one check; what it throws is a finding too. */
    void check(String name, Check check) {
        // A developer's short cut: names of the checks to run.
        String only = System.getProperty("holdfast.smoke.only", name);
        if (!List.of(only.split(",")).contains(name)) {
            return;
        }
        int before = found;
        try {
            int number = check.run(what -> wrong(name, what));
            lines.add("checked " + name + " " + number);
        } catch (Exception | AssertionError | LinkageError e) {
            wrong(name, e.toString() + " at " + e.getStackTrace()[0]);
        }
        if (found > before) {
            lines.add("findings " + name + " " + (found - before));
        }
    }

    /** Something to know that is no finding. */
    void note(String line) {
        lines.add(line);
    }

    private void wrong(String name, String what) {
        found++;
        lines.add("wrong " + name + ": " + what.replace('\n', ' '));
    }

    /** Written in one step, so that nobody reads half of it. */
    void write(Path file) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, lines);
            Files.move(next, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A check tells its findings and returns how many things it looked at. */
    interface Check {
        int run(Findings findings) throws Exception;
    }

    /** Takes what is wrong. */
    interface Findings {
        void add(String what);
    }
}

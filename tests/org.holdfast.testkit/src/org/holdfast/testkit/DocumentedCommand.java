package org.holdfast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command line of Holdfast that our documents show: those in fenced blocks, with or without a prompt, and those in
 * the text between backquotes.
 *
 * @param program which program it is for
 * @param words what follows the program's name
 * @param whole whether it can be typed as it stands; in the text some words may be left out
 * @param place file and line
 */
public record DocumentedCommand(Program program, List<String> words, boolean whole, String place) {
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern COMMAND = Pattern.compile(
            "(?:\\S+[#$] |\\$ )?(?:sudo |source <\\()?((?:\\./|bin/)?holdfast(?:-agent|-vault)?)((?: .*)?)");
    private static final Pattern END = Pattern.compile("\\s(?:#|>|\\||<)(?=\\s|$).*|\\)(?=\\s|$).*");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    /** What stands for words that everybody knows to put there. */
    private static final Pattern LEFT_OUT = Pattern.compile("…|\\.\\.\\.|COMMAND");

    /** The programs. */
    public enum Program {
        /** The command line. */
        CLI,
        /** The program on a protected server. */
        AGENT,
        /** The vault node. */
        VAULT
    }

    /** All of README, CONTRIBUTING and {@code docs}. */
    public static List<DocumentedCommand> all() {
        Path top = repository();
        var found = new ArrayList<DocumentedCommand>();
        try (Stream<Path> docs = Files.list(top.resolve("docs"))) {
            Stream.concat(Stream.of(top.resolve("README.md"), top.resolve("CONTRIBUTING.md")),
                    docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .forEach(file -> found.addAll(in(top.relativize(file).toString(), text(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The folder of the repository in which this test runs. */
    public static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs/tutorial.md"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("This test does not run in the repository");
        }
        return folder;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of one document. */
    static List<DocumentedCommand> in(String name, String text) {
        var found = new ArrayList<DocumentedCommand>();
        boolean fenced = false;
        int number = 0;
        String begun = "";
        for (String line : text.split("\n")) {
            number++;
            String place = name + ":" + number;
            if (line.startsWith("```")) {
                fenced = !fenced;
            } else if (fenced) {
                String all = begun + line.strip();
                begun = all.endsWith(" \\") ? all.substring(0, all.length() - 1) : "";
                if (begun.isEmpty()) {
                    add(found, all, true, place);
                }
            } else {
                Matcher span = SPAN.matcher(line);
                while (span.find()) {
                    add(found, span.group(1), false, place);
                }
            }
        }
        return found;
    }

    private static void add(List<DocumentedCommand> found, String line, boolean typed, String place) {
        Matcher command = COMMAND.matcher(line);
        if (!command.matches()) {
            return;
        }
        var words = new ArrayList<String>();
        boolean whole = typed;
        Matcher word = WORD.matcher(END.matcher(command.group(2)).replaceFirst(""));
        while (word.find()) {
            String each = word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3);
            if (LEFT_OUT.matcher(each).matches()) {
                whole = false;
            } else {
                words.add(each.replaceAll("^\\[(.*)]$", "$1"));
            }
        }
        String program = command.group(1);
        boolean clone = program.equals("./holdfast") && !words.isEmpty();
        if (program.endsWith("-agent") || clone && words.getFirst().equals("agent")) {
            found.add(new DocumentedCommand(Program.AGENT, rest(words, clone), whole, place));
        } else if (program.endsWith("-vault") || clone && words.size() > 1 && words.getFirst().equals("vault")
                && List.of("serve", "check").contains(words.get(1))) {
            found.add(new DocumentedCommand(Program.VAULT, rest(words, clone), whole, place));
        } else {
            found.add(new DocumentedCommand(Program.CLI, List.copyOf(words), whole, place));
        }
    }

    private static List<String> rest(List<String> words, boolean clone) {
        return List.copyOf(words.subList(clone ? 1 : 0, words.size()));
    }

    @Override
    public String toString() {
        return place + ": " + String.join(" ", words);
    }
}

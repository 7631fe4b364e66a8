package org.holdfast.agent.install.internal.ssh;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.SshAccess;
import org.holdfast.agent.install.internal.StepFailedException;

/**
 * Runs scripts as root on a host, by sudo where the user is not root. What scripts are told that is secret comes by
 * their standard input alone, after they said that it is they who listen: never in arguments, never in the environment.
 */
public final class RootShell {
    private static final Duration SHORT = Duration.ofSeconds(60);
    private static final int TAIL = 12;
    /** The password of sudo, or nothing, comes before the mark; whatever sudo left of it is skipped. */
    private static final String HEAD = """
            umask 077
            LC_ALL=C PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            export LC_ALL PATH
            while IFS= read -r word; do [ "$word" != "$mark" ] || break; done
            say() { printf '@%s %s\\n' "$1" "$2"; }
            """;

    private final SshHost host;
    private final SshAccess access;
    private final String mark = HexFormat.of().toHexDigits(new Random().nextLong());
    private String prefix = "";
    private boolean asks;

    /**
     * What a script said.
     *
     * @param code its exit code
     * @param facts lines that began with {@code @}, by their first word
     * @param tail the last of the other lines
     */
    public record Answer(int code, Map<String, List<String>> facts, List<String> tail) {
        /** A fact, or null. */
        public @Nullable String fact(String name) {
            List<String> all = facts.get(name);
            return all == null ? null : all.getLast();
        }

        /** All facts of a name. */
        public List<String> all(String name) {
            return facts.getOrDefault(name, List.of());
        }

        /** A fact that is a number, or -1. */
        public long number(String name) {
            String text = fact(name);
            return text != null && text.matches("-?\\d{1,18}") ? Long.parseLong(text) : -1;
        }

        /** The last lines as one. */
        public String words() {
            return String.join(" / ", tail);
        }
    }

    private RootShell(SshHost host, SshAccess access) {
        this.host = host;
        this.access = access;
    }

    /** Becomes root, or says why that is not possible. */
    public static RootShell become(SshHost host, SshAccess access, Consumer<String> log) throws StepFailedException {
        var shell = new RootShell(host, access);
        var out = Collections.synchronizedList(new ArrayList<String>());
        host.run("id -u", new byte[0], SshHost.Feed.NONE, out::add, SHORT);
        if (out.contains("0")) {
            return shell;
        }
        if (!access.sudo()) {
            throw new StepFailedException(Outcome.NOT_ROOT, "the user is not root there",
                    "Sign in as root, or say that sudo is to be used.");
        }
        shell.sudo(log);
        return shell;
    }

    private void sudo(Consumer<String> log) throws StepFailedException {
        asks = access.sudoPassword() != null;
        prefix = asks ? "sudo -k -S -p '' " : "sudo -n ";
        var said = Collections.synchronizedList(new ArrayList<String>());
        byte[] first = asks ? password() : new byte[0];
        int code;
        try {
            code = host.run(prefix + "id -u", first, SshHost.Feed.NONE, line -> {
                said.add(line);
                log.accept(line);
            }, SHORT);
        } finally {
            Arrays.fill(first, (byte) 0);
        }
        if (code != 0 || !said.contains("0")) {
            throw new StepFailedException(Outcome.NOT_ROOT, "sudo refuses" + (said.isEmpty() ? ""
                    : ": " + said.getLast()),
                    asks ? "Check the password and the rules of sudo there."
                            : "Give the password of sudo, or allow it without one there.");
        }
    }

    private byte[] password() {
        char[] chars = access.sudoPassword() == null ? new char[0] : access.sudoPassword();
        var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
        byte[] line = Arrays.copyOf(encoded.array(), encoded.limit() + 1);
        line[line.length - 1] = '\n';
        Arrays.fill(encoded.array(), (byte) 0);
        return line;
    }

    /**
     * Runs a script as root.
     *
     * @param script for a POSIX shell
     * @param values variables it finds set; no secrets
     * @param feed its standard input, for when it prints {@link SshHost#READY}
     * @param log told the lines that are no facts
     */
    public Answer run(String script, Map<String, String> values, SshHost.Feed feed, Consumer<String> log,
            Duration within) throws StepFailedException {
        return run(script, values, (out, facts) -> feed.write(out), log, within, feed == SshHost.Feed.NONE);
    }

    /** Gives a script its input when it is known what it said before. */
    @FunctionalInterface
    public interface FeedByFacts {
        /** Writes it. */
        void write(java.io.OutputStream out, Map<String, List<String>> facts)
                throws java.io.IOException, StepFailedException;
    }

    /** As {@link #run(String, Map, SshHost.Feed, Consumer, Duration)}, with input that depends on facts. */
    public Answer run(String script, Map<String, String> values, FeedByFacts feed, Consumer<String> log,
            Duration within) throws StepFailedException {
        return run(script, values, feed, log, within, false);
    }

    private Answer run(String script, Map<String, String> values, FeedByFacts feed, Consumer<String> log,
            Duration within, boolean silent) throws StepFailedException {
        var facts = new ConcurrentHashMap<String, List<String>>();
        Deque<String> tail = new ArrayDeque<>();
        Consumer<String> lines = line -> {
            if (line.startsWith("@")) {
                int blank = line.indexOf(' ');
                facts.computeIfAbsent(blank < 0 ? line.substring(1) : line.substring(1, blank),
                        k -> Collections.synchronizedList(new ArrayList<>()))
                        .add(blank < 0 ? "" : line.substring(blank + 1).strip());
            } else if (!line.isBlank()) {
                keep(tail, line);
                log.accept(line);
            }
        };
        byte[] first = first();
        int code;
        try {
            code = host.run(prefix + "sh -c " + quoted(text(script, values)), first,
                    silent ? SshHost.Feed.NONE : out -> feed.write(out, facts), lines, within);
        } finally {
            Arrays.fill(first, (byte) 0);
        }
        synchronized (tail) {
            return new Answer(code, Map.copyOf(facts), List.copyOf(tail));
        }
    }

    private static void keep(Deque<String> tail, String line) {
        synchronized (tail) {
            tail.add(line.strip());
            if (tail.size() > TAIL) {
                tail.removeFirst();
            }
        }
    }

    private byte[] first() {
        byte[] password = asks ? password() : new byte[0];
        byte[] end = (mark + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(password, password.length + end.length);
        System.arraycopy(end, 0, all, password.length, end.length);
        Arrays.fill(password, (byte) 0);
        return all;
    }

    private String text(String script, Map<String, String> values) {
        var text = new StringBuilder("mark=").append(mark).append('\n');
        values.forEach((name, value) -> text.append(name).append('=').append(quoted(value)).append('\n'));
        return text.append(HEAD).append(script).toString();
    }

    /** A text as one word of a shell. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}

package org.holdfast.cli.internal.demo;

import java.io.PrintWriter;
import java.time.Duration;

import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Units;

/** Tells what a demonstration does, step by step; silent when nobody wants to read it. */
final class Teller {
    /** Before everything that belongs to a step. */
    static final String INDENT = "   ";

    private final Invocation call;
    private final PrintWriter out;
    private final boolean talk;
    private int step;

    Teller(Invocation call) {
        this.call = call;
        out = call.out();
        talk = !call.json() && !call.quiet();
    }

    /** Whether somebody reads. */
    boolean talks() {
        return talk;
    }

    /** A line. */
    void say(String text) {
        if (talk) {
            out.println(text);
            out.flush();
        }
    }

    /** The next step begins, unless the demonstration was cancelled. */
    void step(String text) {
        call.cancel().check();
        say("");
        say(++step + ". " + text);
    }

    /**
     * What came of a step.
     *
     * @param start {@link System#nanoTime} of its beginning
     */
    void detail(String text, long start) {
        say(INDENT + text + " (" + Units.duration(Duration.ofNanos(System.nanoTime() - start)) + ")");
    }
}

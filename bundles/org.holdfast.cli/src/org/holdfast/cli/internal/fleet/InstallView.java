package org.holdfast.cli.internal.fleet;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostProgress;
import org.holdfast.agent.install.InstallListener;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.Step;
import org.holdfast.cli.internal.Invocation;

/**
 * Shows how an installation goes on: hosts that have ended as lines that stay; on a terminal, below them, a table of
 * those that are being worked on.
 */
final class InstallView implements InstallListener {
    private static final String UP_AND_CLEAR = "\u001b[%dF\u001b[J";
    private static final int HOST = 28;
    private static final int STEP = 10;
    private static final int WIDTH = 110;

    private final PrintWriter out;
    private final PrintWriter log;
    private final boolean live;
    private final boolean silent;
    private final boolean verbose;
    private final int all;
    private final Map<String, HostProgress> active = new LinkedHashMap<>();
    private final List<String> ended = new ArrayList<>();
    private int good;
    private int bad;
    private int drawn;

    /** @param all number of hosts */
    InstallView(Invocation call, int all) {
        out = call.out();
        log = call.err();
        silent = call.json() || call.quiet();
        live = call.outTerminal() && !silent;
        verbose = call.flag("--log");
        this.all = all;
    }

    @Override
    public synchronized void changed(HostProgress progress) {
        String key = progress.host().key();
        if (progress.isOver()) {
            active.remove(key);
            ended.add(line(progress));
            if (progress.isGood()) {
                good++;
            } else {
                bad++;
            }
        } else if (progress.step() != Step.WAIT) {
            active.put(key, progress);
        }
    }

    @Override
    public synchronized void logged(HostEntry host, Instant time, String line) {
        if (verbose) {
            log.println(time + " " + host.name() + " " + line);
            log.flush();
        }
    }

    /** Brings what is shown up to date. */
    synchronized void draw() {
        if (silent) {
            return;
        }
        if (live && drawn > 0) {
            out.print(String.format(Locale.ROOT, UP_AND_CLEAR, drawn));
            drawn = 0;
        }
        ended.forEach(out::println);
        ended.clear();
        if (live && good + bad < all) {
            active.values().forEach(p -> out.println(row(p)));
            out.println(good + " done, " + bad + " failed, " + active.size() + " at work, "
                    + (all - good - bad - active.size()) + " waiting");
            drawn = active.size() + 1;
        }
        out.flush();
    }

    private static String row(HostProgress p) {
        return cut(pad(p.host().name(), HOST) + " " + pad(p.step().name().toLowerCase(Locale.ROOT), STEP)
                + (p.percent() < 0 ? "" : " " + p.percent() + " %"));
    }

    private static String line(HostProgress p) {
        String text = pad(p.host().name(), HOST) + " " + pad(words(p.outcome()), STEP)
                + (p.serverId() == null || !p.isGood() ? "" : " " + Output.id(p.serverId()))
                + (p.message().isEmpty() ? "" : " " + p.message());
        return (text + (p.advice().isEmpty() ? "" : "\n" + " ".repeat(HOST + 1) + p.advice())).stripTrailing();
    }

    static String words(Outcome outcome) {
        return outcome == null ? "-" : outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    private static String cut(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH);
    }
}

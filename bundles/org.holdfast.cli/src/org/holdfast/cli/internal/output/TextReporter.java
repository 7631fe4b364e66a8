package org.holdfast.cli.internal.output;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

import org.holdfast.api.Phase;
import org.holdfast.api.Progress;
import org.holdfast.api.Warning;

/**
 * Progress for people: one line on a terminal that is drawn over and removed at the end, a plain line a minute
 * elsewhere, so that a log shows life and little else.
 */
public final class TextReporter implements Reporter {
    private static final long REDRAW = 200_000_000L;
    private static final long LOG_EVERY = 60_000_000_000L;
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final boolean quiet;
    private final int columns;
    private final LongSupplier nanos;
    private long last;
    private boolean drawn;
    private long warnings;

    /**
     * @param err where to
     * @param terminal whether it can be drawn over
     * @param quiet whether to tell warnings only
     * @param columns width of the terminal
     * @param nanos monotonic clock
     */
    public TextReporter(PrintWriter err, boolean terminal, boolean quiet, int columns, LongSupplier nanos) {
        this.err = err;
        this.terminal = terminal;
        this.quiet = quiet;
        this.columns = columns;
        this.nanos = nanos;
        last = terminal ? nanos.getAsLong() - REDRAW : nanos.getAsLong();
    }

    @Override
    public synchronized void progress(Progress progress) {
        long now = nanos.getAsLong();
        if (quiet || now - last < (terminal ? REDRAW : LOG_EVERY) || progress.phase() == Phase.DONE) {
            return;
        }
        last = now;
        var line = line(progress);
        if (terminal) {
            err.print(ERASE + fit(line, progress.current(), columns - 1));
            err.flush();
            drawn = true;
        } else {
            err.println(line);
            err.flush();
        }
    }

    @Override
    public synchronized void warning(Warning warning) {
        warnings++;
        erase();
        err.println("warning: " + warning.path() + ": " + warning.reason());
        err.flush();
    }

    @Override
    public synchronized void end() {
        erase();
    }

    @Override
    public synchronized long warnings() {
        return warnings;
    }

    private void erase() {
        if (drawn) {
            err.print(ERASE);
            err.flush();
            drawn = false;
        }
    }

    private static String line(Progress p) {
        var out = new StringBuilder(verb(p.phase()));
        if (p.files() > 0) {
            out.append("  ").append(Units.count(p.files(), "file", "files"));
        }
        if (p.bytes() > 0) {
            out.append("  ").append(Units.size(p.bytes()));
            if (p.bytesTotal() > 0) {
                out.append(" of ").append(Units.size(p.bytesTotal())).append("  ")
                        .append(Math.min(100, p.bytes() * 100 / p.bytesTotal())).append(" %");
            }
        }
        if (p.bytesPerSecond() >= 1) {
            out.append("  ").append(Units.size((long) p.bytesPerSecond())).append("/s");
        }
        if (p.remaining() != null) {
            out.append("  ").append(Units.rough(p.remaining())).append(" left");
        }
        if (p.warnings() > 0) {
            out.append("  ").append(Units.count(p.warnings(), "warning", "warnings"));
        }
        return out.toString();
    }

    /** Adds the end of the current path as far as there is room. */
    private static String fit(String line, String current, int room) {
        int left = room - Table.width(line) - 2;
        if (Table.width(line) > room) {
            return line.substring(0, Math.min(line.length(), room));
        }
        if (left < 12 || current.isEmpty()) {
            return line;
        }
        int start = current.length();
        int used = 0;
        while (start > 0) {
            int c = current.codePointBefore(start);
            int width = Table.width(Character.toString(c));
            if (used + width > left - (start > Character.charCount(c) ? 3 : 0)) {
                break;
            }
            used += width;
            start -= Character.charCount(c);
        }
        return line + "  " + (start > 0 ? "..." : "") + current.substring(start);
    }

    private static String verb(Phase phase) {
        return switch (phase) {
            case OPENING -> "Opening the vault";
            case SCANNING -> "Scanning";
            case TRANSFERRING -> "Transferring";
            case VERIFYING -> "Verifying";
            case COLLECTING -> "Collecting";
            case COMMITTING -> "Committing";
            case DONE -> "Done";
        };
    }
}

package org.holdfast.cli.internal.output;

import org.holdfast.api.Progress;
import org.holdfast.api.Warning;

/** Progress for programs: one JSON object a line on standard output. */
public final class EventReporter implements Reporter {
    private final Json json;
    private final boolean quiet;
    private long warnings;

    /**
     * @param json where to
     * @param quiet whether to leave out progress
     */
    public EventReporter(Json json, boolean quiet) {
        this.json = json;
        this.quiet = quiet;
    }

    @Override
    public synchronized void progress(Progress p) {
        if (quiet) {
            return;
        }
        json.object().text("type", "progress").text("phase", Shapes.lower(p.phase())).number("files", p.files());
        if (p.filesTotal() >= 0) {
            json.number("filesTotal", p.filesTotal());
        }
        json.number("bytes", p.bytes());
        if (p.bytesTotal() >= 0) {
            json.number("bytesTotal", p.bytesTotal());
        }
        json.number("storedBytes", p.storedBytes()).number("bytesPerSecond", Math.round(p.bytesPerSecond()));
        if (p.remaining() != null) {
            json.seconds("remainingSeconds", p.remaining());
        }
        json.number("warnings", p.warnings()).text("current", p.current()).endObject().line();
    }

    @Override
    public synchronized void warning(Warning warning) {
        warnings++;
        Shapes.warning(json.object().text("type", "warning"), warning).endObject().line();
    }

    @Override
    public void end() {
        // Every event is complete in itself.
    }

    @Override
    public synchronized long warnings() {
        return warnings;
    }
}

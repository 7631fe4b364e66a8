package org.holdfast.cli.internal.commands;

import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.api.vault.FindHit;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Ids;
import org.holdfast.cli.internal.output.Shapes;
import org.holdfast.cli.internal.output.Table;

/** {@code find}: searches recovery points. */
public final class FindCommand extends Command {
    /** Hits collected for a table before it is printed: enough to align, soon enough to read. */
    private static final int PAGE = 50;

    /** The command. */
    public FindCommand() {
        super("find", "Search recovery points for files", List.of(
                CliOption.list("--point", "POINT", "Search only this point; may be given more than once"),
                CliOption.value("--min-size", "SIZE", "Only files of at least this size (500K, 10M, 1.5G)"),
                CliOption.value("--max-size", "SIZE", "Only files of at most this size"),
                CliOption.value("--modified-after", "DATE", "Only what was modified since then (2026-11-01, 7d)"),
                CliOption.value("--modified-before", "DATE", "Only what was modified before then")),
                List.of(VAULT,
                        CliOperand.one("PATTERN", "Glob for the name, or with a slash for the whole path; ignores"
                                + " case when it has no capital letter")));
    }

    @Override
    public List<String> description() {
        return List.of(
                "Newest points first. A version that several points share is listed once, with the newest of them.");
    }

    @Override
    public List<String> examples() {
        return List.of("find /backup/vault '*.odt' --modified-after 30d --passphrase-file /root/passphrase");
    }

    @Override
    protected int run(Invocation call) {
        var after = call.time("--modified-after", false, -1);
        var before = call.time("--modified-before", false, -1);
        long min = call.size("--min-size");
        long max = call.size("--max-size");
        try (var vault = call.open(call.operand("VAULT"))) {
            var points = call.values("--point").stream().map(id -> vault.point(id).id()).toList();
            var request = new FindRequest(call.operand("PATTERN"), points, min, max, after, before);
            var printer = new Printer(call);
            // Hits and progress would fight for the terminal, so only one of them is shown.
            var progress = call.json() || call.outTerminal() ? ProgressSink.NONE : call.progress();
            try {
                vault.find(request, printer::take, progress, call.cancel());
            } catch (HoldfastException e) {
                if (e.problem() != Problem.CANCELLED || !call.outputGone()) {
                    throw e;
                }
            }
            call.progress().end();
            printer.end();
        }
        return call.outputGone() ? FAILED : DONE;
    }

    /** Hits as rows of a table or elements of a JSON array. */
    private static final class Printer {
        private final Invocation call;
        private final Table table = new Table("POINT", "MODE", ">SIZE", "MODIFIED", ">OLDER", "PATH");
        private long hits;

        Printer(Invocation call) {
            this.call = call;
            if (call.json()) {
                call.jsonOut().array();
            }
        }

        /** Hits come from threads of the search. */
        synchronized void take(FindHit hit) {
            hits++;
            var entry = hit.entry();
            if (call.json()) {
                Shapes.entry(call.jsonOut().object().text("point", hit.point().id())
                        .time("pointTime", hit.point().time()).number("alsoIn", hit.alsoIn()), entry).endObject();
            } else {
                table.row(Ids.brief(hit.point().id()), Entries.mode(entry), Entries.size(entry),
                        Entries.modified(entry, call.zone()), hit.alsoIn() == 0 ? "" : "+" + hit.alsoIn(),
                        Entries.name(entry, true));
                if (hits % PAGE == 0) {
                    table.flush(call.out());
                    call.out().flush();
                }
            }
            if (call.outputGone()) {
                call.cancel().cancel(); // nobody reads on: the search may stop
            }
        }

        synchronized void end() {
            if (call.json()) {
                call.jsonOut().endArray().line();
            } else if (hits == 0) {
                call.err().println("Nothing found.");
            } else {
                table.print(call.out());
            }
        }
    }
}

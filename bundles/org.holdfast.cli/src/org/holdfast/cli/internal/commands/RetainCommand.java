package org.holdfast.cli.internal.commands;

import java.util.List;

import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.api.vault.RetainRequest;
import org.holdfast.api.vault.RetainResult;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Ids;
import org.holdfast.cli.internal.output.Shapes;
import org.holdfast.cli.internal.output.Table;
import org.holdfast.cli.internal.output.Units;

/** {@code retain}: drops recovery points by rule and frees space. */
public final class RetainCommand extends Command {
    /** The command. */
    public RetainCommand() {
        super("retain", "Drop recovery points by rule and free what they alone needed", List.of(
                CliOption.value("--last", "N", "Keep the last N points"),
                CliOption.value("--daily", "N", "Keep the last point of each of the last N days that have one"),
                CliOption.value("--weekly", "N", "The same for weeks"),
                CliOption.value("--monthly", "N", "The same for months"),
                CliOption.value("--yearly", "N", "The same for years"),
                CliOption.flag("--no-collect", "Drop points, but free no space yet"),
                CliOption.flag("--dry-run", "Remove nothing; tell what would be done")), List.of(VAULT));
    }

    @Override
    public List<String> description() {
        return List.of(
                "A point that no rule keeps is removed, except the newest complete one of every server and set of"
                        + " items, and those made with --keep-until until their date. Safe to run during a backup.");
    }

    @Override
    public List<String> examples() {
        return List.of("retain /backup/vault --daily 7 --weekly 5 --monthly 12 --yearly 3 --dry-run"
                + " --passphrase-file /root/passphrase");
    }

    @Override
    protected int run(Invocation call) {
        var request = new RetainRequest(rule(call, "--last"), rule(call, "--daily"), rule(call, "--weekly"),
                rule(call, "--monthly"), rule(call, "--yearly"), !call.flag("--no-collect"), call.flag("--dry-run"));
        if (request.last() + request.daily() + request.weekly() + request.monthly() + request.yearly() == 0) {
            throw Invocation.usage("Give at least one of --last, --daily, --weekly, --monthly and --yearly above 0:"
                    + " without a rule nearly every point would be removed.");
        }
        try (var vault = call.open(call.operand("VAULT"))) {
            var result = vault.retain(request, call.progress(), call.cancel());
            call.progress().end();
            int code = call.progress().warnings() == 0 ? DONE : WARNINGS;
            if (call.json()) {
                events(call, request, result, code);
            } else if (!call.quiet()) {
                print(call, request, result);
            }
            return code;
        }
    }

    private static int rule(Invocation call, String option) {
        return call.number(option, 0, 100_000, 0);
    }

    private static void events(Invocation call, RetainRequest request, RetainResult result, int code) {
        var json = call.jsonOut();
        for (var kept : result.kept()) {
            Shapes.point(json.object().text("type", "kept").texts("reasons", kept.reasons()), kept.point()).endObject()
                    .line();
        }
        for (var removed : result.removed()) {
            Shapes.point(json.object().text("type", "removed"), removed).endObject().line();
        }
        json.object().text("type", "summary").text("operation", "retain").flag("dryRun", request.dryRun())
                .number("kept", result.kept().size()).number("removed", result.removed().size())
                .number("packsRemoved", result.packsRemoved()).number("packsCompacted", result.packsCompacted())
                .number("bytesFreed", result.bytesFreed()).number("packsPending", result.packsPending())
                .number("warnings", call.progress().warnings()).seconds("durationSeconds", call.elapsed())
                .number("exitCode", code).endObject().line();
    }

    private static void print(Invocation call, RetainRequest request, RetainResult result) {
        var table = new Table("POINT", "TIME", "SERVER", request.dryRun() ? "WOULD BE" : "IS", "BECAUSE OF");
        for (var kept : result.kept()) {
            table.row(Ids.brief(kept.point().id()), Units.time(kept.point().time(), call.zone()),
                    kept.point().server(), "kept", String.join(", ", kept.reasons()));
        }
        for (var removed : result.removed()) {
            table.row(Ids.brief(removed.id()), Units.time(removed.time(), call.zone()), removed.server(), "removed",
                    "");
        }
        table.print(call.out());
        call.out().println();
        call.out().println(Units.count(result.kept().size(), "point", "points") + " kept, "
                + Units.count(result.removed().size()) + (request.dryRun() ? " would be removed" : " removed"));
        new Facts().add("freed", Units.size(result.bytesFreed()) + ": " + Units.count(result.packsRemoved())
                + " packs removed, " + Units.count(result.packsCompacted()) + " rewritten")
                .addIf(result.packsPending() > 0, "pending", Units.count(result.packsPending(), "pack", "packs")
                        + " until running backups have ended")
                .print(call.out());
    }
}

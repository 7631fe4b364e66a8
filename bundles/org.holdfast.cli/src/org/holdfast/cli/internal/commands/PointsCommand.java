package org.holdfast.cli.internal.commands;

import java.util.List;
import java.util.stream.Collectors;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointDetails;
import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Ids;
import org.holdfast.cli.internal.output.Shapes;
import org.holdfast.cli.internal.output.Table;
import org.holdfast.cli.internal.output.Units;

/** {@code points}: lists recovery points, or tells all about one. */
public final class PointsCommand extends Command {
    /** The command. */
    public PointsCommand() {
        super("points", "List the recovery points of a vault, or tell all about one", List.of(), List.of(VAULT,
                CliOperand.optional("POINT",
                        "Only this point, with its warnings: an id, the beginning of one, or 'latest'")));
    }

    @Override
    protected int run(Invocation call) {
        try (var vault = call.open(call.operand("VAULT"))) {
            var point = call.operand("POINT");
            if (point == null) {
                list(call, vault);
            } else {
                details(call, vault.details(vault.point(point).id()));
            }
        }
        return call.outputGone() ? FAILED : DONE;
    }

    private static void list(Invocation call, OpenVault vault) {
        var points = vault.points();
        if (call.json()) {
            var json = call.jsonOut().array();
            for (var point : points) {
                Shapes.point(json.object(), point).endObject();
            }
            json.endArray().line();
            return;
        }
        if (points.isEmpty()) {
            call.err().println("The vault has no recovery points yet.");
            return;
        }
        int length = Ids.unique(points);
        var table = new Table("POINT", "TIME", "SERVER", ">FILES", ">SIZE", ">ADDED", "STATE", "ITEMS");
        for (var point : points) {
            table.row(Ids.prefix(point.id(), length), Units.time(point.time(), call.zone()), point.server(),
                    Units.count(point.files()), Units.size(point.bytes()), Units.size(point.storedBytes()),
                    state(point), items(point));
        }
        table.print(call.out());
    }

    private static String state(PointSummary point) {
        return switch (point.state()) {
            case COMPLETED -> "completed";
            case COMPLETED_WITH_WARNINGS -> Units.count(point.warnings(), "warning", "warnings");
            case INTERRUPTED -> "interrupted";
        };
    }

    private static String items(PointSummary point) {
        return point.items().stream().map(RawPath::toString).collect(Collectors.joining(" "));
    }

    private static void details(Invocation call, PointDetails details) {
        var point = details.summary();
        if (call.json()) {
            var json = Shapes.point(call.jsonOut().array().object(), point).text("previous", details.previousId())
                    .text("program", details.program()).flag("signatureValid", details.signatureValid())
                    .texts("exclusions", details.exclusions()).array("warningList");
            for (var warning : details.warnings()) {
                Shapes.warning(json.object(), warning).endObject();
            }
            json.endArray().endObject().endArray().line();
            return;
        }
        call.out().println("Recovery point " + point.id());
        new Facts().add("time", Units.time(point.time(), call.zone()) + ", took " + Units.duration(point.duration()))
                .add("server", point.server()).add("items", items(point)).add("base", point.base().toString())
                .add("state", point.state() == PointState.COMPLETED_WITH_WARNINGS ? "completed with warnings"
                        : state(point))
                .add("files", Units.count(point.files()) + " in "
                        + Units.count(point.directories(), "directory", "directories"))
                .add("size", Units.size(point.bytes()) + ", of which " + Units.size(point.storedBytes())
                        + " were added to the vault")
                .addIf(point.keepUntil() != null, "kept until",
                        point.keepUntil() == null ? "" : Units.time(point.keepUntil(), call.zone()))
                .addIf(details.previousId() != null, "previous", String.valueOf(details.previousId()))
                .addIf(!details.exclusions().isEmpty(), "exclusions", String.join(" ", details.exclusions()))
                .add("written by", details.program())
                .add("signature", details.signatureValid() ? "valid" : "NOT VALID").print(call.out());
        if (!details.warnings().isEmpty()) {
            call.out().println();
            call.out().println(Units.count(point.warnings(), "warning", "warnings") + ":");
            details.warnings().forEach(w -> call.out().println("  " + w.path() + ": " + w.reason()));
        }
    }
}

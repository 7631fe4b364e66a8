package org.holdfast.cli.internal.commands;

import java.util.ArrayDeque;
import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.ArgumentText;
import org.holdfast.cli.internal.output.Shapes;
import org.holdfast.cli.internal.output.Table;

/** {@code browse}: lists a directory of a recovery point. */
public final class BrowseCommand extends Command {
    /** Entries fetched at a time: memory stays small however large the directory. */
    private static final int PAGE = 2000;

    /** The command. */
    public BrowseCommand() {
        super("browse", "List a directory of a recovery point", List.of(
                CliOption.flag("--recursive", "List everything below as well")),
                List.of(VAULT, POINT, CliOperand.optional("PATH",
                        "Directory or file, absolute or relative to what was backed up (default: the top)")));
    }

    @Override
    public List<String> description() {
        return List.of("Reads no file data, so it is quick however large the point is.");
    }

    @Override
    public List<String> examples() {
        return List.of("browse /backup/vault latest /etc/ssh --passphrase-file /root/passphrase");
    }

    @Override
    protected int run(Invocation call) {
        try (var vault = call.open(call.operand("VAULT"))) {
            var point = vault.point(call.operand("POINT")).id();
            var given = call.operand("PATH");
            var start = given == null ? RawPath.EMPTY : RawPath.of(ArgumentText.bytes(given));
            var printer = new Printer(call);
            var entry = start.isEmpty() ? null : vault.entry(point, start);
            if (entry != null && entry.type() != EntryType.DIRECTORY) {
                printer.print(entry);
            } else {
                walk(call, vault, point, entry == null ? start : entry.path(), printer);
            }
            printer.end();
        }
        return call.outputGone() ? FAILED : DONE;
    }

    private static void walk(Invocation call, OpenVault vault, String point, RawPath start, Printer printer) {
        boolean recursive = call.flag("--recursive");
        var waiting = new ArrayDeque<RawPath>();
        waiting.push(start);
        while (!waiting.isEmpty()) {
            var directory = waiting.pop();
            var below = new ArrayDeque<RawPath>();
            int from = 0;
            int total;
            do {
                call.cancel().check();
                var page = vault.list(point, directory, from, PAGE);
                for (var entry : page.entries()) {
                    printer.print(entry);
                    if (recursive && entry.type() == EntryType.DIRECTORY) {
                        below.push(entry.path());
                    }
                }
                printer.pause();
                from += page.entries().size();
                total = page.entries().isEmpty() ? from : page.total();
            } while (from < total && !call.outputGone());
            below.forEach(waiting::push);
            if (call.outputGone()) {
                return;
            }
        }
    }

    /** Entries as rows of a table or elements of a JSON array. */
    private static final class Printer {
        private final Invocation call;
        private final Table table = new Table("MODE", "OWNER", ">SIZE", "MODIFIED", "CHANGE", "NAME");

        Printer(Invocation call) {
            this.call = call;
            if (call.json()) {
                call.jsonOut().array();
            }
        }

        void print(Entry entry) {
            if (call.json()) {
                Shapes.entry(call.jsonOut().object(), entry).endObject();
            } else {
                table.row(Entries.mode(entry), Entries.owner(entry), Entries.size(entry),
                        Entries.modified(entry, call.zone()), Entries.change(entry),
                        Entries.name(entry, call.flag("--recursive")));
            }
        }

        void pause() {
            if (!call.json()) {
                table.flush(call.out());
                if (call.outTerminal()) {
                    call.out().flush();
                }
            }
        }

        void end() {
            if (call.json()) {
                call.jsonOut().endArray().line();
            } else {
                table.print(call.out());
                call.out().flush();
            }
        }
    }
}

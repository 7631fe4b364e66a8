package org.holdfast.cli.internal.commands;

import java.util.List;
import java.util.Locale;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.ArgumentText;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Units;

/** {@code restore}: brings back files of a recovery point. */
public final class RestoreCommand extends Command {
    /** The command. */
    public RestoreCommand() {
        super("restore", "Restore a recovery point, or part of it", List.of(
                CliOption.value("--to", "DIR", "Restore below this directory; it is created when it is not there"),
                CliOption.flag("--original", "Restore to where the files came from"),
                CliOption.list("--include", "PATH", "Only this path and what is below it; may be given more than once"),
                CliOption.choice("--if-exists", "copy|overwrite|skip|newer", "What to do with a file that is there and"
                        + " differs: restore beside it (default), replace it, leave it, or take the newer one",
                        List.of("copy", "overwrite", "skip", "newer")),
                CliOption.flag("--no-owners", "Do not restore owners and groups"),
                CliOption.flag("--no-permissions", "Do not restore modes, ACLs and other extended attributes"),
                CliOption.flag("--dry-run", "Write nothing; tell what would be done")),
                List.of(VAULT, POINT));
    }

    @Override
    public List<String> description() {
        return List.of(
                "Paths are kept below the common parent of what was backed up. Files that are already there with the"
                        + " same content are not written again, so an interrupted restore goes on where it stopped.",
                "Exit code 3: restored, but not everything or not with all its properties.");
    }

    @Override
    public List<String> examples() {
        return List.of("restore /backup/vault latest --to /tmp/restored --passphrase-file /root/passphrase",
                "restore /backup/vault 3f2a --original --include /etc/ssh --if-exists overwrite");
    }

    @Override
    protected int run(Invocation call) {
        var to = call.value("--to");
        if ((to == null) != call.flag("--original")) {
            throw Invocation.usage("Say where to restore to: either --to DIR or --original.");
        }
        var include = call.values("--include").stream().map(path -> RawPath.of(ArgumentText.bytes(path))).toList();
        var ifExists = call.value("--if-exists");
        var request = new RestoreRequest(call.operand("POINT"), include, to == null ? null : call.path(to),
                ifExists == null ? IfExists.COPY : IfExists.valueOf(ifExists.toUpperCase(Locale.ROOT)),
                !call.flag("--no-owners"), !call.flag("--no-permissions"), call.flag("--dry-run"));
        try (var vault = call.open(call.operand("VAULT"))) {
            var result = vault.restore(request, call.progress(), call.cancel());
            call.progress().end();
            int code = result.warnings().isEmpty() ? DONE : WARNINGS;
            if (call.json()) {
                summary(call, request, result, code);
            } else if (!call.quiet()) {
                print(call, request, result);
            }
            return code;
        }
    }

    private static void summary(Invocation call, RestoreRequest request, RestoreResult result, int code) {
        call.jsonOut().object().text("type", "summary").text("operation", "restore").flag("dryRun", request.dryRun())
                .path("target", result.target()).number("files", result.files())
                .number("directories", result.directories()).number("bytes", result.bytes())
                .number("unchanged", result.unchanged()).number("skipped", result.skipped())
                .number("copies", result.copies()).number("replaced", result.replaced())
                .number("warnings", result.warnings().size()).seconds("durationSeconds", call.elapsed())
                .number("exitCode", code).endObject().line();
    }

    private static void print(Invocation call, RestoreRequest request, RestoreResult result) {
        boolean dry = request.dryRun();
        call.out().println((dry ? "Would restore to " : "Restored to ") + result.target()
                + (dry ? "" : " in " + Units.duration(call.elapsed())));
        new Facts()
                .add("written", Units.count(result.files(), "file", "files") + " and "
                        + Units.count(result.directories(), "directory", "directories") + ", "
                        + Units.size(result.bytes()))
                .addIf(result.unchanged() > 0, "unchanged", Units.count(result.unchanged())
                        + " were there already with the same content")
                .addIf(result.replaced() > 0, "replaced", Units.count(result.replaced()))
                .addIf(result.copies() > 0, "copies", Units.count(result.copies()) + " beside existing files")
                .addIf(result.skipped() > 0, "skipped", Units.count(result.skipped()) + " that exist")
                .addIf(!result.warnings().isEmpty(), "warnings", Units.count(result.warnings().size()))
                .print(call.out());
    }
}

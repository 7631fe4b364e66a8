package org.holdfast.cli.internal.commands;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointState;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Ids;
import org.holdfast.cli.internal.output.Shapes;
import org.holdfast.cli.internal.output.Units;

/** {@code backup}: makes a recovery point. */
public final class BackupCommand extends Command {
    /** The command. */
    public BackupCommand() {
        super("backup", "Back up files and directories: make a recovery point", List.of(
                CliOption.list("--exclude", "GLOB", "Leave out what matches; may be given more than once"),
                CliOption.list("--exclude-file", "FILE", "Leave out what matches a line of this file"),
                CliOption.value("--exclude-larger-than", "SIZE", "Leave out files above this size (500K, 10M, 1.5G)"),
                CliOption.flag("--exclude-caches", "Leave out the content of directories tagged with CACHEDIR.TAG"),
                CliOption.list("--exclude-if-present", "NAME",
                        "Leave out the content of directories that hold a file of this name (always: .nobackup)"),
                CliOption.flag("--one-file-system", "Do not descend into other file systems"),
                CliOption.flag("--dry-run", "Store nothing; list what the exclusions leave out"),
                CliOption.value("--keep-until", "DATE", "Keep this point until then whatever 'retain' is told"
                        + " (2027-01-31, 90d, 2y)"),
                CliOption.value("--level", "N", "Compression from 1 (fast) to 19 (small)"),
                CliOption.flag("--read-all", "Read every file, whatever its times say"),
                CliOption.flag("--ignore-inode", "Do not take a new inode number for a change"),
                CliOption.flag("--ignore-ctime", "Do not take a new status change time for a change"),
                CliOption.value("--server", "NAME", "Name of the protected server (default: the host's name)")),
                List.of(VAULT, CliOperand.some("PATH", "Files and directories to back up")));
    }

    @Override
    public List<String> description() {
        return List.of(
                "Files that have not changed since the previous point are not read. Globs without a slash match names"
                        + " at any depth, with a leading slash the whole path; '*' does not cross a slash, '**' does.",
                "Exit code 3: the point was made, but something could not be read.");
    }

    @Override
    public List<String> examples() {
        return List.of("backup /backup/vault /etc /home --passphrase-file /root/passphrase",
                "backup /backup/vault /home --exclude '*.tmp' --exclude-caches --dry-run");
    }

    @Override
    protected int run(Invocation call) {
        var request = request(call);
        try (var vault = call.open(call.operand("VAULT"))) {
            if (call.flag("--dry-run")) {
                return preview(call, vault, request);
            }
            var result = vault.backup(request, call.progress(), call.cancel());
            call.progress().end();
            boolean warned = !result.warnings().isEmpty() || result.point().warnings() > 0
                    || result.point().state() != PointState.COMPLETED;
            int code = warned ? WARNINGS : DONE;
            if (call.json()) {
                summary(call, result, code);
            } else if (!call.quiet()) {
                print(call, result);
            }
            return code;
        }
    }

    private static BackupRequest request(Invocation call) {
        var items = call.operands("PATH").stream().map(call::path).toList();
        var globs = new ArrayList<>(call.values("--exclude"));
        for (var file : call.values("--exclude-file")) {
            globs.addAll(globs(call, file));
        }
        var markers = new ArrayList<>(Exclusions.NONE.markerFiles());
        markers.addAll(call.values("--exclude-if-present"));
        var exclusions = new Exclusions(List.copyOf(globs), call.size("--exclude-larger-than"),
                call.flag("--exclude-caches"), List.copyOf(markers), call.flag("--one-file-system"));
        var detection = new ChangeDetection(!call.flag("--ignore-ctime"), !call.flag("--ignore-inode"),
                call.flag("--read-all"));
        return new BackupRequest(items, exclusions, detection, call.number("--level", 1, 19, 0),
                call.time("--keep-until", true, 1), call.value("--server"));
    }

    private static List<String> globs(Invocation call, String file) {
        var path = NativePaths.path(call.path(file));
        try {
            return Files.readAllLines(path, StandardCharsets.UTF_8).stream().map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "Cannot read the exclusions in '" + path + "': "
                    + e.getMessage(), "It must be a text file in UTF-8 with a glob on each line.", e);
        }
    }

    private static int preview(Invocation call, OpenVault vault, BackupRequest request) {
        var count = new long[1];
        vault.previewExclusions(request, excluded -> {
            count[0]++;
            if (call.json()) {
                call.jsonOut().object().text("type", "excluded").path("path", excluded.path())
                        .flag("directory", excluded.directory()).text("reason", excluded.reason()).endObject().line();
            } else {
                call.out()
                        .println(excluded.path() + (excluded.directory() ? "/" : "") + "  (" + excluded.reason() + ")");
            }
        }, call.cancel());
        if (call.json()) {
            call.jsonOut().object().text("type", "summary").text("operation", "backup").flag("dryRun", true)
                    .number("excluded", count[0]).number("exitCode", DONE).endObject().line();
        } else if (!call.quiet()) {
            call.out().println(Units.count(count[0], "entry", "entries") + " would be left out; nothing was stored.");
        }
        return DONE;
    }

    private static void summary(Invocation call, BackupResult result, int code) {
        var json = call.jsonOut().object().text("type", "summary").text("operation", "backup").flag("dryRun", false);
        Shapes.point(json.object("point"), result.point()).endObject();
        json.number("filesNew", result.filesNew()).number("filesChanged", result.filesChanged())
                .number("filesUnchanged", result.filesUnchanged()).number("filesRemoved", result.filesRemoved())
                .number("bytesRead", result.bytesRead()).number("bytesAdded", result.point().storedBytes())
                .number("newChunks", result.newChunks()).number("excluded", result.excluded())
                .flag("resumed", result.resumed())
                .number("warnings", Math.max(result.point().warnings(), result.warnings().size()))
                .seconds("durationSeconds", call.elapsed()).number("exitCode", code).endObject().line();
    }

    private static void print(Invocation call, BackupResult result) {
        var point = result.point();
        call.out().println("Recovery point " + Ids.brief(point.id()) + " of " + Units.time(point.time(), call.zone())
                + (point.state() == PointState.COMPLETED ? " completed in " : " completed with warnings in ")
                + Units.duration(call.elapsed()));
        new Facts()
                .add("files", Units.count(point.files()) + ": " + Units.count(result.filesNew()) + " new, "
                        + Units.count(result.filesChanged()) + " changed, " + Units.count(result.filesUnchanged())
                        + " unchanged; " + Units.count(result.filesRemoved()) + " removed since the previous point")
                .add("size", Units.size(point.bytes()) + " in "
                        + Units.count(point.directories(), "directory", "directories"))
                .add("read", Units.size(result.bytesRead()))
                .add("added", Units.size(point.storedBytes()) + " to the vault")
                .addIf(result.excluded() > 0, "left out", Units.count(result.excluded(), "entry", "entries"))
                .addIf(result.resumed(), "resumed", "an interrupted backup")
                .addIf(point.warnings() > 0, "warnings", Units.count(point.warnings())
                        + "; see 'holdfast points VAULT " + Ids.brief(point.id()) + "'")
                .print(call.out());
    }
}

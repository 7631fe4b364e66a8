package org.holdfast.cli.internal.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.input.PrivateFile;
import org.holdfast.cli.internal.output.Ids;
import org.holdfast.cli.internal.output.Table;
import org.holdfast.cli.internal.output.Units;

/** One run of the demonstration, told step by step. */
final class Demo {
    private static final int ENTRIES_SHOWN = 8;
    private static final int PATHS_SHOWN = 10;

    private final Invocation call;
    private final PrintWriter out;
    private final Teller tell;
    private final RawPath item;
    /** What warnings were about: it cannot be expected to come back. */
    private final Set<RawPath> incomplete = new HashSet<>();
    private final Path work;
    private final Path vaultPlace;
    private final Path passphraseFile;
    private final Path restored;

    Demo(Invocation call, RawPath item) throws IOException {
        this.call = call;
        this.item = item;
        out = call.out();
        tell = new Teller(call);
        work = newFolder(item);
        vaultPlace = work.resolve("vault");
        passphraseFile = work.resolve("passphrase");
        restored = work.resolve("restored");
    }

    /** A new directory for this user alone, with a name that is short enough to type. */
    static Path newFolder(RawPath item) throws IOException {
        if (!Files.isDirectory(NativePaths.path(item))) {
            throw new HoldfastException(Problem.PATH_NOT_FOUND, "There is no directory '" + item + "'.",
                    "Give one that you may read: holdfast demo DIR");
        }
        var parent = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        while (true) {
            var folder = parent.resolve("holdfast-demo-" + Words.random(4));
            try {
                PrivateFile.createDirectory(folder);
                return folder;
            } catch (FileAlreadyExistsException e) {
                // An earlier demonstration: try another name.
            }
        }
    }

    int run() throws IOException {
        boolean finished = false;
        try {
            int code = steps();
            finished = true;
            return code;
        } finally {
            if (!finished) {
                TreeRemoval.remove(work);
            }
        }
    }

    private int steps() throws IOException {
        tell.say("Holdfast, demonstrated with " + item);
        var passphrase = Words.random(25).toCharArray();
        tell.step("Create a vault");
        long start = System.nanoTime();
        PrivateFile.create(passphraseFile, (new String(passphrase) + "\n").getBytes(StandardCharsets.US_ASCII));
        call.vaults().create(vaultPlace.toString(), passphrase);
        tell.detail(vaultPlace + ", its passphrase in " + passphraseFile, start);

        TreeCompare comparison;
        try (var vault = call.vaults().open(vaultPlace.toString(), passphrase)) {
            tell.step("Back up " + item);
            var point = backup(vault);
            tell.step("Back up again: nothing has changed");
            backup(vault);
            tell.step("List the recovery points");
            points(vault);
            tell.step("Browse the latest one, reading no file data");
            browse(vault);
            tell.step("Restore it to " + restored);
            restore(vault);
            tell.step("Compare everything with the original");
            comparison = compare(point);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
        return conclude(comparison);
    }

    private PointSummary backup(OpenVault vault) {
        long start = System.nanoTime();
        var result = vault.backup(BackupRequest.of(List.of(item)), call.progress(), call.cancel());
        call.progress().end();
        result.warnings().forEach(warning -> incomplete.add(warning.path()));
        var point = result.point();
        tell.detail(Units.count(point.files(), "file", "files") + ", " + Units.size(point.bytes()) + "; read "
                + Units.size(result.bytesRead()) + ", added " + Units.size(point.storedBytes()) + " to the vault",
                start);
        return point;
    }

    private void points(OpenVault vault) {
        long start = System.nanoTime();
        var points = vault.points();
        if (tell.talks()) {
            var table = new Table(Teller.INDENT + "POINT", "TIME", ">FILES", ">SIZE", ">ADDED");
            points.forEach(
                    point -> table.row(Teller.INDENT + Ids.brief(point.id()), Units.time(point.time(), call.zone()),
                            Units.count(point.files()), Units.size(point.bytes()), Units.size(point.storedBytes())));
            table.print(out);
        }
        tell.detail(Units.count(points.size(), "point", "points"), start);
    }

    private void browse(OpenVault vault) {
        long start = System.nanoTime();
        var listing = vault.list(vault.point("latest").id(), item, 0, ENTRIES_SHOWN);
        if (tell.talks()) {
            listing.entries().forEach(entry -> out.println(Teller.INDENT + entry.name()
                    + (entry.type() == EntryType.DIRECTORY ? "/" : "")));
        }
        int more = listing.total() - listing.entries().size();
        tell.detail((more > 0 ? "and " + Units.count(more) + " more, " : "")
                + Units.count(listing.total(), "entry", "entries")
                + " in all", start);
    }

    private void restore(OpenVault vault) {
        long start = System.nanoTime();
        var request =
                new RestoreRequest("latest", List.of(), NativePaths.raw(restored), IfExists.COPY, true, true, false);
        var result = vault.restore(request, call.progress(), call.cancel());
        call.progress().end();
        result.warnings().forEach(warning -> incomplete.add(warning.path()));
        tell.detail(Units.count(result.files(), "file", "files") + " in "
                + Units.count(result.directories(), "directory", "directories") + ", " + Units.size(result.bytes()),
                start);
    }

    private TreeCompare compare(PointSummary point) throws IOException {
        long start = System.nanoTime();
        var target = NativePaths.raw(restored);
        var there = NativePaths.path(target.resolve(item.relativeTo(point.base())));
        boolean root = isRoot();
        var result = new TreeCompare(NativePaths.path(item), there, root,
                path -> !incomplete.isEmpty() && isIncomplete(NativePaths.raw(path), target, point.base()),
                call.cancel()).run();
        tell.detail(Units.count(result.files(), "file", "files") + ", "
                + Units.count(result.directories(), "directory", "directories") + ", " + Units.size(result.bytes())
                + ": names, content, modes, " + (root ? "owners, " : "") + "times, links, attributes", start);
        return result;
    }

    /** A warning of a restore may name the place a file came from or the one it goes to. */
    private boolean isIncomplete(RawPath original, RawPath target, RawPath base) {
        return incomplete.contains(original) || incomplete.contains(target.resolve(original.relativeTo(base)));
    }

    /** Only root may give files away, so only then can owners be expected to come back. */
    private boolean isRoot() throws IOException {
        return work.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Integer.valueOf(0).equals(Files.getAttribute(work, "unix:uid"));
    }

    private int conclude(TreeCompare comparison) throws IOException {
        boolean same = comparison.same();
        boolean clean = call.flag("--clean");
        boolean keepRestored = !clean && (!same || call.flag("--keep"));
        if (clean) {
            TreeRemoval.remove(work);
        } else if (!keepRestored) {
            TreeRemoval.remove(restored);
        }
        int code = !same ? CliCommand.FAILED : incomplete.isEmpty() ? CliCommand.DONE : CliCommand.WARNINGS;
        if (call.json()) {
            call.jsonOut().object().text("type", "summary").text("operation", "demo").flag("matches", same)
                    .number("differences", comparison.differences()).number("files", comparison.files())
                    .number("directories", comparison.directories()).number("bytes", comparison.bytes())
                    .number("skipped", comparison.skipped()).number("warnings", incomplete.size())
                    .text("vault", clean ? null : vaultPlace.toString())
                    .text("passphraseFile", clean ? null : passphraseFile.toString())
                    .seconds("durationSeconds", call.elapsed()).number("exitCode", code).endObject().line();
            return code;
        }
        verdict(comparison);
        if (tell.talks() && !clean) {
            next(keepRestored);
        }
        return code;
    }

    private void verdict(TreeCompare comparison) {
        out.println();
        if (!comparison.same()) {
            comparison.told().forEach(text -> out.println(Teller.INDENT + text));
            out.println();
            out.println(Units.count(comparison.differences(), "difference", "differences")
                    + " between the original and what was restored. If nobody changed " + item
                    + " meanwhile, please report this.");
        } else if (incomplete.isEmpty()) {
            out.println("Everything matches.");
        } else {
            out.println("Everything that could be read and written matches; not compared:");
            incomplete.stream().sorted().limit(PATHS_SHOWN).forEach(path -> out.println(Teller.INDENT + path));
            if (incomplete.size() > PATHS_SHOWN) {
                out.println(Teller.INDENT + "and " + Units.count(incomplete.size() - PATHS_SHOWN) + " more");
            }
        }
    }

    private void next(boolean restoredToo) {
        var program = call.environment().variables().getOrDefault("HOLDFAST_COMMAND", "holdfast");
        out.println();
        out.println("The vault stays in " + vaultPlace + (restoredToo ? ", the restored files in " + restored : "")
                + ". What to try next:");
        out.println("  export HOLDFAST_PASSPHRASE_FILE=" + passphraseFile);
        out.println("  " + program + " browse " + vaultPlace + " latest");
        out.println("  " + program + " find " + vaultPlace + " '*copyright*'");
        out.println("  " + program + " restore " + vaultPlace + " latest --to " + work.resolve("again"));
        out.println("  " + program + " verify " + vaultPlace + " --read-data");
        out.println("  rm -rf " + work);
    }
}

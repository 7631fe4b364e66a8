package org.holdfast.cli.internal.commands;

import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.api.vault.Damage;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.fleet.ServerStores;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Ids;
import org.holdfast.cli.internal.output.Shapes;
import org.holdfast.cli.internal.output.Units;

/** {@code verify}: checks a vault, with or without its passphrase. */
public final class VerifyCommand extends Command {
    private static final int FILES_SHOWN = 20;

    /** The command. */
    public VerifyCommand() {
        super("verify", "Check that a vault is sound", List.of(
                CliOption.flag("--read-data", "Read and check all data, not only the structure")), List.of(VAULT));
    }

    @Override
    public List<String> description() {
        return List.of("Without a passphrase every object is checked for being there and unchanged; with one also that"
                + " everything can be decrypted and is what the recovery points say, and damage is told by file name."
                + " This command does not prompt: name the passphrase by an option or variable. Of a server's data at a"
                + " vault server only who has the passphrase can check anything.",
                "Exit code 1: something is damaged or missing. Everything that is not named can be restored.");
    }

    @Override
    public List<String> examples() {
        return List.of("verify /backup/vault --read-data",
                "verify /backup/vault --read-data --passphrase-file /root/passphrase");
    }

    @Override
    protected int run(Invocation call) {
        var result = check(call);
        call.progress().end();
        int code = result.sound() ? DONE : FAILED;
        if (call.json()) {
            for (var damage : result.damages()) {
                Shapes.damage(call.jsonOut().object().text("type", "damage"), damage).endObject().line();
            }
            call.jsonOut().object().text("type", "summary").text("operation", "verify").flag("sound", result.sound())
                    .flag("withKeys", result.withKeys()).flag("withData", result.withData())
                    .number("points", result.points()).number("objects", result.objects())
                    .number("packs", result.packs()).number("bytesRead", result.bytesRead())
                    .number("chunks", result.chunks()).number("damages", result.damages().size())
                    .number("orphans", result.orphans()).number("warnings", call.progress().warnings())
                    .seconds("durationSeconds", call.elapsed()).number("exitCode", code).endObject().line();
        } else {
            print(call, result);
        }
        return code;
    }

    private static VerifyResult check(Invocation call) {
        boolean readData = call.flag("--read-data");
        var given = call.operand("VAULT");
        if (!call.hasSecret()) {
            if (given.startsWith(ServerStores.PREFIX)) {
                throw new HoldfastException(Problem.INVALID_REQUEST,
                        "A vault server does not give out the key by which objects are checked without a passphrase.",
                        "Name the passphrase of the server by an option or variable, or verify the folder of its"
                                + " objects on the machine of the vault server.");
            }
            return call.vaults().verify(call.location(given), readData, call.progress(), call.cancel());
        }
        try (var vault = call.open(given)) {
            return vault.verify(readData, call.progress(), call.cancel());
        }
    }

    private static void print(Invocation call, VerifyResult result) {
        for (var damage : result.damages()) {
            damage(call, damage);
        }
        if (call.quiet()) {
            return;
        }
        call.out().println(result.sound() ? "The vault is sound."
                : "The vault is damaged: "
                        + Units.count(result.damages().size(), "object", "objects")
                        + ". Everything not named above can be restored.");
        new Facts().add("checked", Units.count(result.points(), "recovery point", "recovery points") + ", "
                + Units.count(result.objects(), "object", "objects") + ", "
                + Units.count(result.packs(), "pack", "packs"))
                .add("read", Units.size(result.bytesRead()) + " in " + Units.duration(call.elapsed()))
                .add("depth", depth(result))
                .addIf(result.orphans() > 0, "orphans", Units.count(result.orphans())
                        + " objects nothing needs; harmless, 'retain' collects them")
                .print(call.out());
    }

    private static String depth(VerifyResult result) {
        if (!result.withData()) {
            return result.withKeys() ? "structure with keys; --read-data checks the data too"
                    : "structure without keys; --read-data and a passphrase check more";
        }
        return result.withKeys() ? Units.count(result.chunks(), "chunk", "chunks") + " decrypted and compared"
                : "all bytes unchanged since they were written; a passphrase also checks what they mean";
    }

    private static void damage(Invocation call, Damage damage) {
        var out = call.out();
        out.println(damage.object() + ": " + damage.detail());
        if (!damage.points().isEmpty()) {
            out.println("  hurts " + Units.count(damage.points().size(), "recovery point", "recovery points") + ": "
                    + String.join(" ", damage.points().stream().map(Ids::brief).toList()));
        }
        damage.files().stream().limit(FILES_SHOWN).forEach(file -> out.println("  "
                + (file.path() == null ? "files whose names cannot be read" : file.path())
                + " (" + Ids.brief(file.pointId()) + ")"));
        if (damage.files().size() > FILES_SHOWN) {
            out.println("  and " + Units.count(damage.files().size() - FILES_SHOWN) + " more; --json lists them");
        }
    }
}

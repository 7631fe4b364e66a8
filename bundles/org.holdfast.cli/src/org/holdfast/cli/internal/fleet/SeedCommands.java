package org.holdfast.cli.internal.fleet;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Phase;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Call;
import org.holdfast.protocol.data.ImportSeed;
import org.holdfast.protocol.data.SeedImport;

/** First backups that are brought on a disk. */
public final class SeedCommands {
    private static final int LOOK_MILLIS = 500;

    private SeedCommands() {
    }

    /** {@code server seed}. */
    public static Command importSeed() {
        return RemoteCommand.inVault("server seed", "Import a server's first backup, which was brought on a disk",
                List.of(CliOption.flag("--no-wait", "Do not wait for its end"),
                        CliOption.flag("--cancel", "End the import of this seed that is under way")),
                List.of(ServerCommands.SERVER, CliOperand.one("SEED",
                        "Folder that 'holdfast-agent seed' made, in the folder 'seeds' of the vault node")),
                (call, remote) -> {
                    String path = remote.inVault("servers", remote.server(call.operand("SERVER")).id(), "seeds");
                    if (call.flag("--cancel")) {
                        return cancel(call, remote, path);
                    }
                    SeedImport now = remote.client().post(path,
                            new ImportSeed(UUID.randomUUID().toString(), call.operand("SEED")), SeedImport.class);
                    return call.flag("--no-wait") ? tell(call, now) : follow(call, remote, path, now);
                }).example("server seed web-01 web-01-disk");
    }

    private static int cancel(Invocation call, Remote remote, String path) {
        String seed = call.operand("SEED");
        SeedImport running = remote.all(Call.get(path), SeedImport.class).stream()
                .filter(s -> s.seed().equals(seed) && s.state().equals(SeedImport.RUNNING)).findFirst()
                .orElseThrow(() -> new HoldfastException(Problem.INVALID_REQUEST,
                        "No import of a seed '" + seed + "' is under way for this server.",
                        "'server seed' without --cancel begins one."));
        SeedImport now = remote.client().post(path + "/" + running.id() + "/cancel", Map.of(),
                SeedImport.class);
        Output.done(call, now, "The import ends; what was copied stays for the next try.");
        return CliCommand.DONE;
    }

    private static int follow(Invocation call, Remote remote, String path, SeedImport begun)
            throws InterruptedException {
        SeedImport now = begun;
        var never = new CountDownLatch(1);
        while (now.state().equals(SeedImport.RUNNING)) {
            if (call.cancel().isCancelled()) {
                call.err().println("The import goes on in the vault node.");
                return CliCommand.DONE;
            }
            call.progress().progress(new Progress(Phase.TRANSFERRING, now.objects(), now.objectsTotal(), now.bytes(),
                    now.bytesTotal(), now.bytes(), 0, null, 0, ""));
            never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            now = remote.client().get(path + "/" + begun.id(), SeedImport.class);
        }
        call.progress().progress(new Progress(Phase.DONE, now.objects(), now.objects(), now.bytes(), now.bytes(),
                now.bytes(), 0, null, 0, ""));
        return tell(call, now);
    }

    private static int tell(Invocation call, SeedImport now) {
        Output.done(call, now, switch (now.state()) {
            case SeedImport.RUNNING -> "The import has begun: " + now.id() + ".";
            case SeedImport.DONE -> "Imported " + Units.count(now.points()) + " recovery points, "
                    + Units.size(now.bytes()) + ".";
            case SeedImport.CANCELLED -> "The import was cancelled.";
            default -> "The import failed: " + now.message();
        });
        boolean ended = now.state().equals(SeedImport.FAILED) || now.state().equals(SeedImport.CANCELLED);
        return ended ? CliCommand.FAILED : CliCommand.DONE;
    }
}

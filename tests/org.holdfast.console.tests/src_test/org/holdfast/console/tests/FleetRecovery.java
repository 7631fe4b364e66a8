package org.holdfast.console.tests;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.console.client.Vaults;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.internal.RecoverSite;
import org.holdfast.console.ui.Ui;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.vault.SignedInStores;

/** A fleet with real agents, and a console whose engine reads their data over the wire. */
final class FleetRecovery implements AutoCloseable {
    final Screen screen = new Screen();
    final Fleet fleet;
    final FleetSession vaultServer;
    final Vaults vaults;
    final RecoverSession session;
    final RecoverSite site;

    FleetRecovery(Path folder) throws Exception {
        this(folder, null);
    }

    /** @param keys where passphrases can be read from, or null */
    FleetRecovery(Path folder, KeyHolder keys) throws Exception {
        fleet = new Fleet(folder, 12);
        vaultServer = fleet.connect();
        vaults = new Vaults(new LocalVaultService(List.of(new SignedInStores(fleet.console())),
                List.of(new FilesSourceProvider()), Clock.systemUTC()), keys);
        session = new RecoverSession(vaults, fleet.console(), Ui.executor(screen.display()));
        site = new RecoverSite(session, null, null);
    }

    /** The server that an agent speaks for, named. */
    ServerSummary named(String name) {
        Until.that("the agent is connected", () -> live().stream().anyMatch(s -> s.connected() && fresh(s)));
        ServerSummary server = live().stream().filter(s -> s.connected() && fresh(s)).findFirst().orElseThrow();
        vaultServer.api().servers().read("main", server.id()).thenCompose(read -> vaultServer.api().servers()
                .change("main", server.id(), new ChangeServer(name, null, null), read.etag())).join();
        Until.that("it has its name", () -> server(name) != null);
        return server(name);
    }

    private static boolean fresh(ServerSummary server) {
        // Those of the catalogue have ids that were counted, see Fleet.
        return server.name().equals(server.hostname()) && !server.id().startsWith("00000000-0000-0007-");
    }

    private List<ServerSummary> live() {
        return vaultServer.live().servers().snapshot();
    }

    ServerSummary server(String name) {
        return live().stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
    }

    /** Lets a server back up a folder, and waits for it. */
    JobSummary backUp(ServerSummary server, Path data) {
        return run(new StartJob(null, server.id(), JobKind.BACKUP, List.of(data.toString()), null, null, null, null));
    }

    /** Runs a job to its end. */
    JobSummary run(StartJob wanted) {
        JobSummary job = vaultServer.api().jobs().start("main", wanted).join();
        return ended(job.id());
    }

    JobSummary ended(String id) {
        Until.that("the job has ended", () -> {
            JobSummary now = vaultServer.live().jobs().get(id);
            return now != null && now.state().isFinal();
        });
        JobSummary now = vaultServer.live().jobs().get(id);
        if (now.state() != JobState.DONE) {
            throw new AssertionError(now.toString());
        }
        return now;
    }

    @Override
    public void close() {
        vaults.closeAll();
        screen.close();
        fleet.close();
    }
}

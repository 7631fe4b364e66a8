package org.holdfast.agent.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.MachineHints;
import org.holdfast.agent.internal.home.SystemFacts;
import org.holdfast.agent.internal.keys.FileKeyHolder;
import org.holdfast.agent.internal.keys.KeyHolders;
import org.holdfast.agent.internal.link.Connector;
import org.holdfast.agent.internal.register.Registrar;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.source.files.FilesSourceProvider;

/** A server with an agent on it, for tests. */
final class Machine implements AutoCloseable {
    static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();

    final Path folder;
    final AgentHome home;
    final Clock clock;
    final Connector vault;
    final Path safe;
    String hostname = "alpha";
    MachineHints hints = new MachineHints("system", "product-1", Set.of("card"));
    List<KeyHolder> holders = List.of(new FileKeyHolder());
    AgentRuntime agent;
    private volatile UnaryOperator<BlobStore> wrapper = s -> s;
    private volatile boolean cut;

    Machine(Path folder, Connector vault, Clock clock) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.vault = vault;
        this.clock = clock;
        home = AgentHome.open(folder.resolve("home"));
        safe = Files.createDirectories(folder.resolve("safe"));
    }

    String keyLocation() {
        return FileKeyHolder.location(safe.resolve("passphrase"));
    }

    SystemFacts facts() {
        return new SystemFacts() {
            @Override
            public String hostname() {
                return hostname;
            }

            @Override
            public MachineHints hints() {
                return hints;
            }
        };
    }

    /** Lets the agent see its objects in another way. */
    void wrapStores(UnaryOperator<BlobStore> other) {
        wrapper = other;
    }

    /** Lets nothing from this machine reach the vault, as when its process is gone. */
    void cutOff(boolean now) {
        cut = now;
    }

    Parts parts() {
        return new Parts(new KeyHolders(holders), new CutConnector(vault, () -> cut, s -> wrapper.apply(s)),
                new FilesSourceProvider(), facts(), clock, ZoneOffset.UTC);
    }

    Registrar registrar() {
        return new Registrar(home, parts());
    }

    Registrar.Request request() {
        return request(((ScriptedVault) vault).credentials(clock.instant().plus(Duration.ofDays(10))), PASSPHRASE);
    }

    Registrar.Request request(byte[] credentials, char[] passphrase) {
        return new Registrar.Request(credentials, passphrase, keyLocation(), false, false);
    }

    String register() throws IOException {
        return register(request());
    }

    String register(Registrar.Request request) throws IOException {
        return registrar().register(request, step -> {}).registration().serverId();
    }

    AgentRuntime start() throws IOException {
        agent = new AgentRuntime(home, home.registration().orElseThrow(), parts());
        agent.start();
        return agent;
    }

    Path data() throws IOException {
        return Files.createDirectories(folder.resolve("data"));
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
            agent = null;
        }
    }
}

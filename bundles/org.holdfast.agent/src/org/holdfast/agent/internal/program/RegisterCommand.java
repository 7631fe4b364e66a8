package org.holdfast.agent.internal.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Settings;
import org.holdfast.agent.internal.keys.FileKeyHolder;
import org.holdfast.agent.internal.keys.Generated;
import org.holdfast.agent.internal.register.Registrar;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.protocol.people.CredentialsFile;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Registers this server with a vault. */
@Command(name = "register", description = {
        "Registers this server with a vault. It counts only when the passphrase has been stored, read back and has"
                + " opened the server's data; if anything goes wrong before, nothing remains." })
final class RegisterCommand extends AgentCommand {
    private static final String DEFAULT = "file:/etc/holdfast/passphrase";

    @Option(names = "--credentials", paramLabel = "FILE", required = true,
            description = "Vault credentials file, downloaded from the vault.")
    private Path credentials = Path.of("");

    @ArgGroup(exclusive = true)
    private @Nullable Source source;

    /** Where the passphrase is kept; without it in {@value #DEFAULT}. */
    @Mixin
    private KeyPlace place = new KeyPlace();
    private String keyLocation = DEFAULT;

    @Option(names = "--replace", description = "Replaces a registration that is there.")
    private boolean replace;

    @Option(names = "--new-machine",
            description = "Registers as another machine than before: this is the copy of a disk.")
    private boolean newMachine;

    @Option(names = "--same-machine", description = "This is the machine it was; only its hardware has changed.")
    private boolean sameMachine;

    @Option(names = "--cache", paramLabel = "DIR", description = "Cache folder.")
    private @Nullable Path cache;

    @Option(names = "--proxy", paramLabel = "HOST:PORT", description = "HTTP proxy to reach the vault through.")
    private @Nullable String proxy;

    @Option(names = "--proxy-user", paramLabel = "NAME", description = "User name for the proxy.")
    private @Nullable String proxyUser;

    @Option(names = "--proxy-password-file", paramLabel = "FILE", description = "File with the password for the proxy.")
    private @Nullable Path proxyPassword;

    @Option(names = "--allow-unsigned-requests",
            description = "Restores and answers questions also for people who do not prove that they hold the"
                    + " passphrase. The vault's operators can then write files on this server.")
    private boolean unsigned;

    /** Where the passphrase comes from; without either it is asked for twice. */
    static final class Source {
        @Option(names = "--passphrase-file", paramLabel = "FILE", description = "File with the passphrase.")
        private @Nullable Path file;

        @Option(names = "--generate-passphrase",
                description = "Makes a passphrase and shows it once; in a Key Vault it is not shown but kept.")
        private boolean generate;
    }

    @Override
    public Integer call() throws Exception {
        AgentHome home = home();
        keyLocation = place.location(DEFAULT);
        byte[] file = read(credentials);
        CredentialsFile.read(file); // before anybody types a passphrase
        try (AutoCloseable lock = home.lock()) {
            if (lock == null) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "An agent runs for '" + home.root() + "'.",
                        "Stop it before you register anew.");
            }
            Settings before = home.settings();
            home.settings(settings(before));
            boolean done = false;
            char[] passphrase = passphrase();
            try {
                defaultFolder();
                var registrar = new Registrar(home, environment().maker().parts(home));
                if (sameMachine) {
                    registrar.sameMachine();
                }
                var result = registrar.register(
                        new Registrar.Request(file, passphrase, keyLocation, replace, newMachine,
                                place.recover()),
                        step -> err().println(step + "..."));
                done = true;
                tell(result, passphrase);
                return Program.DONE;
            } finally {
                Arrays.fill(passphrase, '\0');
                if (!done) {
                    home.settings(before);
                }
            }
        }
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) <= CredentialsFile.MAX_BYTES) {
                return Files.readAllBytes(file);
            }
        } catch (IOException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The file '" + file + "' cannot be read.",
                    "Give the vault credentials file.", e);
        }
        throw new HoldfastException(Problem.INVALID_REQUEST, "'" + file + "' is no vault credentials file: too long.",
                "Give the vault credentials file.");
    }

    private Settings settings(Settings before) {
        Settings.Proxy chosen = before.proxy();
        if (proxy != null) {
            int colon = proxy.lastIndexOf(':');
            int port;
            try {
                port = Integer.parseInt(proxy.substring(colon + 1));
            } catch (NumberFormatException e) {
                port = -1;
            }
            if (colon <= 0 || port < 1 || port > 65_535) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "'" + proxy + "' is not HOST:PORT.", "");
            }
            chosen = new Settings.Proxy(proxy.substring(0, colon), port, proxyUser,
                    proxyPassword == null ? null : proxyPassword.toAbsolutePath().toString());
        }
        return new Settings(cache == null ? before.cache() : cache.toAbsolutePath().toString(), chosen,
                unsigned ? Boolean.TRUE : before.unsignedRequests());
    }

    private char[] passphrase() {
        var input = new PassphraseInput(environment());
        if (source != null && source.file != null) {
            return input.file(source.file);
        }
        return source != null && source.generate ? Generated.passphrase() : input.askNew();
    }

    /** The default place is ours to make; a place somebody chose has to be there. */
    private void defaultFolder() throws IOException {
        Path folder = Path.of("/etc/holdfast");
        if (keyLocation.startsWith("file:") && folder.equals(FileKeyHolder.path(keyLocation).getParent())) {
            org.holdfast.agent.internal.home.SafeFile.createDirectory(folder);
        }
    }

    private void tell(Registrar.Result result, char[] passphrase) {
        String kept = result.registration().keyHolder();
        boolean generated = source != null && source.generate && !KeyPlace.isKeyVault(kept);
        if (json()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("serverId", result.registration().serverId());
            facts.put("vault", result.registration().vault());
            facts.put("existing", result.existing());
            facts.put("keyLocation", kept);
            if (generated) {
                facts.put("passphrase", new String(passphrase));
            }
            json(facts);
            return;
        }
        out().println("Registered with the vault '" + result.registration().vault() + "' as "
                + result.registration().serverId() + (result.existing() ? "; its history goes on." : "."));
        if (generated) {
            out().println("Passphrase: " + new String(passphrase));
        }
        if (KeyPlace.isKeyVault(kept)) {
            out().println("The passphrase is kept at " + KeyPlace.shown(kept) + ". Whoever may read that secret can"
                    + " restore: 'holdfast restore --passphrase-key-vault'.");
            return;
        }
        out().println("The passphrase is kept at " + kept
                + ". Keep a copy somewhere else: without it nobody can restore anything.");
    }
}

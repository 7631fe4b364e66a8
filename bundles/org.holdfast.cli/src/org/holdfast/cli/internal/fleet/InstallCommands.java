package org.holdfast.cli.internal.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.AgentPackage;
import org.holdfast.agent.install.HolderPassphrases;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostKeyQuestion;
import org.holdfast.agent.install.HostKeys;
import org.holdfast.agent.install.HostList;
import org.holdfast.agent.install.HostProgress;
import org.holdfast.agent.install.InstallPlan;
import org.holdfast.agent.install.InstallPlan.Options;
import org.holdfast.agent.install.InstallRun;
import org.holdfast.agent.install.OneLine;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.PassphraseKeeper;
import org.holdfast.agent.install.RemoteVault;
import org.holdfast.agent.install.SealedPassphrases;
import org.holdfast.agent.install.SshAccess;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.client.VaultClient;
import org.holdfast.keys.azure.KeyVaultKeyHolder;
import org.holdfast.protocol.people.CredentialsFile;

/** Bringing the agent to many servers. */
public final class InstallCommands {
    private static final int DRAW_MILLIS = 200;
    private static final List<CliOption> SEAL = List.of(
            CliOption.value("--seal-passphrase-file", "FILE", "Passphrase that seals the passphrases (default: a"
                    + " prompt)"),
            CliOption.value("--seal-recovery-key-file", "FILE", "Recovery key that seals them instead"));

    private InstallCommands() {
    }

    private static List<CliOption> options() {
        var all = new ArrayList<>(List.of(
                CliOption.value("--hosts", "FILE", "List of hosts: one in a line, a hosts file, or CSV"),
                CliOption.list("--host", "HOST", "A host, [USER@]HOST[:PORT]"),
                CliOption.value("--user", "NAME", "User on the hosts (default: root)"),
                CliOption.list("--key", "FILE", "Private key to sign in with"),
                CliOption.value("--key-passphrase-file", "FILE", "Passphrase of the key (default: a prompt)"),
                CliOption.flag("--ssh-agent", "Sign in with the keys of the SSH agent"),
                CliOption.value("--password-file", "FILE", "Password to sign in with"),
                CliOption.flag("--ask-password", "Ask for the password to sign in with"),
                CliOption.value("--jump", "HOST", "Reach all hosts through this one"),
                CliOption.flag("--sudo", "Become root with sudo"),
                CliOption.value("--sudo-password-file", "FILE", "Password of sudo, when it asks for one"),
                CliOption.flag("--ask-sudo-password", "Ask for the password of sudo"),
                CliOption.value("--known-hosts", "FILE", "Keys of hosts that were confirmed (default: beside the"
                        + " sign-in)"),
                CliOption.flag("--trust-new-hosts", "Take the key that a host shows the first time for its own"),
                CliOption.value("--credentials", "FILE", "Vault credentials file"),
                CliOption.list("--package", "FILE", "Package of the agent, one for each kind of processor"),
                CliOption.value("--passphrases", "FILE", "Sealed file in which each server's passphrase is kept"),
                CliOption.value("--key-vault", "URL", "Azure Key Vault in which each server's passphrase is kept"
                        + " instead, written by who runs this"),
                CliOption.flag("--recover-secret", "Bring deleted secrets of the same names back first")));
        all.addAll(SEAL);
        all.addAll(List.of(
                CliOption.value("--policy", "NAME", "Policy to assign"),
                CliOption.list("--tag", "TAG", "Tag to add"),
                CliOption.list("--folder", "PATH", "Folder to protect instead of the policy's items"),
                CliOption.value("--proxy", "HOST:PORT", "HTTP proxy from the hosts to the vault"),
                CliOption.value("--proxy-user", "NAME", "User for the proxy"),
                CliOption.value("--proxy-password-file", "FILE", "Its password"),
                CliOption.value("--key-location", "LOCATION", "Where agents keep their passphrase"
                        + " (default: file:/etc/holdfast/passphrase)"),
                CliOption.flag("--upgrade", "Replace older agents of the same vault"),
                CliOption.value("--parallel", "N", "Hosts at once (default: 8)"),
                CliOption.value("--contact-within", "SECONDS", "How long the vault may take to hear of an agent"
                        + " (default: 90)"),
                CliOption.value("--resume", "FILE", "Remembers what was done; a later run goes on with the rest"),
                CliOption.flag("--log", "Write the log of all hosts to standard error"),
                CliOption.flag("--one-line", "Only print the command to paste on a host")));
        return List.copyOf(all);
    }

    /** {@code server install}. */
    public static Command install() {
        return new Command("server install", "Bring the agent to many servers over SSH and register them", options(),
                List.of()) {
            @Override
            public boolean opensVault() {
                return false;
            }

            @Override
            public List<String> description() {
                return List.of("Connects to each host, checks it, brings the package, installs it, registers it with a"
                        + " passphrase of its own, waits until the vault has heard of it, and assigns policy and tags."
                        + " Hosts do not hold each other up; each ends with its outcome. Run it again with the same"
                        + " --resume file to go on with those that are not done.",
                        "Exit code 0: all are done; 3: some failed or have warnings; 1: none is done.");
            }

            @Override
            public List<String> examples() {
                return List
                        .of("server install --hosts web.csv --key ~/.ssh/id_ed25519 --credentials web.creds"
                                + " --package dist/holdfast-agent-0.1.0-linux-x86_64.tar.gz --passphrases web.sealed"
                                + " --resume web.state");
            }

            @Override
            protected int run(Invocation call) throws Exception {
                return call.flag("--one-line") ? oneLine(call) : go(call);
            }
        };
    }

    private static String needed(Invocation call, String option) {
        String value = call.value(option);
        if (value == null) {
            throw Invocation.usage(option + " is missing.");
        }
        return value;
    }

    private static Path path(Invocation call, String text) {
        return NativePaths.path(call.path(text));
    }

    private static List<AgentPackage> packages(Invocation call) {
        if (call.values("--package").isEmpty()) {
            throw Invocation.usage("--package is missing.");
        }
        return call.values("--package").stream().map(file -> AgentPackage.open(path(call, file))).toList();
    }

    private static byte[] credentials(Invocation call) {
        Path file = path(call, needed(call, "--credentials"));
        try {
            byte[] bytes = Files.readAllBytes(file);
            CredentialsFile.read(bytes);
            return bytes;
        } catch (IOException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The file '" + file + "' cannot be read.",
                    "Give the vault credentials file.", e);
        }
    }

    private static int oneLine(Invocation call) {
        Path file = path(call, needed(call, "--credentials"));
        credentials(call);
        for (AgentPackage one : packages(call)) {
            call.out().println(OneLine.of(one, file, call.value("--proxy")));
        }
        return Command.DONE;
    }

    private static int go(Invocation call) throws Exception {
        List<HostEntry> hosts = hosts(call);
        byte[] credentials = credentials(call);
        List<AgentPackage> packages = packages(call);
        if ((call.value("--passphrases") == null) == (call.value("--key-vault") == null)) {
            throw Invocation.usage("Say where passphrases are kept: either --passphrases or --key-vault.");
        }
        var secrets = new InstallSecrets(call);
        SshAccess access = secrets.access();
        var plan = new InstallPlan(access, packages, credentials, planned(call));
        Path known = call.value("--known-hosts") == null
                ? new LoginFile(call.environment().variables()).path().resolveSibling("known_hosts")
                : path(call, call.value("--known-hosts"));
        Path state = call.value("--resume") == null ? null : path(call, call.value("--resume"));
        try (PassphraseKeeper keeper = keeper(call, secrets, plan.vault().vault());
                VaultClient client = signedIn(call, plan.vault())) {
            var view = new InstallView(call, hosts.size());
            try (var run = new InstallRun(plan, hosts, new HostKeys(known), question(call), keeper,
                    client == null ? null : new RemoteVault(client, plan.vault().vault()), state, call.clock(), view)) {
                run.start();
                while (!run.await(DRAW_MILLIS, TimeUnit.MILLISECONDS)) {
                    view.draw();
                    if (call.cancel().isCancelled()) {
                        run.stop();
                    }
                }
                view.draw();
                return result(call, run.progress());
            }
        } finally {
            wipe(access.password());
            wipe(access.sudoPassword());
        }
    }

    private static PassphraseKeeper keeper(Invocation call, InstallSecrets secrets, String vault) {
        String url = call.value("--key-vault");
        if (url == null) {
            Path sealed = path(call, needed(call, "--passphrases"));
            return secrets.seal(sealed, Files.exists(sealed), call.clock());
        }
        return new HolderPassphrases(new KeyVaultKeyHolder(call.environment().variables()),
                KeyVaultKeyHolder.location(url), vault, call.flag("--recover-secret"));
    }

    private static void wipe(char @Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, '\0');
        }
    }

    private static Options planned(Invocation call) {
        InstallPlan.Proxy proxy = null;
        if (call.value("--proxy") != null) {
            String file = call.value("--proxy-password-file");
            proxy = new InstallPlan.Proxy(call.value("--proxy"), call.value("--proxy-user"),
                    file == null ? null : call.secrets().file(path(call, file)));
        }
        return Options.DEFAULT.assigning(call.value("--policy"), call.values("--tag"), call.values("--folder"))
                .through(proxy).keyAt(call.value("--key-location")).upgrading(call.flag("--upgrade"))
                .parallel(call.number("--parallel", 1, InstallPlan.MOST_PARALLEL, InstallPlan.PARALLEL))
                .contactWithin(Duration.ofSeconds(call.number("--contact-within", 1, 3600, 90)));
    }

    private static List<HostEntry> hosts(Invocation call) throws IOException {
        var text = new StringBuilder();
        if (call.value("--hosts") != null) {
            Path file = path(call, call.value("--hosts"));
            if (!Files.isReadable(file)) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "The file '" + file + "' cannot be read.",
                        "Give the list of hosts.");
            }
            text.append(Files.readString(file));
        }
        HostList listed = HostList.parse(text.toString());
        HostList named = HostList.parse(String.join("\n", call.values("--host")));
        var errors = new ArrayList<>(listed.errors());
        errors.addAll(named.errors());
        errors.forEach(error -> call.err().println(error));
        if (!errors.isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, errors.size() + " lines of the list of hosts are not"
                    + " understood; nothing was done.", "Correct them and try again.");
        }
        if (!call.quiet()) {
            listed.notes().forEach(call.err()::println);
        }
        var all = new ArrayList<>(listed.hosts());
        all.addAll(named.hosts());
        if (all.isEmpty()) {
            throw Invocation.usage("There are no hosts: give --hosts or --host.");
        }
        return all;
    }

    private static HostKeyQuestion question(Invocation call) {
        if (call.flag("--trust-new-hosts")) {
            return HostKeyQuestion.TRUST_FIRST;
        }
        var one = new Object();
        return (host, kind, fingerprint) -> {
            synchronized (one) {
                char[] answer =
                        call.environment().prompt().ask(host.key() + " shows the key " + fingerprint + " (" + kind
                                + "). Is it its own? Type yes: ");
                return answer != null && new String(answer).strip().equalsIgnoreCase("yes");
            }
        };
    }

    /** A client of the vault of a credentials file, when this user is signed in there; else null. */
    private static @Nullable VaultClient signedIn(Invocation call, CredentialsFile file) {
        Login login = EntraDoor.current(call.environment().variables(), call.environment().clock());
        if (login == null) {
            return null;
        }
        VaultClient client = Remote.client(login.address(), login.fingerprint(), login.token());
        try {
            var vault = client.get(Remote.path("vaults", file.vault()), VaultSummary.class);
            if (vault.id().equals(file.vaultId())) {
                return client;
            }
        } catch (HoldfastException e) {
            call.err().println("The vault of the sign-in cannot be asked: " + e.getMessage());
        }
        client.close();
        return null;
    }

    private static int result(Invocation call, List<HostProgress> all) {
        long good = all.stream().filter(HostProgress::isGood).count();
        boolean warned = all.stream().anyMatch(p -> p.outcome() == Outcome.DONE_WITH_WARNINGS);
        if (call.json()) {
            Output.value(call, all.stream().map(Row::of).toList());
        } else if (!call.quiet()) {
            String url = call.value("--key-vault");
            call.out().println(good + " of " + all.size() + " hosts are done. Their passphrases are in " + (url != null
                    ? url + "; who may read its secrets can restore."
                    : path(call, needed(call, "--passphrases")) + "; without it and what it is sealed with, nobody can"
                            + " restore anything when a host is lost."));
        }
        if (good == all.size()) {
            return warned ? Command.WARNINGS : Command.DONE;
        }
        return good == 0 || call.cancel().isCancelled() ? Command.FAILED : Command.WARNINGS;
    }

    /** A host for programs. */
    private record Row(String host, String name, Outcome outcome, String message, String advice,
            List<String> warnings, @Nullable String serverId, @Nullable String version, @Nullable Instant ended) {
        static Row of(HostProgress p) {
            return new Row(p.host().key(), p.host().name(), p.outcome() == null ? Outcome.STOPPED : p.outcome(),
                    p.message(), p.advice(), p.warnings(), p.serverId(), p.version(), p.ended());
        }
    }

    /** {@code server passphrases}. */
    public static Command passphrases() {
        var options = new ArrayList<>(SEAL);
        options.add(CliOption.value("--show", "HOST", "Show the passphrase of a host: its name, its key or its id"));
        return new Command("server passphrases", "List whose passphrases a sealed file holds, or show one",
                List.copyOf(options), List.of(CliOperand.one("FILE", "Sealed file of 'server install'"))) {
            @Override
            public boolean opensVault() {
                return false;
            }

            @Override
            protected int run(Invocation call) {
                List<SealedPassphrases.Kept> all = new InstallSecrets(call).read(path(call, call.operand("FILE")));
                try {
                    return call.value("--show") == null ? list(call, all) : show(call, all, call.value("--show"));
                } finally {
                    all.forEach(one -> Arrays.fill(one.passphrase(), '\0'));
                }
            }
        };
    }

    private static int list(Invocation call, List<SealedPassphrases.Kept> all) {
        Output.list(call, all.stream().map(one -> new Held(one.host(), one.name(), one.vault(), one.serverId(),
                one.created())).toList(), "It holds none.",
                new String[] { "HOST", "NAME", "VAULT", "SERVER", "CREATED" },
                held -> new String[] { held.host(), held.name(), held.vault(), Output.text(held.serverId()),
                        Output.time(call, held.created()) });
        return Command.DONE;
    }

    private static int show(Invocation call, List<SealedPassphrases.Kept> all, String wanted) {
        var found = all.stream().filter(one -> one.host().equals(wanted) || one.name().equals(wanted)
                || wanted.equals(one.serverId()) || one.host().equals(wanted + ":22")).toList();
        if (found.size() != 1) {
            throw new HoldfastException(Problem.INVALID_REQUEST, found.isEmpty() ? "It holds none of '" + wanted + "'."
                    : "Several are called '" + wanted + "'.", "Give the key of the host as the list shows it.");
        }
        if (call.json()) {
            Output.value(call, found.getFirst());
        } else {
            call.out().println(found.getFirst().passphrase());
        }
        return Command.DONE;
    }

    /** Whose passphrase is held, without it. */
    private record Held(String host, String name, String vault, @Nullable String serverId, Instant created) {
    }
}

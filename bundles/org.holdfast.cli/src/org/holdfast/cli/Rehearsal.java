package org.holdfast.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.cli.internal.App;
import org.holdfast.cli.internal.CannedVault;
import org.holdfast.cli.internal.Environment;
import org.holdfast.cli.internal.Version;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.input.Prompt;
import org.holdfast.store.directory.DirectoryStoreProvider;

/**
 * Runs every command once on a few files, so that the build can record which classes they load and how: the training
 * run of the ahead-of-time cache (JEP 483, JEP 515). Commands start several times faster with it.
 */
public final class Rehearsal {
    private static final String PASSPHRASE = "only used in the rehearsal";

    private final Path work;
    private final Clock clock;

    private Rehearsal(Path work, Clock clock) {
        this.work = work;
        this.clock = clock;
    }

    /**
     * @param args a directory with a few small files, an empty directory to work in, and for commands over the wire the
     *        folder a server sends the files of, its address and the fingerprint of its certificate
     * @throws IOException when files cannot be written
     */
    public static void main(String[] args) throws IOException {
        var data = Path.of(args[0]).toAbsolutePath();
        var work = Path.of(args[1]).toAbsolutePath();
        Files.writeString(work.resolve("passphrase"), PASSPHRASE + "\n", StandardCharsets.UTF_8);
        var rehearsal = new Rehearsal(work, Clock.systemUTC());
        rehearsal.run(data.toString());
        if (args.length > 4) {
            rehearsal.overTheWire(Path.of(args[2]), args[3], args[4]);
        }
    }

    private void run(String data) {
        var vault = work.resolve("vault").toString();
        var restored = work.resolve("restored").toString();
        call("vault", "create", vault);
        call("backup", vault, data);
        call("backup", vault, data, "--json", "--exclude", "*.none");
        call("points", vault);
        call("points", vault, "--json");
        call("points", vault, "latest");
        call("browse", vault, "latest");
        call("browse", vault, "latest", "--json", "--recursive");
        call("find", vault, "*");
        call("find", vault, "*", "--json");
        call("restore", vault, "latest", "--to", restored);
        call("restore", vault, "latest", "--to", restored, "--json", "--if-exists", "overwrite");
        call("verify", vault, "--read-data");
        call("retain", vault, "--last", "1");
        call("vault", "info", vault);
        plain("verify", vault, "--read-data", "--json");
        plain("backup", "--help");
        plain("--help");
        plain("--version");
    }

    private void overTheWire(Path answers, String address, String fingerprint) throws IOException {
        var canned = new CannedVault(answers, clock.instant());
        try (var objects = new DirectoryStoreProvider(clock).open(work.resolve("vault").toString())) {
            canned.write(objects);
        }
        var signIn = Path.of(System.getenv().getOrDefault("HOLDFAST_LOGIN", work.resolve("login.json").toString()));
        Files.write(signIn, canned.login(address, fingerprint));
        plain("server", "list");
        plain("server", "list", "--json");
        plain("server", "show", CannedVault.SERVER);
        plain("job", "list");
        plain("job", "start", "backup", CannedVault.SERVER);
        plain("job", "start", "backup", CannedVault.SERVER, "--wait");
        plain("point", "list");
        plain("alert", "list");
        String there = "vault://" + address + "/" + CannedVault.VAULT + "/" + CannedVault.SERVER;
        call("points", there);
        call("restore", there, "latest", "--to", work.resolve("fetched").toString());
    }

    private void call(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--passphrase-file");
        all.add(work.resolve("passphrase").toString());
        plain(all.toArray(String[]::new));
    }

    private void plain(String... arguments) {
        var environment = new Environment(() -> Main.engine(clock), List.of(), clock, ZoneId.systemDefault(),
                System.getenv(),
                NativePaths.currentDirectory(), System.in, OutputStream.nullOutputStream(), System.err, false, true,
                Prompt.NOBODY, new CancelToken(), Version::text);
        int code = new App(environment).run(List.of(arguments));
        if (code != CliCommand.DONE && code != CliCommand.WARNINGS) {
            // The others are worth recording all the same; the text ends up in the log of the build.
            System.err.println("rehearsal: " + String.join(" ", arguments) + " ended with " + code);
        }
    }
}

package org.holdfast.cli.internal.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.fleet.SignedIn;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.input.PrivateFile;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Call;
import org.holdfast.client.sealed.AgentRequests;
import org.holdfast.protocol.agent.AskRequest;
import org.holdfast.protocol.agent.RestoreRequest;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.protocol.people.CreateCredentials;

/**
 * The demonstration with a vault server and two agents, each a process of its own: register, back up, browse, restore
 * on the other server, compare.
 */
final class FleetDemo {
    private static final String VAULT = "demo";
    private static final String POLICY = "nightly";
    private static final int SHOWN = 8;
    private static final int START_SECONDS = 180;
    private static final int JOB_HOURS = 12;
    private static final Pattern ADDRESS = Pattern.compile("is reached as ([^ \n]+?)[.]?\\s");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA-256: ([0-9a-fA-F:]+)");
    private static final Pattern SECRET = Pattern.compile("one-time secret: (\\S+)");

    private final Invocation call;
    private final PrintWriter out;
    private final Teller tell;
    private final RawPath item;
    private final Path work;
    private final List<Program> running = new ArrayList<>();

    /** @param work a new folder for everything */
    FleetDemo(Invocation call, RawPath item, Path work) {
        this.call = call;
        this.item = item;
        this.work = work;
        this.out = call.out();
        this.tell = new Teller(call);
    }

    /** Whether the programs are there that it takes. */
    static boolean possible(Map<String, String> variables) {
        return variables.containsKey("HOLDFAST_VAULT_PROGRAM") && variables.containsKey("HOLDFAST_AGENT_PROGRAM");
    }

    int run() throws IOException {
        boolean finished = false;
        try {
            int code = steps();
            finished = true;
            return code;
        } finally {
            for (Program program : running.reversed()) {
                program.close();
            }
            if (!finished || !call.flag("--keep")) {
                TreeRemoval.remove(work);
            }
        }
    }

    private int steps() throws IOException {
        tell.say("Holdfast, demonstrated with " + item);
        tell.step("Start a vault server");
        long start = System.nanoTime();
        Program vault = background("vault server", "vault", List.of(program("HOLDFAST_VAULT_PROGRAM"), "serve",
                "--data", work.resolve("vault").toString(), "--listen", "127.0.0.1:0"));
        vault.await("it is ready", () -> Files.exists(work.resolve("vault").resolve("node")), START_SECONDS,
                call.cancel());
        String said = vault.output();
        String address = find(ADDRESS, said);
        tell.detail("https://" + address + ", with its own certificate authority, catalogue and store", start);

        tell.step("Sign in; make a vault and a policy");
        start = System.nanoTime();
        String password = Words.random(20);
        try (SignedIn admin = SignedIn.first(address, find(FINGERPRINT, said), "admin", find(SECRET, said),
                password, work.resolve("cache"))) {
            admin.client().post("/api/v1/vaults", CreateVault.of(VAULT),
                    VaultSummary.class);
            admin.client().post(admin.vault(VAULT) + "/policies",
                    Policy.standard(POLICY).withItems(List.of(item.toString())), Policy.class);
            assign(admin);
            tell.detail("vault '" + VAULT + "', policy '" + POLICY + "': " + item + " daily at 22:00", start);
            return fleet(admin);
        }
    }

    private static void assign(SignedIn admin) {
        String path = admin.vault(VAULT) + "/policies/" + POLICY + "/assignments";
        var now = admin.client().send(Call.get(path), PolicyAssignments.class);
        admin.client().put(path, new PolicyAssignments(List.of(), true), String.valueOf(now.etag()),
                PolicyAssignments.class);
    }

    private int fleet(SignedIn admin) throws IOException {
        tell.step("Register two servers with one vault credentials file");
        long start = System.nanoTime();
        Path credentials = work.resolve("credentials.json");
        PrivateFile.create(credentials, admin.client().send(Call.post(admin.vault(VAULT) + "/credentials",
                new CreateCredentials(null, List.of(), 1, 2)), byte[].class).body());
        ServerSummary first = register(admin, "server-1", credentials);
        ServerSummary second = register(admin, "server-2", credentials);
        tell.detail(first.name() + " and " + second.name() + ", each with its own certificate and passphrase", start);

        tell.step("Back up " + item + " on " + first.name() + ", as an administrator asks for it");
        JobSummary backup = follow(admin, admin.client().post(admin.vault(VAULT) + "/jobs",
                StartJob.backup(UUID.randomUUID().toString(), first.id()), JobSummary.class));
        String point = String.valueOf(backup.point());
        tell.step("Back up again: nothing has changed");
        follow(admin, admin.client().post(admin.vault(VAULT) + "/jobs",
                StartJob.backup(UUID.randomUUID().toString(), first.id()), JobSummary.class));
        browse(admin, first, point);
        JobSummary restore = restore(admin, first, second, point);
        return conclude(backup, restore);
    }

    private ServerSummary register(SignedIn admin, String name, Path credentials) throws IOException {
        Path home = work.resolve(name);
        PrivateFile.createDirectory(home);
        PrivateFile.createDirectory(work.resolve(name + "-keys"));
        Path passphrase = passphrase(name);
        PrivateFile.create(passphrase, (Words.random(25) + "\n").getBytes(StandardCharsets.US_ASCII));
        String agent = program("HOLDFAST_AGENT_PROGRAM");
        Program.run("registration of " + name, work.resolve(name + "-register.log"), List.of(agent, "register",
                "--home", home.toString(), "--credentials", credentials.toString(), "--passphrase-file",
                passphrase.toString(), "--key-location", "file:" + work.resolve(name + "-keys").resolve("kept"),
                "--new-machine"), call.cancel());
        String list = admin.vault(VAULT) + "/servers";
        ServerSummary server = admin.client().list(Call.get(list).query("sort", "-registered"), ServerSummary.class)
                .items().stream().filter(s -> !s.name().startsWith("server-")).findFirst().orElseThrow();
        String path = list + "/" + server.id();
        var now = admin.client().send(Call.get(path), ServerSummary.class);
        admin.client().patch(path, new ChangeServer(name, null, null), String.valueOf(now.etag()),
                ServerSummary.class);
        Program running = background("agent of " + name, name,
                List.of(agent, "run", "--home", home.toString()));
        running.await("it is connected", () -> admin.client().get(path, ServerSummary.class).connected(),
                START_SECONDS, call.cancel());
        return admin.client().get(path, ServerSummary.class);
    }

    private Path passphrase(String name) {
        return work.resolve(name + ".passphrase");
    }

    /** Shows a job's progress until it has ended well. */
    private JobSummary follow(SignedIn admin, @Nullable JobSummary asked) {
        long start = System.nanoTime();
        long end = start + TimeUnit.HOURS.toNanos(JOB_HOURS);
        String path = admin.vault(VAULT) + "/jobs/" + (asked == null ? "" : asked.id());
        while (true) {
            JobSummary job = admin.client().get(path, JobSummary.class);
            if (job.state().isFinal()) {
                var failure = job.failure();
                if (job.result() == null || failure != null) {
                    throw new HoldfastException(Problem.INTERNAL, "The job ended as " + job.state() + ": "
                            + (failure == null ? "" : failure.message()), failure == null ? "" : failure.advice());
                }
                var result = job.result();
                tell.detail(Units.count(result.files(), "file", "files") + ", " + Units.size(result.bytes())
                        + (result.bytesRead() > 0 || result.storedBytes() > 0 ? "; read "
                                + Units.size(result.bytesRead()) + ", sent " + Units.size(result.storedBytes())
                                + " of ciphertext" : ""),
                        start);
                return job;
            }
            call.cancel().check();
            if (System.nanoTime() > end) {
                throw new HoldfastException(Problem.INTERNAL, "The job does not end.", "");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private void browse(SignedIn admin, ServerSummary server, String point) throws IOException {
        tell.step("Browse it through the agent; the vault server carries only sealed questions and answers");
        long start = System.nanoTime();
        try (OpenVault domain = domain(admin, server)) {
            var answer = new AgentRequests(admin.client(), admin.vault(VAULT), server, domain).ask(
                    reply -> new AskRequest("browse", server.id(), call.clock().instant(), reply, point,
                            item.bytes(), null, null, SHOWN));
            if (tell.talks()) {
                answer.entries().forEach(entry -> out.println(Teller.INDENT + RawPath.of(entry.name())
                        + (entry.type() == EntryType.DIRECTORY ? "/" : "")));
            }
            tell.detail(answer.more() ? "and more" : "that is all", start);
        }
    }

    private JobSummary restore(SignedIn admin, ServerSummary source, ServerSummary target, String point)
            throws IOException {
        tell.step("Restore it on " + target.name());
        String secret = Files.readString(passphrase(source.name())).strip();
        try (OpenVault domain = domain(admin, target)) {
            byte[] folder = NativePaths.raw(restored()).bytes();
            return follow(admin, new AgentRequests(admin.client(), admin.vault(VAULT), target, domain).restore(point,
                    source, job -> new RestoreRequest(job, target.id(), source.id(), point, List.of(), folder,
                            IfExists.COPY, true, false, secret)));
        }
    }

    private Path restored() {
        return work.resolve("restored");
    }

    private OpenVault domain(SignedIn admin, ServerSummary server) throws IOException {
        return admin.open(VAULT, server.id(), Files.readString(passphrase(server.name())).strip().toCharArray(),
                call.clock());
    }

    private int conclude(JobSummary backup, JobSummary restore) throws IOException {
        tell.step("Compare everything with the original");
        long start = System.nanoTime();
        Path original = NativePaths.path(item);
        // A point is restored below the folder that holds what was backed up.
        Path there = restored().resolve(String.valueOf(original.getFileName()));
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(work, "unix:uid"));
        TreeCompare comparison = new TreeCompare(original, there, root, path -> false, call.cancel()).run();
        tell.detail(Units.count(comparison.files(), "file", "files") + ", " + Units.size(comparison.bytes())
                + ": names, content, modes, " + (root ? "owners, " : "") + "times, links, attributes", start);
        long warnings = warnings(backup) + warnings(restore);
        int code = !comparison.same() ? CliCommand.FAILED : warnings == 0 ? CliCommand.DONE : CliCommand.WARNINGS;
        if (call.json()) {
            call.jsonOut().object().text("type", "summary").text("operation", "demo")
                    .flag("matches", comparison.same()).number("differences", comparison.differences())
                    .number("files", comparison.files()).number("directories", comparison.directories())
                    .number("bytes", comparison.bytes()).number("warnings", warnings)
                    .text("folder", call.flag("--keep") ? work.toString() : null)
                    .seconds("durationSeconds", call.elapsed()).number("exitCode", code).endObject().line();
            return code;
        }
        out.println();
        if (comparison.same()) {
            out.println(warnings == 0 ? "Everything matches."
                    : "Everything that could be read and written matches; "
                            + Units.count(warnings, "warning", "warnings") + ".");
        } else {
            comparison.told().forEach(text -> out.println(Teller.INDENT + text));
            out.println(Units.count(comparison.differences(), "difference", "differences")
                    + " between the original and what was restored. If nobody changed " + item
                    + " meanwhile, please report this.");
        }
        tell.say(Teller.INDENT + "in " + Units.duration(call.elapsed()) + ", with a vault server and two agents"
                + (call.flag("--keep") ? "; all of it stays in " + work : ""));
        return code;
    }

    private static long warnings(JobSummary job) {
        return job.warnings().values().stream().mapToLong(Long::longValue).sum();
    }

    private Program background(String name, String log, List<String> command) throws IOException {
        Program program = Program.start(name, work.resolve(log + ".log"), command);
        running.add(program);
        return program;
    }

    private String program(String variable) {
        return call.environment().variables().getOrDefault(variable, "");
    }

    private static String find(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new HoldfastException(Problem.INTERNAL, "The vault server did not say what was expected: " + text,
                    "");
        }
        return matcher.group(1);
    }
}

package org.holdfast.agent.internal.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.control.ControlClient;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.vault.IfExists;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores now. */
@Command(name = "restore",
        description = "Restores from a point of this server, or of another one that the vault lets this"
                + " server read.")
final class RestoreCommand extends AgentCommand {
    @Parameters(paramLabel = "POINT", description = "Id of the point, the beginning of one, or 'latest'.")
    private String point = "latest";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Where where = new Where();

    @Option(names = "--include", paramLabel = "PATH",
            description = "Only this path and what is below; may be repeated.")
    private List<String> include = new ArrayList<>();

    @Option(names = "--if-exists", paramLabel = "RULE", defaultValue = "copy",
            description = "What to do with files that are there: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private IfExists ifExists = IfExists.COPY;

    @Option(names = "--no-owners", description = "Does not restore owners.")
    private boolean noOwners;

    @Option(names = "--no-permissions", description = "Does not restore modes and attributes.")
    private boolean noPermissions;

    @Option(names = "--dry-run", description = "Only counts.")
    private boolean dryRun;

    @Option(names = "--throttle", description = "Keeps to the policy's rates.")
    private boolean throttle;

    @Option(names = "--server", paramLabel = "ID", description = "The server whose point it is; needs a grant.")
    private @Nullable String server;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description = "Passphrase of the other server.")
    private @Nullable Path passphraseFile;

    @Option(names = "--key-location", paramLabel = "LOCATION",
            description = "Where this agent finds the passphrase of the other server.")
    private @Nullable String keyLocation;

    /** Where to. */
    static final class Where {
        @Option(names = "--to", paramLabel = "DIR", description = "Restores into this folder.")
        private @Nullable Path to;

        @Option(names = "--original", description = "Restores to the original places.")
        private boolean original;
    }

    @Override
    public Integer call() throws Exception {
        AgentHome home = home();
        Registration registration = registered(home);
        String source = registration.serverId().equals(server) ? null : server;
        var what = new JobSpec.Restore(source, point, include,
                where.to == null ? null : where.to.toAbsolutePath().normalize().toString(), ifExists, !noOwners,
                !noPermissions, dryRun, throttle, source == null ? null : keyLocation);
        char[] secret = null;
        if (source != null && keyLocation == null) {
            var input = new PassphraseInput(environment());
            secret = passphraseFile != null ? input.file(passphraseFile)
                    : input.ask("Passphrase of the server " + source + ": ");
        }
        try {
            return new JobFollower(this).follow(new ControlClient(home),
                    JobSpec.restore(UUID.randomUUID().toString(), JobTrigger.LOCAL, what),
                    secret == null ? null : new String(secret));
        } finally {
            if (secret != null) {
                Arrays.fill(secret, '\0');
            }
        }
    }
}

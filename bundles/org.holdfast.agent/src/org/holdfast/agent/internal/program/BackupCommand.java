package org.holdfast.agent.internal.program;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.control.ControlClient;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.api.fleet.JobTrigger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a backup now. */
@Command(name = "backup",
        description = "Makes a recovery point now, of the given paths or of what the policy protects.")
final class BackupCommand extends AgentCommand {
    @Parameters(paramLabel = "PATH", arity = "0..*", description = "What to back up.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--keep-until", paramLabel = "TIME",
            description = "Keeps the point until then, for example 2027-01-31T00:00:00Z.")
    private @Nullable Instant keepUntil;

    @Override
    public Integer call() throws Exception {
        AgentHome home = home();
        registered(home);
        List<String> items = paths.stream().map(p -> p.toAbsolutePath().normalize().toString()).toList();
        return new JobFollower(this).follow(new ControlClient(home),
                JobSpec.backup(UUID.randomUUID().toString(), JobTrigger.LOCAL, items, keepUntil), null);
    }
}

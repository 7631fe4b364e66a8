package org.holdfast.agent.internal.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.Parts;
import org.holdfast.agent.internal.check.CheckStep;
import org.holdfast.agent.internal.check.Checks;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.link.HttpConnector;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.keys.azure.KeyVaultKeyHolder;
import org.holdfast.protocol.people.CredentialsFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the surroundings. */
@Command(name = "check", description = "Checks whether the agent can do its work: rights, room, clock, network, vault."
        + " Exit code 1 when it cannot, 3 when something should be better.")
final class CheckCommand extends AgentCommand {
    @Option(names = "--credentials", paramLabel = "FILE",
            description = "Checks the way to the vault of this file, before registration.")
    private @Nullable Path credentials;

    @Option(names = "--path", paramLabel = "PATH", description = "What is to be protected, for the room of the cache;"
            + " may be repeated.")
    private List<Path> paths = new ArrayList<>();

    @Mixin
    private final AzureCheckOptions azure = new AzureCheckOptions();

    @Option(names = "--try-key-vault", paramLabel = "URL", description = "Tries this Azure Key Vault: identity, whether"
            + " secrets can be set and read, how they are protected. Without it the one in use is tried.")
    private @Nullable String keyVault;

    @Override
    public Integer call() throws Exception {
        if (azure.isWanted()) {
            if (!azure.checks()) {
                return azure.print(this);
            }
            AgentHome home = home();
            return show(this, azure.run(environment().maker().parts(home).clock(),
                    HttpConnector.proxy(home.settings())));
        }
        CredentialsFile file = null;
        if (credentials != null) {
            try {
                file = CredentialsFile.read(Files.readAllBytes(credentials));
            } catch (IOException e) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "'" + credentials + "' cannot be read.", "", e);
            }
        }
        return check(this, home(), file, paths,
                keyVault == null ? null : KeyVaultKeyHolder.location(keyVault));
    }

    static int check(AgentCommand command, AgentHome home, @Nullable CredentialsFile file, List<Path> paths,
            @Nullable String keyLocation) throws IOException {
        Parts parts = command.environment().maker().parts(home);
        List<CheckStep> steps = new Checks(home, parts.keys(), HttpConnector.proxy(home.settings()), parts.clock())
                .run(file, paths, keyLocation);
        return show(command, steps);
    }

    private static int show(AgentCommand command, List<CheckStep> steps) {
        boolean failed = steps.stream().anyMatch(s -> s.result() == CheckStep.Result.FAILED);
        boolean warned = steps.stream().anyMatch(s -> s.result() == CheckStep.Result.WARNING);
        int code = failed ? Program.FAILED : warned ? Program.WARNINGS : Program.DONE;
        if (command.json()) {
            command.json(Map.of("steps", steps, "exitCode", code));
            return code;
        }
        for (CheckStep step : steps) {
            String mark = switch (step.result()) {
                case OK -> "ok";
                case WARNING -> "warning";
                case FAILED -> "FAILED";
                case SKIPPED -> "skipped";
            };
            command.out().println(String.format("%-8s %s: %s", mark, step.name(), step.detail()));
            if (!step.remedy().isEmpty()) {
                command.out().println("         " + step.remedy());
            }
        }
        return code;
    }
}

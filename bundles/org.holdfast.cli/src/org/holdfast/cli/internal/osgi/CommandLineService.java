package org.holdfast.cli.internal.osgi;

import java.time.Clock;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.api.vault.VaultService;
import org.holdfast.cli.internal.App;
import org.holdfast.cli.internal.Interruption;
import org.holdfast.cli.internal.ProcessEnvironment;
import org.holdfast.cli.internal.Version;
import org.holdfast.cli.internal.input.ArgumentText;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;

/** The command line inside a framework, where other bundles bring commands. */
@Component(service = CommandLineService.class)
public final class CommandLineService {
    private final VaultService vaults;
    private final List<CliCommand> commands;

    /**
     * @param vaults services of the engine
     * @param commands commands of other bundles
     */
    @Activate
    public CommandLineService(@Reference VaultService vaults,
            @Reference(cardinality = ReferenceCardinality.MULTIPLE) List<CliCommand> commands) {
        this.vaults = vaults;
        this.commands = List.copyOf(commands);
    }

    /** Runs a command line and returns its exit code. */
    public int run(String[] arguments) {
        var cancel = new CancelToken();
        var environment = ProcessEnvironment.create(() -> vaults, commands, Clock.systemUTC(), cancel, Version::text);
        return new Interruption(cancel, () -> new App(environment).run(ArgumentText.ofProcess(arguments))).run();
    }
}

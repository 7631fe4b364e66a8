package org.holdfast.cli.internal.demo;

import java.util.List;

import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;

/** {@code demo}: from nothing to a verified restore. */
public final class DemoCommand extends Command {
    private static final String DEFAULT = "/usr/share/doc";

    /** The command. */
    public DemoCommand() {
        super("demo", "Show it all: a vault server, two agents, back up, browse, restore, and compare", List.of(
                CliOption.flag("--local", "Show it without servers, with a vault in a directory"),
                CliOption.flag("--keep", "Keep everything, also the restored files"),
                CliOption.flag("--clean", "With --local: remove everything at the end, the vault too")),
                List.of(CliOperand.optional("DIR", "What to back up (default: " + DEFAULT + ")")));
    }

    @Override
    public List<String> description() {
        return List.of("Works in a new directory for temporary files and changes nothing else.",
                "Exit code 1: something did not come back as it was.");
    }

    @Override
    public boolean opensVault() {
        return false;
    }

    @Override
    protected int run(Invocation call) throws Exception {
        if (call.flag("--keep") && call.flag("--clean")) {
            throw Invocation.usage("--keep and --clean cannot be used together.");
        }
        var given = call.operand("DIR");
        var item = call.path(given == null ? DEFAULT : given);
        return call.flag("--local") || !FleetDemo.possible(call.environment().variables()) ? new Demo(call, item).run()
                : new FleetDemo(call, item, Demo.newFolder(item)).run();
    }
}

package org.holdfast.console.tests;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.install.internal.run.Registrations;
import org.holdfast.vault.testkit.VaultNode;

/** A console in a process of its own that registers servers until it is killed. */
final class RegisteringConsole {
    private RegisteringConsole() {
    }

    /** Takes a folder, the address of the vault server, the hosts and the agent's package. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        var console = new VaultConnections(folder.resolve("killed"), Clock.systemUTC());
        String print = console.look(args[1]).get();
        FleetSession session = console.add("Head office", args[1], print,
                console.login(args[1], print, "admin", VaultNode.PASSWORD.toCharArray()).get(), false);
        Until.that("vaults", () -> session.live().vaults().status().state() == LiveList.State.COMPLETE);
        Until.that("servers", () -> session.live().servers().status().state() == LiveList.State.COMPLETE);
        var registrations = new Registrations(folder.resolve("console"), Clock.systemUTC());
        try (Screen screen = new Screen()) {
            screen.open();
            var steps = new RegisterSteps(screen, folder);
            var shell = steps.wizard(console, registrations, List.of());
            steps.fill(shell, args[2].replace(',', '\n'), Path.of(args[3]));
            steps.finish(shell);
        }
    }
}

package org.holdfast.console.tests;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.install.internal.RegisterDialog;
import org.holdfast.console.install.internal.RegisterWizard;
import org.holdfast.console.install.internal.RegisterWizard.Surroundings;
import org.holdfast.console.install.internal.Remembered;
import org.holdfast.console.install.internal.pick.HostSource;
import org.holdfast.console.install.internal.run.Registration;
import org.holdfast.console.install.internal.run.Registrations;
import org.holdfast.console.install.internal.run.SessionVault;

/** What somebody does in the wizard that registers servers, for tests that need one to be under way. */
final class RegisterSteps {
    static final String SEAL = "a passphrase of the operator";

    private final Screen screen;
    private final Path folder;
    private final AtomicReference<Registration> begun = new AtomicReference<>();

    /** @param folder where the package and the file with passphrases are */
    RegisterSteps(Screen screen, Path folder) {
        this.screen = screen;
        this.folder = folder;
    }

    /** Opens the wizard. */
    Shell wizard(VaultConnections console, Registrations all, List<HostSource> sources) {
        begun.set(null);
        var around = new Surroundings(console, all, Map.of(), Remembered.inMemory(),
                (s, vault) -> new HeardOf(new SessionVault(s, vault)), sources);
        var dialog = RegisterDialog.of(screen.shell(), new RegisterWizard(around, begun::set));
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("register");
        screen.settle();
        return shell;
    }

    static Text field(Shell shell, String id) {
        return Screen.find(shell, id, Text.class);
    }

    static Button button(Shell shell, String id) {
        return Screen.find(shell, id, Button.class);
    }

    static Table table(Shell shell, String id) {
        return Screen.find(shell, id, Table.class);
    }

    void next(Shell shell) {
        screen.until("the page can be left", button(shell, "register.next")::isEnabled);
        Screen.click(button(shell, "register.next"));
        screen.settle();
    }

    /** All pages up to the last one. */
    void fill(Shell shell, String hosts, Path agent) {
        field(shell, "hosts.text").setText(hosts);
        next(shell);
        Screen.click(button(shell, "sign.withPassword"));
        field(shell, "sign.password").setText(SshFarm.PASSWORD);
        next(shell);
        field(shell, "options.package").setText(agent.toString());
        field(shell, "options.tags").setText("site:osaka");
        untilPackageIsRead(shell);
        next(shell);
        field(shell, "pass.file").setText(folder.resolve("servers.sealed").toString());
        field(shell, "pass.seal").setText(SEAL);
        field(shell, "pass.sealAgain").setText(SEAL);
        next(shell);
    }

    void untilPackageIsRead(Shell shell) {
        screen.until("read", () -> Screen.find(shell, "options.packageWords", Label.class).getText().contains("9.9.9"));
    }

    /** From the last page on: compares keys if there are new ones, and begins. */
    Registration begin(Shell shell) {
        screen.until("looked at", () -> button(shell, "check.keys").isEnabled()
                || button(shell, "register.finish").isEnabled());
        if (button(shell, "check.keys").isEnabled()) {
            Screen.click(button(shell, "check.keys"));
            Shell keys = screen.dialog("keys");
            Screen.click(button(keys, "keys.all"));
            Screen.click(button(keys, "keys.ok"));
        }
        screen.until("checked", button(shell, "register.finish")::isEnabled);
        Screen.click(button(shell, "register.finish"));
        screen.until("started", () -> begun.get() != null && shell.isDisposed());
        return begun.get();
    }

    /** The same, to its end. */
    Registration finish(Shell shell) {
        Registration registration = begin(shell);
        screen.until("over", () -> !registration.isRunning());
        return registration;
    }
}

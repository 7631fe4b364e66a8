package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.install.internal.RegisterDialog;
import org.holdfast.console.install.internal.RegisterWizard;
import org.holdfast.console.install.internal.RegisterWizard.Surroundings;
import org.holdfast.console.install.internal.Remembered;
import org.holdfast.console.install.internal.run.Registration;
import org.holdfast.console.install.internal.run.Registrations;
import org.holdfast.console.install.internal.run.SessionVault;
import org.holdfast.console.policies.internal.PolicyWords;
import org.holdfast.console.policies.internal.ScheduleDialog;
import org.holdfast.console.policies.internal.ScheduleWizard;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.vaults.internal.CreateVaultDialog;
import org.holdfast.console.vaults.internal.CreateVaultWizard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wizards from the first page to the end with the keyboard alone: no widget is touched, keys go to the window. */
class KeyboardTest {
    private static final String SEAL = "a passphrase of the operator";

    @TempDir
    private Path folder;
    private Fleet fleet;
    private FleetSession session;
    private SshFarm farm;
    private Registrations registrations;
    private Screen screen;
    private Keys keys;
    private Registration begun;

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 3);
        session = fleet.connect();
        Until.that("vaults", () -> session.live().vaults().status().state() == LiveList.State.COMPLETE);
        farm = new SshFarm(folder.resolve("hosts"));
        registrations = new Registrations(folder.resolve("console"), Clock.systemUTC());
        screen = new Screen();
        screen.open();
        keys = new Keys(screen);
    }

    @AfterEach
    void stop() throws Exception {
        screen.close();
        registrations.close();
        farm.close();
        fleet.close();
    }

    /** No two of what can be pressed on the page that is shown, the buttons below it among them, have the same key. */
    private static void noClash(Shell shell) {
        assertEquals(List.of(), AccessibilityTest.clashes(shell));
    }

    @Test
    void aVaultIsMade() throws Exception {
        var wizard = new CreateVaultWizard(fleet.console().sessions(), List.of(), made -> {
        });
        var dialog = new CreateVaultDialog(screen.shell(), wizard);
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("createVault");
        keys.in(shell);
        noClash(shell);
        keys.at("name.name");
        keys.type("branch-2");
        Button next = Screen.find(shell, "createVault.next", Button.class);
        screen.until("free", next::isEnabled);
        keys.alt(shell, "createVault.next");
        keys.at("keeping.redundancy");
        noClash(shell);
        keys.press(SWT.TAB);
        keys.at("keeping.immutability");
        keys.press(SWT.ARROW_DOWN);
        keys.alt(shell, "createVault.next");
        noClash(shell);
        keys.alt(shell, "createVault.finish");
        screen.until("made", shell::isDisposed);
        assertEquals("branch-2", session.api().vaults().read("branch-2").get().value().name());
    }

    @Test
    void aBackupIsScheduled() {
        var wizard = new ScheduleWizard(screen.shell(), new PolicyWords(Formats.local()),
                ScheduleWizard.servers(fleet.console()), List.of());
        var dialog = new ScheduleDialog(screen.shell(), wizard);
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("scheduleBackup");
        keys.in(shell);
        noClash(shell);
        keys.to("picker.filter");
        keys.type("db");
        screen.until("one server", () -> Screen.find(shell, "picker.table", Table.class).getItemCount() == 1);
        keys.alt(shell, "picker.all");
        keys.alt(shell, "scheduleBackup.next");
        noClash(shell);
        keys.alt('p');
        keys.at("items.paths");
        keys.type("/var/lib/dump");
        keys.alt(shell, "scheduleBackup.next");
        noClash(shell);
        keys.alt('t');
        keys.at("plan.times");
        keys.selectAll();
        keys.type("2:30");
        keys.alt(shell, "scheduleBackup.next");
        noClash(shell);
        keys.alt(shell, "scheduleBackup.next");
        noClash(shell);
        keys.alt(shell, "scheduleBackup.next");
        noClash(shell);
        keys.alt('p');
        keys.at("review.name");
        keys.selectAll();
        keys.type("dumps");
        keys.alt(shell, "scheduleBackup.finish");
        Shell many = screen.dialog("many");
        screen.until("assigned", () -> Screen.find(many, "many.summary", Label.class).getText()
                .startsWith("1 of 1"));
        keys.in(many);
        noClash(many);
        keys.press(SWT.ESC);
        screen.until("closed", many::isDisposed);
        Policy made = fleet.people().call("GET", "/api/v1/vaults/main/policies/dumps", null, Policy.class);
        assertEquals(List.of("/var/lib/dump"), made.items());
        screen.until("followed", () -> session.live().servers().snapshot().stream()
                .filter(s -> "dumps".equals(s.policy())).count() == 1);
    }

    @Test
    void aServerIsRegistered() throws Exception {
        farm.host("127.0.1.1");
        Path agent = SshFarm.agent(folder);
        var around = new Surroundings(fleet.console(), registrations, Map.of(), Remembered.inMemory(),
                (s, vault) -> new HeardOf(new SessionVault(s, vault)), List.of());
        var dialog = RegisterDialog.of(screen.shell(), new RegisterWizard(around, started -> begun = started));
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("register");
        keys.in(shell);
        keys.at("hosts.text");
        noClash(shell);
        keys.type("127.0.1.1:" + farm.port());
        keys.alt(shell, "register.next");
        keys.at("sign.user");
        noClash(shell);
        keys.alt(shell, "sign.withPassword");
        keys.at("sign.withPassword");
        keys.press(SWT.TAB);
        keys.at("sign.password");
        keys.type(SshFarm.PASSWORD);
        keys.alt(shell, "register.next");
        keys.at("options.package");
        noClash(shell);
        keys.type(agent.toString());
        screen.until("read", () -> Screen.find(shell, "options.packageWords", Label.class).getText().contains("9.9.9"));
        keys.alt(shell, "register.next");
        keys.at("pass.file");
        noClash(shell);
        keys.type(folder.resolve("servers.sealed").toString());
        keys.press(SWT.TAB);
        keys.at("pass.browse");
        keys.press(SWT.TAB);
        keys.type(SEAL);
        keys.press(SWT.TAB);
        keys.at("pass.sealAgain");
        keys.type(SEAL);
        keys.alt(shell, "register.next");
        noClash(shell);
        keys.alt(shell, "check.keys");
        Shell asked = screen.dialog("keys");
        keys.in(asked);
        noClash(asked);
        keys.alt(asked, "keys.all");
        keys.alt(asked, "keys.ok");
        screen.until("closed", asked::isDisposed);
        keys.in(shell);
        keys.alt(shell, "register.finish");
        screen.until("started", () -> begun != null && shell.isDisposed());
        screen.until("over", () -> !begun.isRunning());
        assertTrue(begun.open().isEmpty(), () -> begun.rows().toString());
    }
}

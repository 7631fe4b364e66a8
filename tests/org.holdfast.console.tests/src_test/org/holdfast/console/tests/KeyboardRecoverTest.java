package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.vault.Entry;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.recovery.internal.ServerDialog;
import org.holdfast.console.recovery.internal.restore.RestoreWizard;
import org.holdfast.console.ui.Buttons;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recovering data with the keyboard alone: a server's data are opened, and its agent restores a folder of them. */
class KeyboardRecoverTest {
    @TempDir
    private Path folder;
    private FleetRecovery r;
    private RealAgent agent;
    private Keys keys;

    @BeforeEach
    void start() throws Exception {
        r = new FleetRecovery(folder);
        agent = new RealAgent(r.fleet, folder.resolve("alpha"));
        ServerSummary server = r.named("alpha");
        Files.createDirectories(agent.data().resolve("shares"));
        Files.writeString(agent.data().resolve("shares/letter.txt"), "Dear Berta");
        r.backUp(server, agent.data());
        r.screen.open();
        keys = new Keys(r.screen);
    }

    @AfterEach
    void stop() {
        agent.close();
        r.close();
    }

    @Test
    void dataAreRecovered() throws Exception {
        open();
        var point = r.session.points().getFirst();
        Entry shares = Objects.requireNonNull(r.session.connection())
                .entry(point.id(), RawPath.of(agent.data().resolve("shares").toString())).join();
        var wizard = new RestoreWizard(r.session.connection(), r.session.ui(),
                List.of(new Basket.Item(point, shares)), r.vaults, (shell, source) -> null);
        var dialog = new WizardDialog(r.screen.shell(), wizard) {
            @Override
            protected void createButtonsForButtonBar(Composite parent) {
                super.createButtonsForButtonBar(parent);
                Buttons.name(this::getButton);
            }
        };
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = dialog.getShell();
        keys.in(shell);
        noClash(shell);
        keys.alt(shell, IDialogConstants.NEXT_ID);
        noClash(shell);
        keys.to("where.path");
        Path back = agent.data().resolveSibling("back");
        keys.type(back.toString());
        keys.alt(shell, IDialogConstants.NEXT_ID);
        noClash(shell);
        keys.alt(shell, "conflicts.SKIP");
        keys.alt(shell, IDialogConstants.NEXT_ID);
        noClash(shell);
        keys.alt(shell, IDialogConstants.FINISH_ID);
        Shell agents = r.screen.dialog("agents");
        Table table = Screen.find(agents, "agents.table", Table.class);
        r.screen.until("the job has ended", () -> table.getItem(0).getText(0).equals("done"));
        keys.in(agents);
        noClash(agents);
        keys.press(SWT.ESC);
        r.screen.until("closed", agents::isDisposed);
        try (var files = Files.walk(back)) {
            Path letter = files.filter(file -> file.endsWith("letter.txt")).findFirst().orElseThrow();
            assertEquals("Dear Berta", Files.readString(letter));
        }
    }

    /** Chooses the server by typing a part of its name, and opens its data with its passphrase. */
    private void open() {
        var dialog = new ServerDialog(r.screen.shell(), r.session, null);
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = r.screen.dialog("server");
        keys.in(shell);
        noClash(shell);
        Table table = Screen.find(shell, "server.table", Table.class);
        r.screen.until("servers are there", () -> table.getItemCount() > 1);
        keys.to("server.filter");
        keys.type("alpha");
        r.screen.until("filtered", () -> table.getItemCount() == 1);
        keys.press(SWT.ARROW_DOWN);
        keys.at("server.table");
        assertEquals(1, table.getSelectionCount(), "the first row is chosen");
        keys.to("server.secret");
        keys.type(RealAgent.PASSPHRASE);
        keys.press(SWT.CR);
        r.screen.until("points are there", () -> r.session.points().size() == 1);
        assertTrue(shell.isDisposed());
    }

    private static void noClash(Shell shell) {
        assertEquals(List.of(), AccessibilityTest.clashes(shell));
    }
}

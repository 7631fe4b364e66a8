package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.SealedPassphrases;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.recovery.internal.ServerDialog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data of a server is opened with the encrypted file that registering it has written. */
class RecoverBySealedFileTest {
    private static final String SECRET = "a secret for the whole file";

    @TempDir
    Path folder;

    @Test
    void theFileHasThePassphrase() throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T00:00:00Z"), ZoneOffset.UTC);
        Path file = folder.resolve("passphrases.sealed");
        HostEntry host = HostEntry.of("192.0.2.1", 22);
        try (var r = new FleetRecovery(folder.resolve("fleet"));
                var kept = SealedPassphrases.open(file, SECRET.toCharArray(), clock);
                var agent = new RealAgent(r.fleet, folder.resolve("alpha"),
                        new String(kept.passphrase(host, "main")))) {
            ServerSummary server = r.named("alpha");
            Files.writeString(agent.data().resolve("letter.txt"), "Dear Berta");
            r.backUp(server, agent.data());
            r.screen.open();
            Shell shell = dialog(r, server);
            assertFalse(Screen.shows(shell, "server.file"));
            Screen.click(Screen.find(shell, "server.byFile", Button.class));
            r.screen.settle();
            assertTrue(Screen.shows(shell, "server.file"));
            Screen.type(Screen.find(shell, "server.file", Text.class), file.toString());
            assertFalse(Screen.find(shell, "server.ok", Button.class).isEnabled());
            refused(r, shell, "not the secret of it", "This does not open the file of passphrases.");
            refused(r, shell, SECRET, "The file has no passphrase of alpha.");
            r.screen.picture(shell, "recover-sealed-file");
            assertEquals(List.of(), AccessibilityTest.nameless(shell));
            assertEquals(List.of(), AccessibilityTest.clashes(shell));
            kept.registered(host, server.id());
            Screen.type(Screen.find(shell, "server.secret", Text.class), SECRET);
            Screen.click(Screen.find(shell, "server.ok", Button.class));
            r.screen.until("its points are there", () -> r.session.points().size() == 1);
            assertTrue(shell.isDisposed());
        }
    }

    private static Shell dialog(FleetRecovery r, ServerSummary server) {
        var dialog = new ServerDialog(r.screen.shell(), r.session, new Row<>(r.vaultServer, server));
        dialog.setBlockOnOpen(false);
        dialog.open();
        r.screen.settle();
        return r.screen.dialog("server");
    }

    private static void refused(FleetRecovery r, Shell shell, String secret, String message) {
        Screen.type(Screen.find(shell, "server.secret", Text.class), secret);
        Screen.click(Screen.find(shell, "server.ok", Button.class));
        r.screen.until(message, () -> Screen.all(shell).stream()
                .map(c -> c instanceof Label label ? label.getText() : c instanceof Text text ? text.getText() : "")
                .collect(Collectors.joining("\n")).contains(message));
    }
}

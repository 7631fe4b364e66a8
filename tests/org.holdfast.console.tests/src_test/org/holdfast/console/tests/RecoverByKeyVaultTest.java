package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.api.spi.keys.KeyNote;
import org.holdfast.console.model.Row;
import org.holdfast.console.recovery.internal.ServerDialog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening the data of a server with a passphrase that a Key Vault keeps. */
class RecoverByKeyVaultTest {
    private static final String URL = "https://my.vault.azure.net";
    private static final String PASSPHRASE = "correct horse battery staple";

    @TempDir
    Path folder;

    /** Two versions, of which the older one opens. */
    private static final class Keys implements KeyHolder {
        private final Map<String, String> values = new ConcurrentHashMap<>(
                Map.of("a/2", "quite another passphrase", "a/1", PASSPHRASE));
        private volatile String server = "";

        @Override
        public String scheme() {
            return "keyvault";
        }

        @Override
        public void check(String location, List<RawPath> protectedPaths) {
            // Anything will do.
        }

        @Override
        public void store(String location, String label, char[] passphrase) {
            throw new UnsupportedOperationException();
        }

        @Override
        public char[] read(String location) throws IOException {
            String value = values.get(location);
            if (value == null) {
                throw new NoSuchFileException(location);
            }
            return value.toCharArray();
        }

        @Override
        public boolean remove(String location) {
            return false;
        }

        @Override
        public List<String> versions(String location) {
            return List.of("a/2", "a/1");
        }

        @Override
        public List<String> find(String location, Map<String, String> facts) {
            return location.equals(URL) && server.equals(facts.get(KeyNote.SERVER)) ? List.of("a") : List.of();
        }
    }

    @Test
    void itsSecretIsFoundAndTheVersionThatOpensTaken() throws Exception {
        var keys = new Keys();
        try (var r = new FleetRecovery(folder.resolve("fleet"), keys);
                var agent = new RealAgent(r.fleet, folder.resolve("alpha"), PASSPHRASE)) {
            ServerSummary server = r.named("alpha");
            Files.writeString(agent.data().resolve("letter.txt"), "Dear Berta");
            r.backUp(server, agent.data());
            r.screen.open();
            var dialog = new ServerDialog(r.screen.shell(), r.session, new Row<>(r.vaultServer, server));
            dialog.setBlockOnOpen(false);
            dialog.open();
            r.screen.settle();
            Shell shell = r.screen.dialog("server");
            Screen.click(Screen.find(shell, "server.byKeyVault", Button.class));
            r.screen.settle();
            assertTrue(Screen.shows(shell, "server.file"));
            assertFalse(Screen.find(shell, "server.secret", Text.class).isEnabled());
            assertFalse(Screen.find(shell, "server.ok", Button.class).isEnabled());
            Screen.type(Screen.find(shell, "server.file", Text.class), URL);
            Screen.click(Screen.find(shell, "server.ok", Button.class));
            r.screen.until("there is none yet", () -> Screen.all(shell).stream()
                    .map(c -> c instanceof Label label ? label.getText() : c instanceof Text text ? text.getText() : "")
                    .collect(Collectors.joining("\n")).contains("No passphrase of alpha is kept at " + URL));
            r.screen.picture(shell, "recover-key-vault");
            assertEquals(List.of(), AccessibilityTest.nameless(shell));
            assertEquals(List.of(), AccessibilityTest.clashes(shell));
            keys.server = server.id();
            Screen.click(Screen.find(shell, "server.ok", Button.class));
            r.screen.until("its points are there", () -> r.session.points().size() == 1);
            assertTrue(shell.isDisposed());
        }
    }
}

package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.recovery.internal.OpenVaultDialog;
import org.holdfast.console.recovery.internal.RecentVaults;
import org.holdfast.console.testkit.FakeVaultService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.prefs.Preferences;

/** Opening a vault: the right passphrase, the wrong one, no vault at all, and a change of mind. */
class OpenVaultDialogTest {
    private final Recovery r = new Recovery();
    private final RecentVaults recent = new RecentVaults(inMemory());
    private OpenVaultDialog dialog;

    @BeforeEach
    void open() {
        r.screen.open();
        dialog = dialog("");
    }

    @AfterEach
    void close() {
        r.close();
    }

    /** Outside of a workbench there is no place for preferences. */
    private static Preferences inMemory() {
        Map<String, String> values = new HashMap<>();
        return (Preferences) Proxy.newProxyInstance(Preferences.class.getClassLoader(),
                new Class<?>[] { Preferences.class }, (proxy, method, arguments) -> switch (method.getName()) {
                    case "get" -> values.getOrDefault(arguments[0], (String) arguments[1]);
                    case "put" -> {
                        values.put((String) arguments[0], (String) arguments[1]);
                        yield null;
                    }
                    case "flush" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private OpenVaultDialog dialog(String location) {
        var made = new OpenVaultDialog(r.screen.shell(), r.session, recent, location);
        made.setBlockOnOpen(false);
        made.open();
        r.screen.settle();
        return made;
    }

    private Shell shell() {
        return dialog.getShell();
    }

    private Button button(String id) {
        return Screen.find(shell(), id, Button.class);
    }

    private Text secret() {
        return Screen.find(shell(), "open.secret", Text.class);
    }

    private void fill(String location, String passphrase) {
        Screen.find(shell(), "open.location", Combo.class).setText(location);
        Screen.type(secret(), passphrase);
    }

    @Test
    void opensAndRemembersTheDirectoryButNotThePassphrase() {
        assertFalse(button("open.ok").isEnabled());
        fill(Recovery.LOCATION, FakeVaultService.PASSPHRASE);
        Screen.click(button("open.ok"));
        r.screen.until("the vault is open", () -> r.session.connection() != null && shell() == null);
        assertEquals(List.of(Recovery.LOCATION), recent.locations());
        dialog = dialog("");
        assertEquals(Recovery.LOCATION, Screen.find(shell(), "open.location", Combo.class).getText());
        assertEquals("", secret().getText());
    }

    @Test
    void aWrongPassphraseSaysSoAndKeepsWhatWasTyped() {
        fill(Recovery.LOCATION, "not the passphrase at all");
        Screen.click(button("open.ok"));
        r.screen.until("refused", () -> dialog.getErrorMessage() == null && dialog.getMessage() != null
                && dialog.getMessage().startsWith("This passphrase does not open"));
        assertEquals("not the passphrase at all", secret().getText());
        assertEquals(Recovery.LOCATION, Screen.find(shell(), "open.location", Combo.class).getText());
        assertTrue(button("open.ok").isEnabled());
        assertNull(r.session.connection());
        assertEquals(List.of(), recent.locations());
        Screen.type(secret(), FakeVaultService.PASSPHRASE);
        Screen.click(button("open.ok"));
        r.screen.until("the vault is open", () -> r.session.connection() != null);
    }

    @Test
    void noVaultThereSaysSo() {
        fill("/somewhere/else", FakeVaultService.PASSPHRASE);
        Screen.click(button("open.ok"));
        r.screen.until("refused", () -> dialog.getMessage().startsWith("There is no vault here"));
        assertTrue(dialog.getMessage().contains("Check the path"));
    }

    @Test
    void opensWithTheRecoveryKey() {
        Screen.click(button("open.byRecoveryKey"));
        assertEquals('\0', secret().getEchoChar(), "a recovery key is shown while it is copied from paper");
        fill(Recovery.LOCATION, " " + FakeVaultService.RECOVERY_KEY + " ");
        Screen.click(button("open.ok"));
        r.screen.until("the vault is open", () -> r.session.connection() != null);
    }

    @Test
    void nothingCanBeChangedWhileItOpens() {
        r.service.opening.shut();
        fill(Recovery.LOCATION, FakeVaultService.PASSPHRASE);
        Screen.click(button("open.ok"));
        r.screen.until("it is opening", () -> r.service.opening.waiting() == 1);
        assertFalse(button("open.ok").isEnabled());
        assertFalse(secret().isEnabled());
        assertTrue(button("open.cancel").isEnabled());
        r.service.opening.open();
        r.screen.until("the vault is open", () -> r.session.connection() != null);
    }

    @Test
    void aVaultThatOpensAfterTheCancelIsClosedAgain() {
        r.service.opening.shut();
        fill(Recovery.LOCATION, FakeVaultService.PASSPHRASE);
        Screen.click(button("open.ok"));
        r.screen.until("it is opening", () -> r.service.opening.waiting() == 1);
        Screen.click(button("open.cancel"));
        assertNull(shell());
        r.service.opening.open();
        r.screen.until("closed again", r.vault::isClosed);
        assertNull(r.session.connection());
        assertEquals(List.of(), r.vaults.connections());
    }
}

package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.client.RemoteException;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.servers.internal.PinDialog;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.protocol.people.UserView;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Something critical in a vault without a security officer: the console asks for the password and does it then. */
class PinDialogTest {
    @TempDir
    private Path folder;
    private final Screen screen = new Screen();
    private Fleet fleet;
    private FleetSession session;

    @BeforeEach
    void open() throws Exception {
        fleet = new Fleet(folder, 1);
        session = fleet.connect();
        assertEquals(200, fleet.people().send("PUT", "/api/v1/security", "{\"pinRequired\":true}").statusCode());
        screen.open();
        fleet.console().askWith(PinDialog.above(screen.shell()));
    }

    @AfterEach
    void close() {
        screen.close();
        fleet.close();
    }

    private CompletableFuture<UserView> create(String name) {
        return session.api().users().create(new CreateUser(name, null, List.of("operator"), "a long enough secret"));
    }

    private Shell asked() {
        screen.until("asked", () -> dialogs().length == 1);
        return dialogs()[0];
    }

    private Shell[] dialogs() {
        return Arrays.stream(screen.display().getShells())
                .filter(shell -> !shell.isDisposed() && shell != screen.shell() && shell.isVisible())
                .toArray(Shell[]::new);
    }

    private static void answer(Shell dialog, String password) {
        Screen.type(Screen.find(dialog, "pin.password", Text.class), password);
        Screen.click(Screen.find(dialog, "pin.ok", Button.class));
    }

    @Test
    void asksUntilThePasswordIsRightAndOnlyOnceForMany() throws Exception {
        CompletableFuture<UserView> made = create("dora");
        Shell first = asked();
        screen.picture(first, "security-pin");
        assertTrue(Screen.find(first, "pin.what", Text.class).getText().contains("make the account dora"));
        answer(first, "not the password");
        screen.until("asked again", () -> first.isDisposed() && dialogs().length == 1);
        answer(dialogs()[0], VaultNode.PASSWORD);
        screen.until("done", made::isDone);
        assertEquals("dora", made.get().name());

        CompletableFuture<UserView> next = create("otto");
        screen.until("done", () -> next.isDone() || dialogs().length > 0);
        assertEquals("otto", next.get().name());
    }

    @Test
    void whoDoesNotAnswerChangesNothing() {
        CompletableFuture<UserView> made = create("dora");
        Screen.click(Screen.find(asked(), "pin.cancel", Button.class));
        screen.until("refused", made::isDone);
        Throwable why = assertThrows(ExecutionException.class, made::get).getCause();
        assertEquals("pin-needed", ((RemoteException) why).code());
        assertEquals(404, fleet.people().send("GET", "/api/v1/users/dora", null).statusCode());
    }
}

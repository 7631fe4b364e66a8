package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.azure.doubles.EntraBrowser;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.EntraPeople.Person;
import org.holdfast.azure.doubles.TestTls;
import org.holdfast.azure.signin.MsalTokens;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LinkState;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.servers.internal.ConnectDialog;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.people.EntraSettings;
import org.holdfast.vault.testkit.NodeClient;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People who sign in with Entra ID in the console: a whole node, a double of Entra ID, a browser without eyes. */
@Timeout(120)
class EntraConnectTest {
    @TempDir
    private Path folder;
    private EntraDouble entra;
    private EntraBrowser browser;
    private VaultNode node;
    private NodeClient admin;
    private VaultConnections console;
    private Screen screen;

    @BeforeEach
    void start() throws IOException {
        entra = new EntraDouble(TestTls.make("entra", Instant.now()), Clock.systemUTC());
        browser = new EntraBrowser(entra);
        node = VaultNode.start(folder.resolve("node"));
        admin = node.signIn();
        Path ca = entra.tls().certificateFile(folder);
        assertEquals(200, admin.send("PUT", "/api/v1/sign-in/entra/settings", Json.text(new EntraSettings(true,
                EntraDouble.TENANT, entra.people().application(), entra.authority(), Files.readString(ca), null, null)),
                "If-Match", "\"0\"").statusCode());
        console = new VaultConnections(folder.resolve("console"), Clock.systemUTC());
        console.setEntra(
                new MsalTokens(Map.of("AZURE_AUTHORITY_HOST", entra.url(), "HOLDFAST_AZURE_CA", ca.toString())));
        screen = new Screen();
    }

    @AfterEach
    void stop() {
        screen.close();
        console.close();
        admin.close();
        node.close();
        browser.close();
        entra.close();
    }

    private String address() {
        return "127.0.0.1:" + node.port();
    }

    /** The dialog at its third page, with the ways of the vault. */
    private Shell signInPage() throws Exception {
        var dialog = new ConnectDialog(screen.shell(), console, null, page -> browser.open(URI.create(page)));
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("connect");
        Button next = Screen.find(shell, "connect.next", Button.class);
        Screen.find(shell, "connect.address", Text.class).setText(address());
        Screen.click(next);
        Button same = Screen.find(shell, "connect.same", Button.class);
        screen.until("fingerprint", same::isVisible);
        Screen.click(same);
        Screen.click(next);
        Button with = Screen.find(shell, "connect.entra", Button.class);
        screen.until("the vault offers it", with::isVisible);
        screen.picture(shell, "connect-entra");
        return shell;
    }

    @Test
    void browserSignsInIsRenewedAndSignsOut() throws Exception {
        entra.people().person(Person.of("otto@contoso.example", "Otto Example", "operator"));
        entra.lifetime(Duration.ofSeconds(30));
        Shell shell = signInPage();
        Screen.click(Screen.find(shell, "connect.entra", Button.class));
        screen.until("signed in", shell::isDisposed);
        FleetSession session = console.sessions().getFirst();
        screen.until("connected", () -> session.state().isConnected());
        assertEquals("otto@contoso.example", session.connection().user());
        assertEquals("Otto Example", session.me().fullName());
        assertTrue(session.may("job.run") && !session.may("user.manage"));
        assertEquals(1, browser.opened().size());

        // What the vault has forgotten is renewed without the person.
        Path kept = folder.resolve("console").resolve("sign-ins").resolve(session.connection().id() + ".token");
        screen.until("kept", () -> Files.exists(kept));
        String before = Files.readString(kept);
        node.get(org.holdfast.vault.catalog.Catalog.class).run(handle -> handle.execute("delete from user_tokens"));
        session.retry();
        screen.until("renewed", () -> !before.equals(text(kept)));
        screen.until("connected again", () -> session.state().isConnected());
        assertEquals(1, browser.opened().size());
        try (var own = session.newClient()) {
            assertNotEquals(null, own.get("/api/v1/me", org.holdfast.protocol.people.Me.class));
        }

        entra.people().revoke();
        node.get(org.holdfast.vault.catalog.Catalog.class).run(handle -> handle.execute("delete from user_tokens"));
        session.retry();
        screen.until("over", () -> session.state().kind() == LinkState.Kind.SIGNED_OUT);
        console.signOut(session).join();
        assertFalse(Files.exists(kept));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void codeIsShownToBeTypedElsewhereAndRefusalsAreTold() throws Exception {
        Shell shell = signInPage();
        Button back = Screen.find(shell, "connect.back", Button.class);
        Button with = Screen.find(shell, "connect.entraCode", Button.class);
        Screen.click(with);
        Text code = Screen.find(shell, "connect.code", Text.class);
        screen.until("code", () -> !code.getText().isEmpty());
        screen.picture(shell, "connect-entra-code");
        assertTrue(Screen.find(shell, "connect.page", Text.class).getText().startsWith(entra.url()));
        assertTrue(back.isEnabled(), "nobody has to wait for a code");
        Screen.click(back);
        screen.until("back", with::isVisible);

        entra.people().refuse("invalid_grant", 50105, "The signed in user is not assigned to a role.");
        Screen.click(with);
        screen.until("refused", () -> with.isVisible() && with.isEnabled());
        screen.picture(shell, "connect-entra-refused");
        assertTrue(console.sessions().isEmpty());

        entra.people().admit();
        String first = code.getText();
        Screen.click(with);
        screen.until("another code", () -> !code.getText().isEmpty() && !code.getText().equals(first));
        entra.people().approve(code.getText());
        screen.until("signed in", shell::isDisposed);
        assertEquals(List.of("anna@contoso.example"),
                console.sessions().stream().map(s -> s.connection().user()).toList());
        assertTrue(browser.opened().isEmpty());
    }
}

package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.agent.install.SealedPassphrases;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.install.internal.InstallSite;
import org.holdfast.console.install.internal.LineWizard;
import org.holdfast.console.install.internal.RegisterDialog;
import org.holdfast.console.install.internal.RegisterWizard;
import org.holdfast.console.install.internal.RegisterWizard.Surroundings;
import org.holdfast.console.install.internal.RegistrationsPart;
import org.holdfast.console.install.internal.Remembered;
import org.holdfast.console.install.internal.run.Registration;
import org.holdfast.console.install.internal.run.Registrations;
import org.holdfast.console.install.internal.run.SessionVault;
import org.holdfast.protocol.people.CredentialsFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The wizard that registers servers and the part that shows how far they are, with real widgets, over SSH. */
@EnabledOnOs(OS.LINUX)
class RegisterWizardTest {
    private static final String SEAL = "a passphrase of the operator";

    @TempDir
    private Path folder;
    private Fleet fleet;
    private FleetSession session;
    private SshFarm farm;
    private Registrations registrations;
    private Screen screen;
    private RegistrationsPart part;
    private Surroundings around;
    private Registration begun;
    private int closed;

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 3);
        session = fleet.connect();
        Until.that("vaults", () -> session.live().vaults().status().state() == LiveList.State.COMPLETE);
        farm = new SshFarm(folder.resolve("hosts"));
        registrations = new Registrations(folder.resolve("console"), Clock.systemUTC());
        try (ServerSocket gone = new ServerSocket(0)) {
            closed = gone.getLocalPort();
        }
        screen = new Screen();
        var body = new Composite(screen.shell(), SWT.NONE);
        body.setLayout(new FillLayout());
        part = new RegistrationsPart(new InstallSite(registrations, null));
        part.create(body);
        screen.open();
        around = new Surroundings(fleet.console(), registrations, Map.of(), Remembered.inMemory(),
                (s, vault) -> new HeardOf(new SessionVault(s, vault)), List.of());
    }

    @AfterEach
    void stop() throws Exception {
        part.destroy();
        screen.close();
        registrations.close();
        farm.close();
        fleet.close();
    }

    private Shell wizard() {
        var dialog = RegisterDialog.of(screen.shell(), new RegisterWizard(around, registration -> begun =
                registration));
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("register");
        screen.settle();
        return shell;
    }

    private static Text field(Shell shell, String id) {
        return Screen.find(shell, id, Text.class);
    }

    private static Button button(Shell shell, String id) {
        return Screen.find(shell, id, Button.class);
    }

    private static Table table(Shell shell, String id) {
        return Screen.find(shell, id, Table.class);
    }

    private void next(Shell shell, String id) {
        screen.until(id + " can be left", button(shell, id + ".next")::isEnabled);
        Screen.click(button(shell, id + ".next"));
        screen.settle();
    }

    private void hosts(Shell shell, String text) {
        field(shell, "hosts.text").setText(text);
    }

    private void signIn(Shell shell) {
        Screen.click(button(shell, "sign.withPassword"));
        field(shell, "sign.password").setText(SshFarm.PASSWORD);
    }

    private String host(int n) {
        farm.host("127.0.1." + n);
        return "127.0.1." + n + ":" + farm.port();
    }

    @Test
    void registersSeveralServersOfWhichSomeFailAtFirst() throws Exception {
        screen.picture("register-none");
        String one = host(1);
        String full = host(2);
        farm.full("127.0.1.2");
        String weak = host(3);
        farm.write("127.0.1.3", "state/fail-register", "");
        Shell shell = wizard();
        assertFalse(button(shell, "register.next").isEnabled());
        hosts(shell, "host,name,port,tags\n127.0.1.1,web-1," + farm.port() + ",role:web\n127.0.1.2,web-2,99999,\n");
        screen.until("told", () -> table(shell, "hosts.table").getItemCount() == 2);
        assertTrue(table(shell, "hosts.table").getItem(0).getText(3).contains("99999"));
        assertFalse(button(shell, "register.next").isEnabled(), "a line that is wrong was taken");
        screen.picture(shell, "register-hosts-wrong");
        hosts(shell, "host,name,port,tags\n127.0.1.1,web-1," + farm.port() + ",role:web\n127.0.1.2,web-2,"
                + farm.port() + ",\n127.0.1.3,web-3," + farm.port() + ",\n127.0.1.4,web-4," + closed + ",\n");
        screen.until("understood", () -> table(shell, "hosts.table").getItemCount() == 4);
        screen.picture(shell, "register-hosts");
        next(shell, "register");

        assertFalse(button(shell, "register.next").isEnabled());
        assertFalse(button(shell, "sign.withAgent").isEnabled());
        signIn(shell);
        screen.picture(shell, "register-signIn");
        next(shell, "register");

        Path agent = SshFarm.agent(folder);
        field(shell, "options.package").setText(folder.resolve("hosts.csv").toString());
        screen.until("refused", () -> field(shell, "options.package").isEnabled()
                && words(shell).contains("is no package of the agent"));
        field(shell, "options.package").setText(agent.toString());
        field(shell, "options.tags").setText("site:osaka bad/tag");
        screen.until("tag refused", () -> words(shell).contains("bad/tag"));
        assertFalse(button(shell, "register.next").isEnabled());
        field(shell, "options.tags").setText("site:osaka");
        Screen.find(shell, "options.parallel", Spinner.class).setSelection(2);
        screen.until("read", () -> Screen.find(shell, "options.packageWords", Label.class).getText().contains("9.9.9"));
        screen.picture(shell, "register-options");
        next(shell, "register");

        field(shell, "pass.file").setText(folder.resolve("servers.sealed").toString());
        field(shell, "pass.seal").setText("short");
        screen.settle();
        assertFalse(button(shell, "register.next").isEnabled(), "a weak passphrase was taken");
        field(shell, "pass.seal").setText(SEAL);
        field(shell, "pass.sealAgain").setText(SEAL);
        screen.picture(shell, "register-passphrases");
        next(shell, "register");

        screen.until("keys are shown", button(shell, "check.keys")::isEnabled);
        assertFalse(button(shell, "register.finish").isEnabled());
        screen.picture(shell, "register-check-keys");
        Screen.click(button(shell, "check.keys"));
        Shell keys = screen.dialog("keys");
        assertFalse(button(keys, "keys.ok").isEnabled(), "keys were ticked that nobody compared");
        assertEquals(3, table(keys, "keys.table").getItemCount());
        assertTrue(table(keys, "keys.table").getItem(0).getText(2).startsWith("SHA256:"));
        Screen.click(button(keys, "keys.all"));
        screen.picture(keys, "register-keys");
        Screen.click(button(keys, "keys.ok"));
        screen.until("checked", button(shell, "register.finish")::isEnabled);
        Screen.select(table(shell, "check.table"), 1);
        String found = field(shell, "check.details").getText();
        assertTrue(found.contains("Make room"), found);
        assertEquals("&Register 2", button(shell, "register.finish").getText());
        screen.picture(shell, "register-check");
        Screen.click(button(shell, "register.finish"));
        screen.until("started", () -> begun != null && shell.isDisposed());

        screen.until("over", () -> !begun.isRunning() && count().startsWith("1 done, 3 failed"));
        assertEquals(1, begun.count().good());
        Table rows = Screen.find(screen.shell(), "registrations.table", Table.class);
        assertEquals(4, rows.getItemCount());
        Screen.select(rows, Screen.rows(rows, 0).indexOf("web-3 (" + weak + ")"));
        Text details = Screen.find(screen.shell(), "registrations.details", Text.class);
        screen.until("log", () -> details.getText().contains("The credentials file has expired"));
        assertFalse(details.getText().contains(SshFarm.PASSWORD));
        screen.picture("registrations-failed");

        Files.delete(farm.path("127.0.1.3", "state/fail-register"));
        Files.delete(farm.path("127.0.1.2", "bin/df"));
        Screen.click(Screen.find(screen.shell(), "registrations.retry", Button.class));
        screen.until("tried again", () -> !begun.isRunning() && count().startsWith("3 done, 1 failed"));
        screen.picture("registrations");
        var kept = SealedPassphrases.read(folder.resolve("servers.sealed"), SEAL.toCharArray());
        assertEquals(List.of("127.0.1.1:" + farm.port(), "127.0.1.2:" + farm.port(), "127.0.1.3:" + farm.port())
                .stream().sorted().toList(), kept.stream().map(SealedPassphrases.Kept::host).sorted().toList());
        assertEquals(new String(kept.getFirst().passphrase()) + "\n", Files.readString(farm.path(
                kept.getFirst().host().replaceFirst(":.*", ""), "state/passphrase.got")));
        assertNotNull(one + full);
        Screen.click(Screen.find(screen.shell(), "registrations.remove", Button.class));
        screen.until("gone", () -> registrations.all().isEmpty());
    }

    /** All that a wizard shows as text. */
    private static String words(Shell shell) {
        var all = new StringBuilder();
        for (Control control : Screen.all(shell)) {
            if (control.isVisible() && control instanceof Text text && (text.getStyle() & SWT.READ_ONLY) != 0) {
                all.append(text.getText()).append('\n');
            } else if (control.isVisible() && control instanceof Label label) {
                all.append(label.getText()).append('\n');
            }
        }
        return all.toString();
    }

    private String count() {
        return screen.label("registrations.count");
    }

    @Test
    void typedPassphrasesAndASealThatDoesNotFit() throws Exception {
        Path sealed = folder.resolve("there.sealed");
        SealedPassphrases.open(sealed, "another passphrase of somebody".toCharArray(), Clock.systemUTC()).close();
        host(5);
        host(6);
        Shell shell = wizard();
        hosts(shell, "127.0.1.5:" + farm.port() + "\n127.0.1.6:" + farm.port() + "\n");
        next(shell, "register");
        signIn(shell);
        next(shell, "register");
        field(shell, "options.package").setText(SshFarm.agent(folder).toString());
        next(shell, "register");
        field(shell, "pass.file").setText(sealed.toString());
        field(shell, "pass.seal").setText(SEAL);
        next(shell, "register");
        screen.until("keys are shown", button(shell, "check.keys")::isEnabled);
        Screen.click(button(shell, "check.keys"));
        Shell keys = screen.dialog("keys");
        Screen.click(button(keys, "keys.all"));
        Screen.click(button(keys, "keys.ok"));
        screen.until("checked", button(shell, "register.finish")::isEnabled);
        Screen.click(button(shell, "register.finish"));
        screen.until("refused", () -> field(shell, "pass.file").isVisible());
        assertNull(begun);
        screen.picture(shell, "register-passphrases-refused");

        Screen.click(button(shell, "pass.type"));
        assertFalse(button(shell, "register.next").isEnabled());
        for (int i = 0; i < 2; i++) {
            Screen.select(table(shell, "pass.table"), i);
            field(shell, "pass.own").setText("the passphrase of server " + i);
            field(shell, "pass.ownAgain").setText("the passphrase of server " + i);
            if (i == 1) {
                screen.picture(shell, "register-passphrases-typed");
            }
            Screen.click(button(shell, "pass.use"));
        }
        next(shell, "register");
        screen.until("still checked", button(shell, "register.finish")::isEnabled);
        Screen.click(button(shell, "register.finish"));
        screen.until("over", () -> begun != null && !begun.isRunning() && begun.count().good() == 2);
        assertEquals("the passphrase of server 1\n", Files.readString(farm.path("127.0.1.6",
                "state/passphrase.got")));
    }

    @Test
    void theLineForOtherTools() throws Exception {
        var dialog = RegisterDialog.of(screen.shell(), new LineWizard(around));
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("line");
        field(shell, "options.package").setText(SshFarm.agent(folder).toString());
        Combo policy = Screen.find(shell, "options.policy", Combo.class);
        policy.select(policy.indexOf("databases"));
        policy.notifyListeners(SWT.Selection, new Event());
        screen.picture(shell, "line-options");
        next(shell, "line");
        Path file = folder.resolve("web.creds");
        field(shell, "line.file").setText(file.toString());
        Screen.find(shell, "line.servers", Spinner.class).setSelection(7);
        Screen.click(button(shell, "line.create"));
        screen.until("made", () -> field(shell, "line.line").getText().contains("web.creds"));
        CredentialsFile made = CredentialsFile.read(Files.readAllBytes(file));
        assertEquals(7, made.uses());
        assertEquals("databases", made.policy());
        assertTrue(field(shell, "line.line").getText().contains("--generate-passphrase"));
        screen.picture(shell, "line");
        assertTrue(button(shell, "line.finish").isEnabled());
        Screen.click(button(shell, "line.finish"));
        screen.until("closed", shell::isDisposed);
    }

    @Test
    void saysFromTheStartWhenThereIsNoVault() {
        fleet.console().signOut(session).join();
        screen.until("signed out", () -> !session.state().isConnected());
        Shell shell = wizard();
        screen.until("told", () -> words(shell).contains("no vault"));
        hosts(shell, "127.0.1.9");
        screen.until("understood", () -> table(shell, "hosts.table").getItemCount() == 1);
        assertFalse(button(shell, "register.next").isEnabled());
        Screen.click(button(shell, "register.cancel"));
        screen.until("closed", shell::isDisposed);
    }

    @Test
    void everythingCanBeReachedByKeyboardAndIsNamed() throws Exception {
        Shell shell = wizard();
        hosts(shell, "127.0.1.7\n");
        var pages = new ArrayList<String>();
        for (String page : Arrays.asList("hosts", "sign", "options", "pass")) {
            var mnemonics = new ArrayList<Character>();
            for (Control control : Screen.all(shell)) {
                String text = control instanceof Label label ? label.getText()
                        : control instanceof Button button ? button.getText() : "";
                int at = text.indexOf('&');
                if (control.isVisible() && at >= 0 && text.charAt(at + 1) != '&') {
                    char key = Character.toLowerCase(text.charAt(at + 1));
                    assertFalse(mnemonics.contains(key), page + ": two have the key " + key + ": " + text);
                    mnemonics.add(key);
                }
                boolean input = control instanceof Text || control instanceof Combo || control instanceof Table
                        || control instanceof Spinner;
                if (input && control.isVisible() && control.getData("org.holdfast.console.ui.id") != null) {
                    assertNotNull(control.getData("org.holdfast.console.ui.name"), "no name: " + control);
                }
            }
            pages.add(page);
            screen.picture(shell, "register-page-" + page);
            switch (page) {
                case "sign" -> signIn(shell);
                case "options" -> field(shell, "options.package").setText(SshFarm.agent(folder).toString());
                default -> {
                    // nothing to enter
                }
            }
            if (!page.equals("pass")) {
                next(shell, "register");
            }
        }
        assertEquals(4, pages.size());
        Screen.click(button(shell, "register.cancel"));
        screen.until("closed", shell::isDisposed);
    }
}

package org.holdfast.console.tests;

import static org.holdfast.console.tests.RegisterSteps.button;
import static org.holdfast.console.tests.RegisterSteps.field;
import static org.holdfast.console.tests.RegisterSteps.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.install.discovery.FoundHost;
import org.holdfast.console.install.internal.pick.HostSource;
import org.holdfast.console.install.internal.pick.HostsFile;
import org.holdfast.console.install.internal.pick.KnownHosts;
import org.holdfast.console.install.internal.run.Draft;
import org.holdfast.console.install.internal.run.Registration;
import org.holdfast.console.install.internal.run.Registrations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Hosts are picked from sources, and a registration that was interrupted is gone on with. */
class RegisterResumeTest {
    @TempDir
    private Path folder;
    private Fleet fleet;
    private FleetSession session;
    private SshFarm farm;
    private Registrations registrations;
    private Screen screen;
    private RegisterSteps steps;
    private List<HostSource> sources = List.of();

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 3);
        session = fleet.connect();
        Until.that("vaults", () -> session.live().vaults().status().state() == LiveList.State.COMPLETE);
        farm = new SshFarm(folder.resolve("hosts"));
        registrations = new Registrations(folder.resolve("console"), Clock.systemUTC());
        screen = new Screen();
        screen.open();
        steps = new RegisterSteps(screen, folder);
    }

    @AfterEach
    void stop() throws Exception {
        screen.close();
        registrations.close();
        farm.close();
        fleet.close();
    }

    private Shell wizard(Registrations all) {
        return steps.wizard(fleet.console(), all, sources);
    }

    @Test
    void goesOnAfterTheConsoleHasEnded() throws Exception {
        farm.host("127.0.1.1");
        farm.host("127.0.1.2");
        farm.write("127.0.1.2", "state/fail-register", "");
        Shell shell = wizard(registrations);
        assertFalse(Screen.shows(shell, "earlier"));
        steps.fill(shell, "127.0.1.1:" + farm.port() + "\n127.0.1.2:" + farm.port(), SshFarm.agent(folder));
        Registration begun = steps.finish(shell);
        assertEquals(1, begun.count().good());
        assertEquals(1, begun.count().failed());
        try (Stream<Path> files = Files.list(folder.resolve("console/registrations"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                assertFalse(text.contains(RegisterSteps.SEAL) || text.contains(SshFarm.PASSWORD),
                        file + " has a secret");
            }
        }

        // Closing it gives the file of passphrases back, as the end of a process does.
        assertEquals(1, files().size());
        registrations.close();
        assertEquals(1, files().size());
        Files.delete(farm.path("127.0.1.2", "state/fail-register"));
        goOn();
    }

    /** SIGKILL while one host is registered and the other is being installed. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void goesOnAfterTheConsoleWasKilled() throws Exception {
        farm.host("127.0.1.1");
        farm.host("127.0.1.2");
        Path waits = farm.path("127.0.1.2", "waits");
        Path go = farm.path("127.0.1.2", "go");
        farm.says("127.0.1.2", "ln", "touch '" + waits + "'; while [ ! -e '" + go
                + "' ]; do sleep 0.1; done; exec /bin/ln \"$@\"");
        var command = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), RegisteringConsole.class.getName(), folder.toString(),
                fleet.address(), "127.0.1.1:" + farm.port() + ",127.0.1.2:" + farm.port(),
                SshFarm.agent(folder).toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile());
        Process console = command.start();
        try {
            Until.that("it has begun", () -> !console.isAlive() || files().size() == 1);
            Until.that("one is registered, the other on its way", () -> !console.isAlive()
                    || Files.exists(waits) && done().contains("127.0.1.1"));
            assertTrue(console.isAlive(), () -> log());
        } finally {
            console.destroyForcibly().waitFor();
            Files.writeString(go, "");
        }
        assertEquals(128 + 9, console.exitValue());
        farm.says("127.0.1.2", "ln", "exec /bin/ln \"$@\"");
        goOn();
    }

    /** The hosts that the interrupted registration has taken down as done. */
    private String done() {
        var values = new Properties();
        try (var in = Files.newBufferedReader(files().getFirst())) {
            values.load(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return values.getProperty("done", "");
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("killed.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Another console finds one of two hosts left, asks for the secrets only, and ends it well. */
    private void goOn() throws Exception {
        var after = new Registrations(folder.resolve("console"), Clock.systemUTC());
        assertEquals(1, after.left().size());
        Draft draft = after.left().getFirst();
        assertEquals(2, draft.count());
        assertEquals(1, draft.countOpen());
        Shell again = wizard(after);
        assertTrue(Screen.find(again, "earlier.text", Label.class).getText().contains("was interrupted"));
        screen.picture(again, "register-earlier");
        Screen.click(button(again, "earlier.resume"));
        screen.until("the host that is left", () -> table(again, "hosts.table").getItemCount() == 1);
        steps.next(again);
        assertTrue(button(again, "sign.withPassword").getSelection());
        assertEquals("", field(again, "sign.password").getText(), "a secret came back");
        field(again, "sign.password").setText(SshFarm.PASSWORD);
        steps.next(again);
        assertEquals("site:osaka", field(again, "options.tags").getText());
        steps.untilPackageIsRead(again);
        steps.next(again);
        assertEquals(folder.resolve("servers.sealed").toString(), field(again, "pass.file").getText());
        field(again, "pass.seal").setText(RegisterSteps.SEAL);
        steps.next(again);
        assertEquals(1, steps.finish(again).count().good());
        Until.that("nothing is left", () -> files().isEmpty());
        assertTrue(new Registrations(folder.resolve("console"), Clock.systemUTC()).left().isEmpty());
        after.close();
    }

    private List<Path> files() {
        if (!Files.exists(folder.resolve("console/registrations"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("console/registrations"))) {
            return files.filter(file -> file.toString().endsWith(".draft")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void picksHostsThatNobodyProtects() throws Exception {
        Path known = folder.resolve("known_hosts");
        Files.writeString(known, """
                # a comment
                web01.berlin.example ssh-ed25519 AAAA
                new.example,192.0.2.9 ssh-ed25519 AAAA
                [odd.example]:2222 ssh-ed25519 AAAA
                |1|aaaa|bbbb ssh-ed25519 AAAA
                *.wild.example ssh-ed25519 AAAA
                """);
        Path hosts = folder.resolve("etc-hosts");
        Files.writeString(hosts, "127.0.0.1 localhost\n192.0.2.7 db-9 db-9.example\n");
        sources = List.of(new HostSource("known", "Known hosts of SSH", () -> new KnownHosts(known)),
                new HostSource("hosts", "Hosts file", () -> new HostsFile(hosts)),
                new HostSource("broken", "Inventory", () -> () -> {
                    throw new IOException("no answer");
                }), new HostSource("own", "Directory", () -> () -> List.of(new FoundHost("own.example", 22, "own",
                        "rack 7"))));
        Shell shell = wizard(registrations);
        Screen.click(button(shell, "hosts.pick"));
        Shell pick = screen.dialog("pick");
        Table rows = table(pick, "pick.table");
        screen.until("found", () -> rows.getItemCount() == 4);
        assertTrue(Screen.rows(rows).containsAll(List.of("new.example", "odd.example:2222", "own.example")));
        assertFalse(Screen.rows(rows).contains("web01.berlin.example"), "a protected host was offered");
        screen.until("told", () -> words(pick).contains("Inventory: no answer"));
        Screen.click(button(pick, "pick.unprotected"));
        screen.until("all", () -> rows.getItemCount() == 5);
        Screen.select(rows, Screen.rows(rows).indexOf("web01.berlin.example"));
        assertFalse(button(pick, "pick.ok").isEnabled(), "a protected host could be added");
        screen.picture(pick, "register-pick");
        Screen.click(button(pick, "pick.unprotected"));
        Screen.find(pick, "pick.filter", Text.class).setText("o");
        Screen.find(pick, "pick.filter", Text.class).setText("");
        screen.until("four", () -> rows.getItemCount() == 4);
        Screen.click(button(pick, "pick.all"));
        Screen.click(button(pick, "pick.ok"));
        screen.until("understood", () -> table(shell, "hosts.table").getItemCount() == 4);
        assertTrue(field(shell, "hosts.text").getText().contains("odd.example:2222"));
        screen.picture(shell, "register-picked");
        shell.close();
    }

    private static String words(Shell shell) {
        return Screen.all(shell).stream().filter(c -> c instanceof Text && c.isVisible()).map(c -> ((Text) c).getText())
                .reduce("", (one, other) -> one + ' ' + other);
    }
}

package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.PropertyResourceBundle;
import java.util.UUID;

import org.eclipse.core.runtime.ContributorFactorySimple;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.core.runtime.spi.RegistryStrategy;
import org.eclipse.e4.core.contexts.EclipseContextFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.internal.editor.ChangePropertiesWizard;
import org.holdfast.console.servers.internal.editor.ServerEditorView;
import org.holdfast.console.servers.internal.editor.ServerInput;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.pages.PageEntries;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.vault.catalog.Catalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The editor's own pages, and the wizard that they open, with real widgets on a real vault node. */
class ServerPagesTest {
    private static final String BUNDLE = "org.holdfast.console.servers";

    @TempDir
    private Path folder;

    private Fleet fleet;
    private Screen screen;
    private IExtensionRegistry registry;
    private IEclipseContext context;
    private FleetSession session;
    private Row<ServerSummary> row;
    private ServerEditorView view;

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 12);
        screen = new Screen();
        registry = RegistryFactory.createRegistry(new RegistryStrategy(null, null), this, this);
        context = EclipseContextFactory.create("test");
        context.set(ServerWords.class, new ServerWords(new Formats(Locale.UK, ZoneOffset.UTC), Clock.systemUTC()));
        Path bundle = Path.of("..", "..", "bundles", BUNDLE);
        try (InputStream xml = Files.newInputStream(bundle.resolve("plugin.xml"));
                InputStream texts = Files.newInputStream(bundle.resolve("plugin.properties"))) {
            registry.addContribution(xml, ContributorFactorySimple.createContributor(BUNDLE), false, BUNDLE,
                    new PropertyResourceBundle(texts), this);
        }
        session = fleet.connect();
        row = session.live().servers().snapshot().stream().filter(s -> s.name().equals("web01.berlin"))
                .map(s -> new Row<>(session, s)).findFirst().orElseThrow();
    }

    @AfterEach
    void stop() {
        screen.close();
        fleet.close();
        context.dispose();
        registry.stop(this);
    }

    private void open(String page) {
        view = new ServerEditorView(screen.shell(), fleet.console(), new ServerInput(session.connection().id(),
                row.value().id(), row.value().name()),
                PageEntries.read(registry, ServersIds.PAGES, ServerPage.class, (bundle, type) -> Class.forName(type),
                        context),
                server -> {
                });
        screen.open();
        view.showPage(BUNDLE + ".page." + page);
    }

    private Table table(String id) {
        return screen.find(id, Table.class);
    }

    /** The value of a fact. */
    private String fact(String tableId, String name) {
        Table table = table(tableId);
        for (int i = 0; i < table.getItemCount(); i++) {
            if (table.getItem(i).getText(0).equals(name)) {
                return table.getItem(i).getText(1);
            }
        }
        return "";
    }

    private void point(String id, String state, Duration age, boolean anomalous) {
        Instant time = Clock.systemUTC().instant().minus(age);
        fleet.node().get(Catalog.class).run(handle -> {
            handle.createUpdate("""
                    insert into data_servers (server_id, vault_id, fence, used_bytes) select id, vault_id, 0, 0
                    from servers where id = :server and not exists
                        (select 1 from data_servers where server_id = :server)""")
                    .bind("server", UUID.fromString(row.value().id())).execute();
            handle.createUpdate("""
                insert into data_points (server_id, name, id, vault_id, made, committed, duration_ms, state,
                    point_group, stored_bytes, files, bytes, warnings, policy, policy_version, anomalous)
                select :server, :id, :id, vault_id, :time, :time, 1000, :state, 'g', :bytes, 1200, :bytes, 0, 'daily',
                    1, :anomalous from servers where id = :server""")
                    .bind("id", id).bind("server", UUID.fromString(row.value().id())).bind("state", state)
                    .bind("time", java.sql.Timestamp.from(time)).bind("bytes", 5_000_000).bind("anomalous", anomalous)
                    .execute();
        });
    }

    @Test
    void itemsAreThoseOfThePolicyUntilTheServerHasItsOwn() throws Exception {
        open("items");
        screen.until("policy's item", () -> Screen.rows(table("items.table")).equals(List.of("/srv")));
        assertEquals("the policy daily", Screen.rows(table("items.table"), 1).getFirst());
        Screen.click(screen.find("items.change", Button.class));
        Shell dialog = screen.dialog("items");
        Button ok = Screen.find(dialog, "items.ok", Button.class);
        Text paths = Screen.find(dialog, "items.paths", Text.class);
        assertFalse(paths.isEnabled(), "the policy's items were open to changes");
        Screen.click(Screen.find(dialog, "items.own", Button.class));
        paths.setText("etc");
        assertFalse(ok.isEnabled(), "a relative path was taken");
        paths.setText("/etc\n/home\n");
        Screen.find(dialog, "items.globs", Text.class).setText("*.iso");
        screen.settle();
        screen.picture(dialog, "server-items-dialog");
        Screen.click(ok);
        screen.until("closed", dialog::isDisposed);
        screen.until("own items", () -> Screen.rows(table("items.table")).equals(List.of("/etc", "/home")));
        assertEquals("*.iso", fact("items.facts", "Left out"));
        screen.picture("server-items");
        assertEquals(List.of("/etc", "/home"),
                session.api().servers().items("main", row.value().id()).get().value().items());
    }

    @Test
    void tellsWhenPointsGoAndDeletesThem() throws Exception {
        for (int day = 0; day < 40; day++) {
            point(String.format(Locale.ROOT, "%032x", day + 1), "completed", Duration.ofHours(3 + 24L * day), false);
        }
        open("forecast");
        screen.until("forecast", () -> fact("forecast.facts", "Recovery points").equals("40"));
        assertEquals("200 MB", fact("forecast.facts", "Room they take up"));
        assertTrue(fact("forecast.facts", "The next one to go").startsWith("on "));
        assertEquals(40, table("forecast.table").getItemCount());
        assertTrue(Screen.rows(table("forecast.table"), 4).getFirst().contains("daily"),
                Screen.rows(table("forecast.table"), 4).getFirst());
        screen.picture("server-forecast");
        view.showPage(BUNDLE + ".page.points");
        screen.until("points", () -> table("points.table").getItemCount() == 40);
        Screen.select(table("points.table"), 5);
        assertFalse(screen.find("points.undelete", Button.class).isEnabled());
        Screen.click(screen.find("points.delete", Button.class));
        Shell dialog = screen.dialog("deletePoint");
        screen.settle();
        assertEquals(List.of(), AccessibilityTest.clashes(dialog));
        screen.picture(dialog, "server-delete-point");
        Screen.click(Screen.find(dialog, "deletePoint.ok", Button.class));
        screen.until("deleted", () -> Screen.rows(table("points.table"), 8).get(5).startsWith("deleted "));
        Screen.select(table("points.table"), 5);
        Screen.click(screen.find("points.undelete", Button.class));
        screen.until("back", () -> Screen.rows(table("points.table"), 8).get(5).startsWith("until "));
    }

    @Test
    void policyIsToldInPlainWords() throws Exception {
        open("policy");
        screen.until("facts", () -> fact("policy.facts", "Policy").equals("daily, version 1"));
        assertEquals("every day at 22:00", fact("policy.facts", "Backs up"));
        assertEquals("30 daily, 12 weekly, 12 monthly, 3 yearly", fact("policy.facts", "Keeps"));
        assertEquals(5, fact("policy.facts", "Next backups").split("; ").length);
        screen.picture("server-policy");
        var calls = session.api().servers();
        calls.assign("main", row.value().id(), "databases", calls.policy("main", row.value().id()).get().etag()).get();
        screen.until("assigned", () -> fact("policy.facts", "Policy").startsWith("databases"));
    }

    @Test
    void pointsAreListedAndVerified() throws Exception {
        String newest = "0123456789abcdef0123456789abcdef";
        point(newest, "completed", Duration.ofHours(3), false);
        point("1123456789abcdef0123456789abcdef", "completed-with-warnings", Duration.ofHours(27), true);
        open("points");
        screen.until("points", () -> table("points.table").getItemCount() == 2);
        assertEquals(List.of("Complete", "With warnings"), Screen.rows(table("points.table"), 1));
        assertEquals(List.of("", "unusual"), Screen.rows(table("points.table"), 2));
        Button verify = screen.find("points.verify", Button.class);
        assertFalse(verify.isEnabled());
        assertFalse(screen.find("points.recover", Button.class).isEnabled(), "there is no workbench to recover in");
        Screen.select(table("points.table"), 0);
        screen.picture("server-points");
        Screen.click(verify);
        screen.until("job", () -> session.live().jobs().snapshot().stream()
                .anyMatch(j -> j.kind() == JobKind.VERIFY && newest.equals(j.point())));
        screen.until("jobs are shown", () -> Screen.shows(screen.shell(), "jobs.table"));
    }

    @Test
    void jobsAreLiveAndCanBeCancelled() throws Exception {
        open("jobs");
        screen.until("none", () -> Screen.shows(screen.shell(), "jobs.panel.message"));
        session.api().jobs().start("main", StartJob.backup(UUID.randomUUID().toString(), row.value().id())).get();
        screen.until("job", () -> Screen.shows(screen.shell(), "jobs.table")
                && table("jobs.table").getItemCount() == 1);
        assertEquals("Queued", table("jobs.table").getItem(0).getText(0));
        Screen.select(table("jobs.table"), 0);
        assertFalse(screen.find("jobs.resume", Button.class).isEnabled());
        screen.picture("server-jobs");
        Screen.click(screen.find("jobs.cancel", Button.class));
        screen.until("cancelled", () -> session.live().jobs().snapshot().getFirst().state() == JobState.CANCELLED);
        screen.until("shown", () -> table("jobs.table").getItem(0).getText(0).equals("Cancelled"));
        assertFalse(screen.find("jobs.cancel", Button.class).isEnabled());
    }

    @Test
    void diagnosticsCheckAndCanBeCopied() throws Exception {
        open("diagnostics");
        Button check = screen.find("diagnostics.check", Button.class);
        Screen.click(check);
        screen.until("at work", () -> fact("diagnostics.table", "Check at work").equals("Queued"));
        assertFalse(check.isEnabled(), "a second check could be started");
        assertTrue(check.getToolTipText().startsWith("A check is at work"));
        screen.picture("server-diagnostics");
        Screen.click(screen.find("diagnostics.copy", Button.class));
        var clipboard = new Clipboard(screen.display());
        String text = (String) clipboard.getContents(TextTransfer.getInstance());
        clipboard.dispose();
        assertTrue(text.contains("Operating system: Debian GNU/Linux 12"), text);
    }

    @Test
    void wizardChangesNameAndBandwidthForThisServerAlone() throws Exception {
        open("properties");
        screen.until("tags", () -> fact("properties.table", "Tags").equals("role:web, site:berlin, critical"));
        screen.picture("server-properties");
        ChangePropertiesWizard.open(screen.shell(), row);
        Shell shell = screen.dialog("change");
        Button finish = Screen.find(shell, "change.finish", Button.class);
        Text tags = Screen.find(shell, "change.tags", Text.class);
        tags.setText("role:web two=words");
        assertFalse(finish.isEnabled(), "a tag that the vault refuses was taken");
        tags.setText("role:web hall:2");
        Screen.find(shell, "change.labels", Text.class).setText("owner=anna");
        screen.picture(shell, "change-name");
        Screen.click(Screen.find(shell, "change.next", Button.class));
        Spinner rate = Screen.find(shell, "change.otherRate", Spinner.class);
        rate.setSelection(100);
        assertFalse(finish.isEnabled(), "a rate below the slowest was taken");
        rate.setSelection(20_000);
        screen.settle();
        screen.picture(shell, "change-bandwidth");
        Screen.click(Screen.find(shell, "change.next", Button.class));
        assertTrue(Screen.find(shell, "change.passphraseCommand", Text.class).getText()
                .startsWith("holdfast-agent passphrase"));
        screen.picture(shell, "change-server");
        Screen.click(finish);
        screen.until("done", shell::isDisposed);
        screen.until("tags are changed", () -> fact("properties.table", "Tags").equals("hall:2, role:web"));
        screen.until("bandwidth is changed",
                () -> fact("properties.table", "Bandwidth").equals("20 Mbit/s at all times"));
        assertEquals("anna", fact("properties.table", "owner"));
        ServerSummary after = session.live().servers().get(row.value().id());
        assertEquals("daily-web01.berlin", after.policy());
        assertFalse(session.api().policies().read("main", "daily").get().value().bandwidth().limits(),
                "the policy of the others was changed");
    }

    @Test
    void wizardOverwritesNothingThatAnotherConsoleChanged() throws Exception {
        open("properties");
        ChangePropertiesWizard.open(screen.shell(), row);
        Shell shell = screen.dialog("change");
        Screen.find(shell, "change.name", Text.class).setText("mine");
        var calls = session.api().servers();
        calls.change("main", row.value().id(), new ChangeServer("theirs", null, null),
                calls.read("main", row.value().id()).get().etag()).get();
        Button finish = Screen.find(shell, "change.finish", Button.class);
        Screen.click(finish);
        screen.until("refused", () -> !shell.isDisposed() && finish.isEnabled());
        assertEquals("theirs", calls.read("main", row.value().id()).get().value().name());
        screen.picture(shell, "change-refused");
        shell.close();
    }

    @Test
    void wizardKeepsWhatWasEnteredWhenTheVaultSaysNo() throws Exception {
        open("properties");
        ChangePropertiesWizard.open(screen.shell(), row);
        Shell shell = screen.dialog("change");
        Screen.find(shell, "change.name", Text.class).setText("renamed");
        fleet.node().close();
        Button finish = Screen.find(shell, "change.finish", Button.class);
        Screen.click(finish);
        screen.until("refused", () -> !shell.isDisposed() && finish.isEnabled());
        assertEquals("renamed", Screen.find(shell, "change.name", Text.class).getText());
        shell.close();
        assertTrue(screen.find("server.title", Label.class).getText().equals("web01.berlin"));
    }
}

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
import java.util.List;
import java.util.PropertyResourceBundle;
import java.util.UUID;

import org.eclipse.core.runtime.ContributorFactorySimple;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.core.runtime.spi.RegistryStrategy;
import org.eclipse.e4.core.contexts.EclipseContextFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.ui.pages.PageEntries;
import org.holdfast.console.vaults.VaultsIds;
import org.holdfast.console.vaults.internal.editor.VaultEditorView;
import org.holdfast.console.vaults.internal.editor.VaultInput;
import org.holdfast.console.vaults.page.VaultPage;
import org.holdfast.vault.catalog.Catalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the vault editor about what protects data and what is done for it, on a real vault node. */
class VaultCareTest {
    private static final String BUNDLE = "org.holdfast.console.vaults";

    @TempDir
    private Path folder;

    private final Instant now = Clock.systemUTC().instant();
    private Fleet fleet;
    private Screen screen;
    private IExtensionRegistry registry;
    private IEclipseContext context;
    private FleetSession session;
    private VaultEditorView view;
    private String retired;

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 10);
        screen = new Screen();
        registry = RegistryFactory.createRegistry(new RegistryStrategy(null, null), this, this);
        context = EclipseContextFactory.create("test");
        context.set(Clock.class, Clock.systemUTC());
        Path bundle = Path.of("..", "..", "bundles", BUNDLE);
        try (InputStream xml = Files.newInputStream(bundle.resolve("plugin.xml"));
                InputStream texts = Files.newInputStream(bundle.resolve("plugin.properties"))) {
            assertTrue(registry.addContribution(xml, ContributorFactorySimple.createContributor(BUNDLE), false, BUNDLE,
                    new PropertyResourceBundle(texts), this));
        }
        session = fleet.connect();
        retired = session.live().servers().snapshot().stream()
                .filter(s -> s.state() == org.holdfast.api.fleet.ServerState.RETIRED).findFirst().orElseThrow().name();
        point("web01.berlin", 1, null);
        point("web01.berlin", 20, "ada");
        point("db01.osaka", 30, "retention");
        point(retired, 3, null);
        point(retired, 2, null);
    }

    @AfterEach
    void stop() {
        screen.close();
        fleet.close();
        context.dispose();
        registry.stop(this);
    }

    private void point(String server, int days, String deletedBy) {
        Instant made = now.minus(Duration.ofDays(days));
        fleet.node().get(Catalog.class).run(handle -> {
            handle.createUpdate("""
                    insert into data_servers (server_id, vault_id, fence, used_bytes)
                    select id, vault_id, 0, 80000000000 from servers where name = :name
                    on conflict do nothing""").bind("name", server).execute();
            handle.createUpdate("""
                    insert into data_points (server_id, name, id, vault_id, made, committed, duration_ms, state,
                        point_group, stored_bytes, files, bytes, warnings, policy, policy_version, anomalous,
                        deleted, deleted_by, purge_after)
                    select id, :id, :id, vault_id, :time, :time, 1000, 'completed', 'g', 4000000000, 1200,
                        9000000000, 0, 'daily', 1, false, :deleted, :by, :purge from servers where name = :name""")
                    .bind("id", UUID.randomUUID().toString().replace("-", "")).bind("time", made)
                    .bind("deleted", deletedBy == null ? null : now.minus(Duration.ofDays(1))).bind("by", deletedBy)
                    .bind("purge", deletedBy == null ? null : now.plus(Duration.ofDays(13))).bind("name", server)
                    .execute();
        });
    }

    private void open(String page) {
        String id = session.live().vaults().snapshot().getFirst().id();
        view = new VaultEditorView(screen.shell(), fleet.console(), new VaultInput(session.connection().id(), id,
                "main"),
                PageEntries.read(registry, VaultsIds.PAGES, VaultPage.class,
                        (bundle, type) -> Class.forName(type), context),
                row -> {
                });
        screen.open();
        view.showPage(BUNDLE + ".page." + page);
        screen.until("facts", () -> Screen.shows(screen.shell(), page + ".facts")
                && table(page + ".facts").getItemCount() > 5);
    }

    private Table table(String id) {
        return screen.find(id, Table.class);
    }

    private String fact(String table, String name) {
        Table facts = table(table);
        for (int i = 0; i < facts.getItemCount(); i++) {
            if (facts.getItem(i).getText(0).equals(name)) {
                return facts.getItem(i).getText(1);
            }
        }
        return "";
    }

    private Shell dialog(String id) {
        Shell shell = screen.dialog(id);
        screen.settle();
        assertEquals(List.of(), AccessibilityTest.clashes(shell), id);
        return shell;
    }

    private static boolean says(Shell shell, String words) {
        return Screen.all(shell).stream().anyMatch(c -> c instanceof Text t && t.getText().contains(words));
    }

    @Test
    void tellsWhatProtectsAndBringsBack() throws Exception {
        open("protection");
        assertTrue(fact("protection.facts", "Immutability").startsWith("off"));
        assertTrue(fact("protection.facts", "Soft delete").startsWith("14 days"));
        assertTrue(fact("protection.facts", "Second person").startsWith("not needed"));
        assertTrue(fact("protection.facts", "Can be brought back").startsWith("2 recovery points, 1 of them"));
        assertFalse(screen.find("protection.clock", Button.class).isEnabled());
        screen.until("deleted points", () -> table("protection.points").getItemCount() == 2);
        screen.picture("vault-protection");
        Screen.click(screen.find("protection.people", Button.class));
        screen.until("those of people", () -> table("protection.points").getItemCount() == 1);
        assertEquals("web01.berlin", table("protection.points").getItem(0).getText(0));
        assertEquals("ada", table("protection.points").getItem(0).getText(4));
        Screen.select(table("protection.points"), 0);
        Screen.click(screen.find("protection.undelete", Button.class));
        screen.until("nothing more", () -> table("protection.points").getItemCount() == 0);
        assertEquals(0, session.api().vaults().protection("main").get().deletedByPeople());
    }

    @Test
    void deletesDataUnlessARuleForbidsIt() throws Exception {
        fleet.node().get(Catalog.class)
                .run(h -> h.createUpdate("update vaults set immutability = 'on' where name = 'main'").execute());
        open("protection");
        assertFalse(screen.find("protection.deleteData", Button.class).isEnabled());
        assertEquals(List.of(retired), Screen.rows(table("protection.servers")));
        Screen.select(table("protection.servers"), 0);
        Screen.click(screen.find("protection.deleteData", Button.class));
        Shell dialog = dialog("deleteData");
        Button ok = Screen.find(dialog, "deleteData.ok", Button.class);
        assertFalse(ok.isEnabled());
        Screen.find(dialog, "deleteData.name", Text.class).setText(retired);
        Screen.click(ok);
        screen.until("refused", () -> says(dialog, "nothing is deleted before its retention ends"));
        screen.picture(dialog, "vault-delete-data-refused");

        fleet.node().get(Catalog.class)
                .run(h -> h.createUpdate("update vaults set immutability = 'off' where name = 'main'").execute());
        fleet.people().send("POST", "/api/v1/users", "{\"name\":\"olga\",\"fullName\":\"Olga\","
                + "\"password\":\"a long enough secret\",\"roles\":[\"security-officer\"]}");
        Screen.click(ok);
        screen.until("asked", () -> says(dialog, "A second person has to agree; the request is made."));
        screen.picture(dialog, "vault-delete-data-asked");
        assertEquals(List.of("pending"), session.api().approvals().list().get().stream().map(a -> a.state()).toList());

        fleet.people().send("DELETE", "/api/v1/users/olga", null, "If-Match", "\"1\"");
        fleet.node().get(Catalog.class).run(h -> h.createUpdate("delete from users where name = 'olga'").execute());
        Screen.click(ok);
        screen.until("deleted", dialog::isDisposed);
        screen.until("listed", () -> table("protection.points").getItemCount() == 4);
        Screen.click(screen.find("protection.undeleteData", Button.class));
        Screen.click(Screen.find(dialog("undeleteData"), "undeleteData.ok", Button.class));
        screen.until("back", () -> table("protection.points").getItemCount() == 2);
    }

    @Test
    void tellsWhatWasDoneAndLetsItRun() throws Exception {
        String hurt = session.api().points().ofServer("main", new UUID(7, 0).toString()).get().getFirst().id();
        fleet.node().get(Catalog.class).run(h -> {
            h.createUpdate("insert into data_damages (server_id, object, problem, detail, found, points)"
                    + " values (:id, :pack, 'object-damaged', 'Its bytes are not what was written.', :now, :points)")
                    .bind("id", new UUID(7, 0)).bind("pack", "data/" + "ab".repeat(32)).bind("now", now)
                    .bind("points", hurt).execute();
            h.createUpdate("insert into data_scrubs (server_id, position, packs, bytes, last_began, last_ended,"
                    + " last_packs, last_bytes) values (:id, '', 0, 0, :began, :began, 320, 80000000000)")
                    .bind("id", new UUID(7, 0)).bind("began", now.minus(Duration.ofDays(12))).execute();
        });
        open("maintenance");
        assertEquals("All day", fact("maintenance.facts", "Window"));
        assertEquals("not yet", fact("maintenance.facts", "Last collection"));
        assertTrue(fact("maintenance.facts", "Damaged packs").startsWith("1 pack, 1 server"));
        assertTrue(fact("maintenance.facts", "Read longest ago").contains("not read again yet"));
        assertTrue(fact("maintenance.facts", "Read again").startsWith("1 of "));
        Screen.click(screen.find("maintenance.collect", Button.class));
        screen.until("collected", () -> !fact("maintenance.facts", "Last collection").equals("not yet")
                && !fact("maintenance.facts", "Last collection").equals("runs now"));
        assertTrue(fact("maintenance.facts", "Last collection").endsWith("freed 0 B"));
        Screen.click(screen.find("maintenance.plan", Button.class));
        Shell plan = dialog("plan");
        Button ok = Screen.find(plan, "plan.ok", Button.class);
        Screen.click(Screen.find(plan, "plan.window", Button.class));
        Screen.find(plan, "plan.from", Text.class).setText("25:00");
        assertFalse(ok.isEnabled(), "an hour that no day has was taken");
        Screen.find(plan, "plan.from", Text.class).setText("22:00");
        Screen.find(plan, "plan.zone", Text.class).setText("Europe/Berlin");
        Screen.find(plan, "plan.scrub", Text.class).setText("500 GB");
        screen.picture(plan, "vault-plan");
        Screen.click(ok);
        screen.until("taken", () -> fact("maintenance.facts", "Window").startsWith("22:00 to 06:00 (Europe/Berlin)"));
        assertEquals(500_000_000_000L, session.api().maintenance().plan().get().scrubBytes());
        Screen.select(table("maintenance.damages"), 0);
        screen.picture("vault-maintenance");
        Screen.click(screen.find("maintenance.hurt", Button.class));
        Shell damage = dialog("damage");
        screen.until("points", () -> Screen.find(damage, "damage.points", Table.class).getItemCount() == 1);
        screen.picture(damage, "vault-damage");
        damage.close();
        Screen.click(screen.find("maintenance.scrub", Button.class));
        screen.until("read", () -> !fact("maintenance.facts", "Read longest ago").contains("not read again yet"));
    }
}

package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.UUID;

import org.eclipse.core.runtime.ContributorFactorySimple;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.core.runtime.spi.RegistryStrategy;
import org.eclipse.e4.core.contexts.EclipseContextFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.fleet.Redundancy;
import org.holdfast.api.fleet.SoftDelete;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.pages.PageEntries;
import org.holdfast.console.vaults.VaultsIds;
import org.holdfast.console.vaults.internal.editor.ChangeVaultDialog;
import org.holdfast.console.vaults.internal.editor.VaultEditorView;
import org.holdfast.console.vaults.internal.editor.VaultInput;
import org.holdfast.console.vaults.page.VaultPage;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.UserView;
import org.holdfast.vault.catalog.Catalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The editor of a vault with its pages and dialogs, with real widgets on a real vault node. */
class VaultEditorTest {
    private static final String BUNDLE = "org.holdfast.console.vaults";

    @TempDir
    private Path folder;

    private Fleet fleet;
    private Screen screen;
    private IExtensionRegistry registry;
    private IEclipseContext context;
    private FleetSession session;
    private VaultEditorView view;
    private final List<Row<VaultSummary>> told = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 24);
        fleet.people().call("POST", "/api/v1/vaults", new CreateVault("archive", "Osaka", "Records", "Acme",
                Map.of("owner", "anna"), Redundancy.LOCAL, Immutability.OFF, new SoftDelete(30, false), null,
                5_000_000_000_000L), Object.class);
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
        Until.that("vaults", () -> session.live().vaults().snapshot().size() == 2);
    }

    @AfterEach
    void stop() {
        screen.close();
        fleet.close();
        context.dispose();
        registry.stop(this);
    }

    private Row<VaultSummary> vault(String name) {
        return session.live().vaults().snapshot().stream().filter(v -> v.name().equals(name)).findFirst()
                .map(v -> new Row<>(session, v)).orElseThrow();
    }

    private void open(String name, String page) {
        view = new VaultEditorView(screen.shell(), fleet.console(), new VaultInput(session.connection().id(),
                vault(name).value().id(), name),
                PageEntries.read(registry, VaultsIds.PAGES, VaultPage.class,
                        (bundle, type) -> Class.forName(type), context),
                told::add);
        screen.open();
        view.showPage(BUNDLE + ".page." + page);
    }

    private Table table(String id) {
        return screen.find(id, Table.class);
    }

    private static String cell(Table table, String first, int column) {
        for (int i = 0; i < table.getItemCount(); i++) {
            if (table.getItem(i).getText(0).equals(first)) {
                return table.getItem(i).getText(column);
            }
        }
        return "";
    }

    /** The dialog of that id, in which no two things have the same key. */
    private Shell dialog(String id) {
        Shell shell = screen.dialog(id);
        screen.settle();
        assertEquals(List.of(), AccessibilityTest.clashes(shell), id);
        return shell;
    }

    private static Text text(Shell shell, String id) {
        return Screen.find(shell, id, Text.class);
    }

    private static Button button(Shell shell, String id) {
        return Screen.find(shell, id, Button.class);
    }

    private static void choose(Shell shell, String id, int index) {
        Combo combo = Screen.find(shell, id, Combo.class);
        combo.select(index);
        combo.notifyListeners(SWT.Selection, new Event());
    }

    @Test
    void tellsWhatCanBeChangedAndChangesIt() throws Exception {
        open("archive", "properties");
        assertEquals(List.of("Properties", "Protection", "Storage", "Maintenance", "Users and Roles", "Notifications"),
                List.of(screen.find("vault.pages", CTabFolder.class).getItems()).stream().map(i -> i.getText())
                        .toList());
        assertEquals("archive", screen.label("vault.title"));
        assertEquals("5 TB", cell(table("vault.settings"), "Quota", 1));
        assertEquals("anna", cell(table("vault.settings"), "Label owner", 1));
        assertTrue(cell(table("vault.settings"), "Identity", 2).startsWith("No"));
        screen.picture("vault-properties");
        Screen.click(screen.find("vault.change", Button.class));
        Shell dialog = dialog("changeVault");
        Button ok = button(dialog, "changeVault.ok");
        text(dialog, "changeVault.quota").setText("much");
        assertFalse(ok.isEnabled(), "a quota that is no number was taken");
        text(dialog, "changeVault.quota").setText("2.5 TB");
        text(dialog, "changeVault.name").setText("records");
        choose(dialog, "changeVault.immutability", Immutability.ON.ordinal());
        screen.settle();
        screen.picture(dialog, "vault-change");
        Screen.click(ok);
        screen.until("saved", dialog::isDisposed);
        screen.until("renamed", () -> screen.label("vault.title").equals("records"));
        assertEquals("2.5 TB", cell(table("vault.settings"), "Quota", 1));
        assertEquals("On", cell(table("vault.settings"), "Immutability", 1));
        assertEquals("records", told.getLast().value().name());
    }

    @Test
    void whatCannotBeTakenBackIsConfirmedByName() throws Exception {
        open("archive", "properties");
        ChangeVaultDialog.open(screen.shell(), vault("archive"));
        Shell dialog = dialog("changeVault");
        Button ok = button(dialog, "changeVault.ok");
        assertFalse(text(dialog, "changeVault.confirm").isEnabled());
        choose(dialog, "changeVault.immutability", Immutability.LOCKED.ordinal());
        assertFalse(ok.isEnabled(), "a lock for ever needs no name");
        screen.picture(dialog, "vault-lock");
        text(dialog, "changeVault.confirm").setText("archive");
        assertTrue(ok.isEnabled());
        Screen.click(ok);
        screen.until("saved", dialog::isDisposed);
        screen.until("locked", () -> cell(table("vault.settings"), "Immutability", 1).equals("On, locked"));
        assertTrue(cell(table("vault.settings"), "Immutability", 2).startsWith("No"));
        ChangeVaultDialog.open(screen.shell(), vault("archive"));
        Shell again = dialog("changeVault");
        assertFalse(Screen.find(again, "changeVault.immutability", Combo.class).isEnabled());
        again.close();
    }

    @Test
    void deletesOnlyWhatIsEmpty() throws Exception {
        open("main", "properties");
        Button delete = screen.find("vault.delete", Button.class);
        assertFalse(delete.isEnabled());
        assertTrue(delete.getToolTipText().startsWith("Only an empty vault"));
        for (var child : screen.shell().getChildren()) {
            child.dispose();
        }
        open("archive", "properties");
        Screen.click(screen.find("vault.delete", Button.class));
        Shell dialog = dialog("deleteVault");
        assertFalse(button(dialog, "deleteVault.ok").isEnabled());
        assertEquals(button(dialog, "deleteVault.cancel"), dialog.getDefaultButton(), "Enter deletes");
        screen.picture(dialog, "vault-delete");
        text(dialog, "deleteVault.name").setText("archive");
        Screen.click(button(dialog, "deleteVault.ok"));
        screen.until("gone", () -> Screen.shows(screen.shell(), "vault.refresh"));
        assertEquals(1, session.live().vaults().snapshot().size());
    }

    @Test
    void tellsWhenItIsFull() throws Exception {
        fleet.node().get(Catalog.class).run(handle -> {
            handle.createUpdate("update vaults set created = :then, quota_bytes = 4000000000000 where name = 'main'")
                    .bind("then", Clock.systemUTC().instant().minus(Duration.ofDays(100))).execute();
            handle.createUpdate("""
                    insert into data_servers (server_id, vault_id, fence, used_bytes)
                    select id, vault_id, 0, 80000000000
                    from servers where name = 'web01.berlin'""").execute();
            for (int day = 0; day < 20; day++) {
                handle.createUpdate("""
                        insert into data_points (server_id, name, id, vault_id, made, committed, duration_ms, state,
                            point_group, stored_bytes, files, bytes, warnings, policy, policy_version, anomalous)
                        select id, :id, :id, vault_id, :time, :time, 1000, 'completed', :id, :bytes, 1200, :bytes, 0,
                            'daily', 1, false from servers where name = 'web01.berlin'""")
                        .bind("id", UUID.randomUUID().toString().replace("-", ""))
                        .bind("time", Clock.systemUTC().instant().minus(Duration.ofDays(day)))
                        .bind("bytes", 3_000_000_000L + 400_000_000L * (day % 5)).execute();
            }
        });
        session.refresh();
        open("main", "storage");
        screen.until("facts", () -> Screen.shows(screen.shell(), "storage.facts")
                && table("storage.facts").getItemCount() > 5);
        assertTrue(cell(table("storage.facts"), "Quota", 1).startsWith("4 TB"));
        assertTrue(cell(table("storage.facts"), "Growth", 1).endsWith("a day, mean of 30 days"));
        String full = cell(table("storage.facts"), "Full", 1);
        assertTrue(full.startsWith("about ") || full.startsWith("not within"), full);
        screen.until("servers", () -> table("storage.servers").getItemCount() == 25);
        screen.picture("vault-storage");
    }

    @Test
    void makesChangesDisablesAndRemovesAccounts() throws Exception {
        open("main", "users");
        screen.until("accounts", () -> Screen.shows(screen.shell(), "users.table")
                && table("users.table").getItemCount() == 1);
        Screen.select(table("users.table"), 0);
        assertFalse(screen.find("users.disable", Button.class).isEnabled(), "one could shut oneself out");
        Screen.click(screen.find("users.add", Button.class));
        Shell dialog = dialog("user");
        Button ok = button(dialog, "user.ok");
        assertFalse(ok.isEnabled());
        text(dialog, "user.name").setText("Ben");
        assertFalse(ok.isEnabled(), "a name with a capital was taken");
        text(dialog, "user.name").setText("ben");
        text(dialog, "user.fullName").setText("Ben Ito");
        Screen.click(button(dialog, "user.role.operator"));
        Screen.click(button(dialog, "user.role.security-officer"));
        assertFalse(ok.isEnabled(), "roles that exclude each other were taken");
        screen.picture(dialog, "vault-user-conflict");
        Screen.click(button(dialog, "user.role.security-officer"));
        Screen.click(ok);
        Shell once = dialog("oneTime");
        String secret = text(once, "oneTime.secret").getText();
        screen.picture(once, "vault-one-time");
        LoginAnswer login = login("ben", secret);
        assertTrue(login.mustChange(), "a password of somebody else holds for ever");
        Screen.click(button(once, "oneTime.close"));
        view.refresh();
        screen.until("signed in", () -> !cell(table("users.table"), "ben", 4).equals("never")
                && !cell(table("users.table"), "ben", 4).isEmpty());
        assertEquals("Reader, Operator", cell(table("users.table"), "ben", 2).replace("Operator, Reader",
                "Reader, Operator"));
        screen.picture("vault-users");
        select("ben");
        Screen.click(screen.find("users.password", Button.class));
        Screen.click(button(dialog("resetPassword"), "resetPassword.ok"));
        Shell other = dialog("oneTime");
        String next = text(other, "oneTime.secret").getText();
        assertFalse(next.equals(secret));
        login("ben", next);
        other.close();
        select("ben");
        Screen.click(screen.find("users.disable", Button.class));
        Screen.click(button(dialog("disableUser"), "disableUser.ok"));
        screen.until("disabled", () -> cell(table("users.table"), "ben", 3).equals("Disabled"));
        select("ben");
        Screen.click(screen.find("users.remove", Button.class));
        Shell remove = dialog("removeUser");
        text(remove, "removeUser.name").setText("ben");
        Screen.click(button(remove, "removeUser.ok"));
        screen.until("removed", () -> table("users.table").getItemCount() == 1);
        assertEquals(List.of("admin"), session.api().users().list().get().stream().map(UserView::name).toList());
    }

    private LoginAnswer login(String user, String password) throws Exception {
        return fleet.console().login(fleet.address(), fleet.console().look(fleet.address()).get(), user,
                password.toCharArray()).get();
    }

    private void select(String first) {
        Table users = table("users.table");
        screen.until(first + " is listed", () -> Screen.rows(users).contains(first));
        Screen.select(users, Screen.rows(users).indexOf(first));
        screen.settle();
    }

    @Test
    void targetsAndRulesAreMadeTestedAndRemoved() throws Exception {
        open("main", "notifications");
        screen.until("asked", () -> Screen.shows(screen.shell(), "targets.panel.message"));
        assertFalse(screen.find("rules.add", Button.class).isEnabled(), "a rule without a target");
        Screen.click(screen.find("targets.add", Button.class));
        Shell dialog = dialog("target");
        Button ok = button(dialog, "target.ok");
        text(dialog, "target.name").setText("night shift");
        assertFalse(ok.isEnabled(), "a name with a space was taken");
        text(dialog, "target.name").setText("night-shift");
        assertFalse(ok.isEnabled(), "a mail without a server was taken");
        text(dialog, "target.host").setText("localhost");
        text(dialog, "target.from").setText("backup@example.org");
        text(dialog, "target.to").setText("night@example.org");
        text(dialog, "target.port").setText("1");
        text(dialog, "target.tls").setText("none");
        screen.settle();
        screen.picture(dialog, "vault-target-mail");
        Screen.click(ok);
        screen.until("added", dialog::isDisposed);
        screen.until("listed", () -> Screen.shows(screen.shell(), "targets.table")
                && Screen.rows(table("targets.table")).equals(List.of("night-shift")));
        Screen.select(table("targets.table"), 0);
        Screen.click(screen.find("targets.test", Button.class));
        screen.until("tested", () -> screen.label("notify.result").startsWith("night-shift did not take"));
        rule();
        screen.picture("vault-notifications");
        Screen.select(table("targets.table"), 0);
        Screen.click(screen.find("targets.change", Button.class));
        Shell change = dialog("target");
        assertEquals("night@example.org", text(change, "target.to").getText());
        text(change, "target.to").setText("day@example.org");
        Screen.click(button(change, "target.ok"));
        screen.until("changed", () -> cell(table("targets.table"), "night-shift", 2).equals("day@example.org"));
        Screen.select(table("rules.table"), 0);
        Screen.click(screen.find("rules.remove", Button.class));
        Screen.click(button(dialog("removeRule"), "removeRule.ok"));
        screen.until("no rule", () -> Screen.shows(screen.shell(), "rules.panel.message"));
        Screen.select(table("targets.table"), 0);
        Screen.click(screen.find("targets.remove", Button.class));
        Screen.click(button(dialog("removeTarget"), "removeTarget.ok"));
        screen.until("no target", () -> Screen.shows(screen.shell(), "targets.panel.message"));
    }

    private void rule() throws Exception {
        screen.until("rules can be added", () -> screen.find("rules.add", Button.class).isEnabled());
        Screen.click(screen.find("rules.add", Button.class));
        Shell dialog = dialog("rule");
        text(dialog, "rule.name").setText("serious");
        choose(dialog, "rule.severity", 2);
        choose(dialog, "rule.vaults", 1);
        Screen.click(button(dialog, "rule.repeat"));
        screen.picture(dialog, "vault-rule");
        Screen.click(button(dialog, "rule.ok"));
        screen.until("added", dialog::isDisposed);
        screen.until("listed", () -> Screen.shows(screen.shell(), "rules.table")
                && table("rules.table").getItemCount() == 1);
        var rule = session.api().notifications().rules().get().getFirst();
        assertEquals(List.of("main"), rule.vaults());
        assertEquals(List.of("night-shift"), rule.targets());
        assertEquals(Duration.ofHours(24), rule.repeat());
        assertTrue(rule.kinds().isEmpty(), "everything was chosen, which is a rule for what comes later too");
    }

    @Test
    void saysWhyThereIsNothing() throws Exception {
        open("main", "users");
        screen.until("accounts", () -> Screen.shows(screen.shell(), "users.table"));
        fleet.console().signOut(session);
        screen.until("prompt", () -> Screen.shows(screen.shell(), "fleet.signIn"));
        assertFalse(Screen.shows(screen.shell(), "users.table"));
    }
}

package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.PropertyResourceBundle;

import org.eclipse.core.runtime.ContributorFactorySimple;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.core.runtime.spi.RegistryStrategy;
import org.eclipse.e4.core.contexts.EclipseContextFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.servers.internal.ServerQuickAccess;
import org.holdfast.console.servers.internal.ServerSelection;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.internal.editor.ServerEditorView;
import org.holdfast.console.servers.internal.editor.ServerInput;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.PageEntries;
import org.holdfast.console.ui.pages.PageEntry;
import org.holdfast.protocol.fleet.ChangeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The editor of one server with its contributed pages, with real widgets on a real vault node. */
class ServerEditorTest {
    private static final String BUNDLE = "org.holdfast.console.servers";

    @TempDir
    private Path folder;

    private Fleet fleet;
    private Screen screen;
    private IExtensionRegistry registry;
    private IEclipseContext context;
    private ServerEditorView view;
    private final List<Row<ServerSummary>> told = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 40);
        screen = new Screen();
        registry = RegistryFactory.createRegistry(new RegistryStrategy(null, null), this, this);
        context = EclipseContextFactory.create("test");
        context.set(ServerWords.class, new ServerWords(Formats.local(), Clock.systemUTC()));
        context.set(VaultConnections.class, fleet.console());
        Path bundle = Path.of("..", "..", "bundles", BUNDLE);
        contribute(BUNDLE, Files.readString(bundle.resolve("plugin.xml")), bundle.resolve("plugin.properties"));
    }

    @AfterEach
    void stop() {
        screen.close();
        fleet.close();
        context.dispose();
        registry.stop(this);
    }

    private void contribute(String name, String xml, Path texts) throws Exception {
        try (InputStream in = Files.newInputStream(texts)) {
            assertTrue(registry.addContribution(
                    new java.io.ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)),
                    ContributorFactorySimple.createContributor(name), false, name, new PropertyResourceBundle(in),
                    this));
        }
    }

    private List<PageEntry<ServerPage>> pages() {
        return PageEntries.read(registry, ServersIds.PAGES, ServerPage.class, (bundle, type) -> Class.forName(type),
                context);
    }

    private Row<ServerSummary> server(FleetSession session, String name) {
        return session.live().servers().snapshot().stream().filter(s -> s.name().equals(name)).findFirst()
                .map(s -> new Row<>(session, s)).orElseThrow();
    }

    private void open(Row<ServerSummary> row) {
        view = new ServerEditorView(screen.shell(), fleet.console(), new ServerInput(row.session().connection().id(),
                row.value().id(), row.value().name()), pages(), told::add);
        screen.open();
    }

    private CTabFolder tabs() {
        return screen.find("server.pages", CTabFolder.class);
    }

    @Test
    void showsHowTheServerStandsAndFollows() throws Exception {
        FleetSession session = fleet.connect();
        open(server(session, "file01.berlin"));
        assertEquals("Overview", tabs().getItem(0).getText());
        assertEquals("file01.berlin", screen.label("server.title"));
        assertEquals("At risk, vault main on Head office", screen.label("server.place"));
        Table facts = screen.find("overview.table", Table.class);
        screen.until("facts", () -> facts.getItemCount() > 10);
        // in the catalogue's words, or in those of the node once it has looked
        String reason = screen.label("overview.reason");
        assertTrue(reason.contains("last good backup"), reason);
        screen.picture("server-overview");
        String id = view.row().value().id();
        var calls = session.api().servers();
        calls.change("main", id, new ChangeServer("archive.berlin", null, null), calls.read("main", id).get().etag())
                .get();
        screen.until("renamed", () -> screen.label("server.title").equals("archive.berlin"));
        assertEquals("archive.berlin", told.getLast().value().name());
    }

    @Test
    void saysWhyThereIsNothing() throws Exception {
        FleetSession session = fleet.connect();
        open(server(session, "web01.berlin"));
        screen.until("there", () -> Screen.shows(screen.shell(), "overview.table"));
        fleet.console().signOut(session);
        screen.until("prompt to sign in", () -> Screen.shows(screen.shell(), "fleet.signIn"));
        assertFalse(Screen.shows(screen.shell(), "overview.table"));
    }

    @Test
    void keepsWhatItShowsWhenTheVaultIsGone() throws Exception {
        FleetSession session = fleet.connect();
        open(server(session, "web01.berlin"));
        fleet.node().close();
        screen.until("banner", () -> Screen.shows(screen.shell(), "server.banner"));
        assertTrue(Screen.shows(screen.shell(), "overview.table"));
        screen.picture("server-stale");
    }

    @Test
    void saysThatTheServerIsUnknown() throws Exception {
        FleetSession session = fleet.connect();
        view = new ServerEditorView(screen.shell(), fleet.console(), new ServerInput(session.connection().id(),
                "00000000-0000-0000-0000-000000000000", "old.berlin"), pages(), told::add);
        screen.open();
        screen.until("unknown", () -> Screen.shows(screen.shell(), "server.refresh"));
        assertEquals("old.berlin is not known any more", screen.find("state.title", Label.class).getText());
        assertTrue(told.isEmpty());
    }

    @Test
    void takesPagesOfPlugIns() throws Exception {
        Path texts = folder.resolve("plugin.properties");
        Files.writeString(texts, "page = Notes");
        contribute("org.example.notes", """
                <plugin><extension point="org.holdfast.console.servers.serverPage">
                  <page id="org.example.notes.page" name="%%page" class="%1$s$Notes" order="150"/>
                  <page id="org.example.broken" name="Broken" class="%1$s$Missing" order="160"/>
                  <page id="org.example.secret" name="Secret" class="%1$s$Notes" requires="nobody.may"/>
                </extension></plugin>""".formatted(ServerEditorTest.class.getName()), texts);
        FleetSession session = fleet.connect();
        open(server(session, "web01.berlin"));
        assertEquals("Notes", tabs().getItem(1).getText());
        view.showPage("org.example.notes.page");
        assertEquals("Notes on web01.berlin", screen.label("notes"));
        view.turn(1);
        assertTrue(Screen.shows(screen.shell(), "org.example.broken.message"), "a page that fails says so");
        view.showPage("org.example.secret");
        assertTrue(Screen.shows(screen.shell(), "org.example.secret.message"), "a page names the right it lacks");
        view.turn(1);
        assertEquals(0, tabs().getSelectionIndex());
    }

    @Test
    void commandsActOnWhatHadTheFocusLast() throws Exception {
        FleetSession session = fleet.connect();
        var selection = new ServerSelection();
        List<Row<ServerSummary>> table = List.of(server(session, "web01.berlin"), server(session, "db01.osaka"));
        List<Row<ServerSummary>> editor = List.of(server(session, "mail01.lyon"));
        selection.offer("table", table);
        assertEquals(table, selection.rows());
        selection.take("editor", editor);
        selection.offer("table", table);
        assertEquals(editor, selection.rows(), "a table in the background changed what commands act on");
        selection.release("editor");
        assertTrue(selection.rows().isEmpty());
        selection.take("table", table);
        assertEquals(table, selection.rows());
    }

    @Test
    void findsServersByQuickAccess() throws Exception {
        fleet.connect();
        assertEquals("web01.berlin", new ServerQuickAccess().find(fleet.console(), "web01").getFirst().value().name());
        assertTrue(new ServerQuickAccess().find(fleet.console(), "critical").size() > 5, "by a tag");
        assertTrue(new ServerQuickAccess().find(fleet.console(), "").isEmpty());
    }

    /** A page of somebody else. */
    public static final class Notes implements ServerPage {
        private OpenServer server;
        private Label label;

        @Override
        public void create(Composite parent, OpenServer open) {
            server = open;
            label = Ui.id(new Label(parent, SWT.NONE), "notes");
        }

        @Override
        public void update() {
            label.setText("Notes on " + server.summary().name());
        }

        @Override
        public void focus() {
            label.setFocus();
        }
    }
}

package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.PropertyResourceBundle;

import org.eclipse.core.runtime.ContributorFactorySimple;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.core.runtime.spi.RegistryStrategy;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.monitor.internal.ReportsDialog;
import org.holdfast.console.ui.Contributions;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.report.Report;
import org.holdfast.console.ui.report.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports are chosen and saved, those of plug-ins too, with real widgets on a real vault node. */
class ReportsTest {
    private static final String OTHERS = """
            <plugin><extension point="org.holdfast.console.ui.report">
              <report id="example.broken" name="Broken" class="no.such.Thing" order="900"/>
              <report id="example.failing" name="Failing" class="failing" extension="log"/>
            </extension></plugin>""";

    @TempDir
    private Path folder;

    private Fleet fleet;
    private Screen screen;
    private IExtensionRegistry registry;
    private Shell dialog;

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet(folder, 16);
        new Happenings(fleet).ended(16);
        screen = new Screen();
        registry = RegistryFactory.createRegistry(new RegistryStrategy(null, null), this, this);
        Path bundles = Path.of("..", "..", "bundles");
        add(bundles.resolve("org.holdfast.console.ui"));
        add(bundles.resolve("org.holdfast.console.monitor"));
        try (InputStream xml = new ByteArrayInputStream(OTHERS.getBytes(StandardCharsets.UTF_8))) {
            assertTrue(registry.addContribution(xml, ContributorFactorySimple.createContributor("example"), false,
                    "example", null, this));
        }
        FleetSession session = fleet.connect();
        Until.that("jobs", () -> session.live().jobs().status().state() == LiveList.State.COMPLETE);
        Until.that("vaults", () -> session.live().vaults().status().state() == LiveList.State.COMPLETE);
    }

    private void add(Path bundle) throws IOException {
        try (InputStream xml = Files.newInputStream(bundle.resolve("plugin.xml"));
                InputStream texts = Files.newInputStream(bundle.resolve("plugin.properties"))) {
            assertTrue(registry.addContribution(xml,
                    ContributorFactorySimple.createContributor(bundle.getFileName().toString()), false,
                    bundle.toString(), new PropertyResourceBundle(texts), this));
        }
    }

    @AfterEach
    void stop() {
        screen.close();
        fleet.close();
        registry.stop(this);
    }

    private void open() {
        var reports = new Contributions<>(registry, Reports.POINT, Report.class, (bundle, type) -> {
            if (type.equals("failing")) {
                Report failing = (data, out) -> {
                    throw new IOException("no room");
                };
                return failing;
            }
            return Class.forName(type).getConstructor().newInstance();
        });
        screen.open();
        var formats = new Formats(Locale.UK, ZoneOffset.UTC);
        new ReportsDialog(screen.shell(), reports, () -> Reports.gather(fleet.console(),
                Clock.systemUTC().instant(), formats), name -> folder.resolve(name).toString()).open();
        dialog = screen.dialog("reports");
        screen.settle();
        assertEquals(List.of(), AccessibilityTest.clashes(dialog));
    }

    private boolean says(String words) {
        return Screen.all(dialog).stream().anyMatch(c -> c instanceof Text t && t.getText().contains(words));
    }

    private String save(String name, String file) throws IOException {
        Table table = Screen.find(dialog, "reports.table", Table.class);
        Screen.select(table, Screen.rows(table).indexOf(name));
        Screen.click(Screen.find(dialog, "reports.save", Button.class));
        screen.until(file + " is written", () -> says(file + " is written."));
        return Files.readString(folder.resolve(file));
    }

    @Test
    void savesRowsForProgramsAndAPageForPeople() throws Exception {
        open();
        Table table = Screen.find(dialog, "reports.table", Table.class);
        assertEquals(List.of("Protection and jobs (HTML)", "Protection of servers (CSV)", "Jobs (CSV)", "Broken",
                "Failing"), Screen.rows(table));
        screen.picture(dialog, "reports");
        List<String> servers = save("Protection of servers (CSV)", "holdfast-protection.csv").lines().toList();
        assertEquals(18, servers.size(), "a head, sixteen servers, and the one that was given up");
        assertTrue(servers.getFirst().startsWith("vault server,vault,server,id,state,"), servers.getFirst());
        assertTrue(servers.stream().anyMatch(l -> l.startsWith("Head office,main,web01.berlin,")
                && l.contains(",protected,")), servers.toString());
        assertEquals(17, save("Jobs (CSV)", "holdfast-jobs.csv").lines().count());
        String page = save("Protection and jobs (HTML)", "holdfast-fleet.html");
        assertTrue(page.startsWith("<!DOCTYPE html>") && page.contains("<td>Unprotected</td><td class=\"n\">2</td>")
                && page.contains("<td>main</td><td>Head office</td>"), page);
        assertFalse(page.contains("null"), page.substring(Math.max(0, page.indexOf("null") - 200)));
    }

    @Test
    void whatFailsIsToldAndLeavesNoFile() throws Exception {
        open();
        Table table = Screen.find(dialog, "reports.table", Table.class);
        Screen.select(table, 4);
        Screen.click(Screen.find(dialog, "reports.save", Button.class));
        screen.until("told", () -> says("no room"));
        Screen.select(table, 3);
        Screen.click(Screen.find(dialog, "reports.save", Button.class));
        screen.until("told", () -> says("The report of example cannot be made"));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith("holdfast-"))
                    .toList());
        }
    }
}

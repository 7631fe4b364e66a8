package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.recovery.internal.SearchPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers are chosen for a search, and opened for it, each with a passphrase of its own; real agents backed up. */
class SearchServersTest {
    private static final String OTHER = "another passphrase of beta";

    @TempDir
    private Path folder;
    private FleetRecovery r;
    private RealAgent alpha;
    private RealAgent beta;

    @BeforeEach
    void start() throws Exception {
        r = new FleetRecovery(folder);
        alpha = new RealAgent(r.fleet, folder.resolve("alpha"));
        var first = r.named("alpha");
        beta = new RealAgent(r.fleet, folder.resolve("beta"), OTHER);
        var second = r.named("beta");
        Files.writeString(alpha.data().resolve("letter.txt"), "Dear Berta");
        Files.writeString(beta.data().resolve("letter.txt"), "Dear Anton");
        r.backUp(first, alpha.data());
        r.backUp(second, beta.data());
        r.screen.open();
    }

    @AfterEach
    void stop() {
        beta.close();
        alpha.close();
        r.close();
    }

    @Test
    void serversAreChosenOpenedAndSearched() {
        var part = new SearchPart(r.site);
        var parent = new Composite(r.screen.shell(), 0);
        parent.setLayout(new FillLayout());
        part.create(parent);
        r.screen.shell().layout(true, true);
        assertTrue(Screen.shows(r.screen.shell(), "search.chooseFirst"), "servers can be chosen although none is open");
        r.screen.display().timerExec(0, () -> inDialog(r.screen.dialog("searchServers")));
        Screen.click(r.screen.find("search.chooseFirst", Button.class));
        assertEquals(2, r.vaults.connections().size());
        r.screen.until("points are there", () -> r.session.points().size() == 1);
        Combo scope = r.screen.find("search.scope", Combo.class);
        assertEquals("All points of 2 chosen servers", scope.getText());
        Screen.type(r.screen.find("search.pattern", Text.class), "letter");
        Button start = r.screen.find("search.start", Button.class);
        r.screen.until("it can be searched", start::isEnabled);
        Screen.click(start);
        Table table = r.screen.find("search.table", Table.class);
        r.screen.until("both are found", () -> table.getItemCount() == 2);
        assertEquals(Set.of("alpha", "beta"), Set.copyOf(Screen.rows(table, 6)));
        r.screen.picture("search-servers");
        part.destroy();
    }

    /** The passphrase of one opens it; the other is left, and opened with its own. */
    private void inDialog(Shell shell) {
        Table table = Screen.find(shell, "searchServers.table", Table.class);
        r.screen.until("servers are there", () -> Screen.rows(table).containsAll(List.of("alpha", "beta")));
        Button ok = Screen.find(shell, "searchServers.ok", Button.class);
        assertFalse(ok.isEnabled(), "nothing is chosen");
        List<String> names = Screen.rows(table);
        Screen.select(table, names.indexOf("alpha"), names.indexOf("beta"));
        Text secret = Screen.find(shell, "searchServers.secret", Text.class);
        Screen.type(secret, RealAgent.PASSPHRASE);
        assertEquals(List.of(), AccessibilityTest.nameless(shell));
        assertEquals(List.of(), AccessibilityTest.clashes(shell));
        r.screen.picture(shell, "search-servers-dialog");
        Screen.click(ok);
        assertFalse(ok.isEnabled(), "it is busy");
        r.screen.until("one was opened",
                () -> words(shell).contains("1 opened, 1 not") && words(shell).contains("beta"));
        assertEquals(1, table.getSelectionCount(), "what could not be opened is left");
        assertEquals("beta", table.getItem(table.getSelectionIndex()).getText(0));
        r.screen.picture(shell, "search-servers-failed");
        Screen.type(secret, OTHER);
        Screen.click(ok);
        r.screen.until("both are open", shell::isDisposed);
    }

    private static String words(Shell shell) {
        return Screen.all(shell).stream()
                .map(c -> c instanceof Label label ? label.getText() : c instanceof Text text ? text.getText() : "")
                .collect(Collectors.joining("\n"));
    }
}

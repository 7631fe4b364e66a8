package org.holdfast.console.smoke;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.ui.handlers.IHandlerService;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.smoke.Report.Findings;
import org.holdfast.console.ui.Ui;

/** One click starts a vault server on this computer and connects to it; another one ends it. */
final class LocalVaultChecks {
    private static final String START = "org.holdfast.console.app.startLocalVault";
    private static final String STOP = "org.holdfast.console.app.stopLocalVault";

    private final Screen screen;
    private final Path folder = Path.of(System.getProperty("user.home"), ".holdfast", "local-vault");

    LocalVaultChecks(Screen screen) {
        this.screen = screen;
    }

    /** Only where the caller has a program for it. */
    int startsAndStops(Findings findings) throws Exception {
        if (System.getenv("HOLDFAST_VAULT_PROGRAM") == null) {
            return 0;
        }
        start(findings, "local-vault");
        List<FleetSession> sessions = screen.window().getService(VaultConnections.class).sessions();
        if (sessions.size() != 1 || !screen.holds(() -> sessions.getFirst().state().isConnected())) {
            findings.add("not connected: " + sessions.stream().map(s -> s.connection() + " " + s.state()).toList());
            return 1;
        }
        if (!sessions.getFirst().connection().address().startsWith("127.0.0.1:")) {
            findings.add("it is reached as " + sessions.getFirst().connection().address());
        }
        secrets(findings);
        statusFits(findings);
        screen.picture(screen.window().getShell(), "connected");
        start(findings, "local-vault-again");
        int now = screen.window().getService(VaultConnections.class).sessions().size();
        if (now != 1) {
            findings.add("a second click made " + now + " connections");
        }
        stop(findings);
        return 2;
    }

    /** The words of the status line become longer when there is a connection. */
    private void statusFits(Findings findings) {
        ToolBar status = Screen.shown(screen.window().getShell(), ToolBar.class).stream()
                .filter(b -> "status".equals(b.getData(Ui.ID))).findFirst().orElseThrow();
        screen.settle();
        if (!fits(status)) {
            findings.add("the end of the status line is cut off");
            for (Control each = status; each != null; each = each.getParent()) {
                findings.add(each.getClass().getSimpleName() + " " + each.getBounds() + " wants "
                        + each.computeSize(SWT.DEFAULT, SWT.DEFAULT));
            }
        }
    }

    private static boolean fits(Control inner) {
        for (Control each = inner; each.getParent() != null; each = each.getParent()) {
            if (each.getLocation().x + each.getSize().x > each.getParent().getSize().x) {
                return false;
            }
        }
        return true;
    }

    private void start(Findings findings, String name) throws Exception {
        run(START, findings, () -> button("local.close") != null, () -> {
            Shell dialog = button("local.close").getShell();
            Text result = Screen.shown(dialog, Text.class).stream()
                    .filter(t -> "local.result".equals(t.getData(Ui.ID))).findFirst().orElseThrow();
            if (!screen.holds(() -> !result.getText().isEmpty())) {
                findings.add("the start did not come to an end");
            } else if (!result.getText().contains(folder.resolve("administrator").toString())) {
                findings.add("it did not start: " + result.getText());
            }
            screen.picture(dialog, name);
            click("local.close");
        });
    }

    private void secrets(Findings findings) throws Exception {
        Path kept = folder.resolve("administrator");
        String password = Files.readString(kept).strip();
        if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)).equals("rw-------")) {
            findings.add("others can read " + kept);
        }
        if (Files.exists(folder.resolve("start.txt"))) {
            findings.add("what the program said at the first start was kept, with its secret");
        }
        if (ProcessHandle.allProcesses().anyMatch(p -> p.info().commandLine().orElse("").contains(password))) {
            findings.add("the password is on a command line");
        }
    }

    private void stop(Findings findings) throws Exception {
        long process = Long.parseLong(Files.readAllLines(folder.resolve("data/node")).get(1));
        run(STOP, findings, () -> question() != null, () -> {
            screen.picture(question(), "local-vault-stop");
            press(Screen.shown(question(), Button.class).getFirst());
        });
        if (!screen.holds(() -> ProcessHandle.of(process).isEmpty())) {
            findings.add("the vault still runs");
        }
    }

    /** A window that is neither the console's nor a dialog of ours: the question of the platform. */
    private Shell question() {
        return Stream.of(screen.display().getShells()).filter(s -> s.isVisible() && s != screen.window().getShell()
                && s.getData(Ui.ID) == null && !Screen.shown(s, Button.class).isEmpty()).findFirst().orElse(null);
    }

    private Button button(String id) {
        return Stream.of(screen.display().getShells()).flatMap(s -> Screen.shown(s, Button.class).stream())
                .filter(b -> id.equals(((Control) b).getData(Ui.ID))).findFirst().orElse(null);
    }

    private void click(String id) {
        press(button(id));
    }

    private static void press(Button button) {
        button.notifyListeners(SWT.Selection, new Event());
    }

    /** The command opens a modal dialog, so what a person does in it is queued before. */
    private void run(String command, Findings findings, BooleanSupplier open, Act act) throws Exception {
        screen.display().asyncExec(() -> {
            if (!screen.holds(open)) {
                findings.add(command + " opened no dialog");
                return;
            }
            try {
                act.run();
            } catch (Exception e) {
                findings.add(command + ": " + e);
            }
        });
        screen.workbench().getService(IHandlerService.class).executeCommand(command, null);
        screen.settle();
    }

    private interface Act {
        void run() throws Exception;
    }
}

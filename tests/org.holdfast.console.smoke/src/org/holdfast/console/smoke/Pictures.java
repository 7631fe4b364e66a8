package org.holdfast.console.smoke;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Tree;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.ui.Commands;
import org.holdfast.protocol.people.LoginAnswer;

/**
 * The pictures of {@code ./holdfast screenshots}: every part, editor page, wizard and dialog that a fleet of a vault
 * server fills, in the language, theme and scale that the console was started with. Settings are those of the bench;
 * {@code theme} is light or dark, {@code parts} says whether parts are wanted besides dialogs. A file {@code cut.txt}
 * beside the pictures lists texts that do not fit where they are, and windows that do not fit the screen.
 */
final class Pictures {
    /** Where the console's widgets say who they are. */
    private static final String ID = "org.holdfast.console.ui.id";
    private static final String RECOVER = "org.holdfast.console.recovery.recoverServer";
    private static final String SERVERS = "servers.table";
    private static final int MOST_PAGES = 7;

    private final Screen screen;
    private final Hands hands;
    private final List<String> cut = new ArrayList<>();

    private Pictures(Screen screen) {
        this.screen = screen;
        hands = new Hands(screen);
    }

    /** Whether somebody has asked for them. */
    static boolean wanted() {
        return !FleetBench.setting("theme").isEmpty();
    }

    static void go(Screen screen) {
        var pictures = new Pictures(screen);
        try (var control = new BenchControl(Integer.parseInt(FleetBench.setting("control")))) {
            try {
                control.say("ready");
                pictures.all();
                control.say("figure cut " + pictures.cut.size());
                control.say("done");
            } catch (Exception | AssertionError e) {
                pictures.hands.wholePicture("failed");
                control.say("failed " + e + " at " + Arrays.toString(e.getStackTrace()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void all() throws Exception {
        boolean parts = Boolean.parseBoolean(FleetBench.setting("parts"));
        if (FleetBench.setting("theme").equals("dark")) {
            hands.command("org.holdfast.console.app.darkTheme");
        }
        hands.perspective("org.holdfast.console.app.protect");
        if (parts) {
            part("start");
        }
        signIn();
        if (parts) {
            protect();
            editors();
            monitor();
        }
        dialogs();
        recover(parts);
        preferences();
        Files.write(Path.of(System.getProperty("holdfast.screenshots"), "cut.txt"), cut);
    }

    private void signIn() throws Exception {
        VaultConnections connections = hands.ask(() -> screen.window().getService(VaultConnections.class));
        String address = FleetBench.setting("address");
        String shown = connections.look(address).get();
        LoginAnswer login = connections.login(address, shown, FleetBench.setting("user"),
                Hands.read(FleetBench.setting("password")).toCharArray()).get();
        connections.add("Head office", address, shown, login, false);
        int servers = Integer.parseInt(FleetBench.setting("servers"));
        hands.view("org.holdfast.console.servers.servers");
        hands.until("all servers", 60, () -> hands.count(SERVERS) >= servers);
    }

    private void protect() {
        hands.select(SERVERS, FleetBench.setting("name"), 30);
        part("servers");
        for (String view : List.of("vaults.vaults", "policies.policies", "install.registrations")) {
            view(view);
        }
    }

    private void monitor() {
        hands.perspective("org.holdfast.console.app.monitor");
        for (String view : List.of("monitor.overview", "monitor.jobs", "monitor.alerts", "monitor.audit")) {
            view(view);
        }
        hands.perspective("org.holdfast.console.app.protect");
    }

    private void view(String id) {
        hands.view("org.holdfast.console." + id);
        FleetBench.pause(1500); // what it asks the vault for
        part(id.substring(id.lastIndexOf('.') + 1));
    }

    private void editors() {
        hands.view("org.holdfast.console.servers.servers");
        hands.select(SERVERS, FleetBench.setting("name"), 30);
        editor("org.holdfast.console.servers.open", "server");
        hands.view("org.holdfast.console.vaults.vaults");
        hands.select("vaults.table", "bench", 30);
        editor("org.holdfast.console.vaults.open", "vault");
        hands.view("org.holdfast.console.policies.policies");
        hands.select("policies.table", "daily", 30);
        policy();
    }

    /** The editor of policies has a window of its own. */
    private void policy() {
        int before = hands.ask(this::shells).size();
        hands.command("org.holdfast.console.policies.edit");
        if (came(before)) {
            FleetBench.pause(1000);
            Shell shell = hands.ask(() -> shells().getLast());
            pages(shell, number -> window(shell, "policy-" + number));
            leave(before);
        }
    }

    /** Each page of an editor. */
    private void editor(String command, String name) {
        hands.command(command);
        hands.until("the editor", 30, hands::hasEditor);
        FleetBench.pause(1000);
        pages(screen.window().getShell(), number -> part(name + "-" + number));
        hands.ask(() -> screen.page().closeAllEditors(false));
    }

    private void pages(Shell shell, IntConsumer look) {
        List<CTabFolder> folders = hands.ask(() -> Screen.shown(shell, CTabFolder.class).stream()
                .filter(f -> String.valueOf(f.getData(ID)).endsWith(".pages")).toList());
        for (CTabFolder folder : folders) {
            int pages = hands.ask(folder::getItemCount);
            for (int i = 0; i < pages; i++) {
                int page = i;
                hands.ask(() -> {
                    folder.setSelection(page);
                    var event = new Event();
                    event.item = folder.getItem(page);
                    folder.notifyListeners(SWT.Selection, event);
                    return true;
                });
                FleetBench.pause(1200);
                look.accept(page + 1);
            }
        }
    }

    private void dialogs() {
        hands.perspective("org.holdfast.console.app.protect");
        hands.view("org.holdfast.console.servers.servers");
        for (Map.Entry<String, String> one : Map.of("servers.connect", "connect", "vaults.create", "create-vault",
                "install.register", "register", "app.about", "about", "policies.new", "new-policy").entrySet()) {
            dialog(one.getKey(), one.getValue());
        }
        hands.select(SERVERS, FleetBench.setting("name"), 30);
        for (Map.Entry<String, String> one : Map.of("policies.schedule", "schedule", "servers.tags", "tags",
                "servers.assignPolicy", "assign-policy", "servers.retire", "retire").entrySet()) {
            dialog(one.getKey(), one.getValue());
        }
        hands.view("org.holdfast.console.vaults.vaults");
        hands.select("vaults.table", "bench", 30);
        dialog("vaults.credentials", "credentials");
    }

    /** A dialog with the pages of it that can be come to without filling anything in. */
    private void dialog(String command, String name) {
        int before = hands.ask(this::shells).size();
        hands.command("org.holdfast.console." + command);
        if (!came(before)) {
            return; // it was a part
        }
        FleetBench.pause(1200);
        for (int page = 1; page <= MOST_PAGES; page++) {
            Shell shell = hands.ask(() -> shells().getLast());
            window(shell, name + "-" + page);
            if (!hands.ask(() -> next(shell))) {
                break;
            }
            FleetBench.pause(900);
        }
        leave(before);
    }

    /** Closes what came since; one that asks whether it may be closed is taken away. */
    private void leave(int before) {
        hands.ask(() -> {
            screen.display().asyncExec(() -> shells().stream().skip(before).toList().reversed().forEach(Shell::close));
            return true;
        });
        FleetBench.pause(500);
        hands.ask(() -> {
            shells().stream().skip(before).toList().reversed().forEach(Shell::dispose);
            return true;
        });
    }

    private boolean came(int before) {
        for (int i = 0; i < 100; i++) {
            if (hands.ask(this::shells).size() > before) {
                return true;
            }
            FleetBench.pause(50);
        }
        return false;
    }

    private List<Shell> shells() {
        return Arrays.stream(screen.display().getShells()).filter(s -> s.isVisible() && !s.getText().isEmpty())
                .toList();
    }

    private static boolean next(Shell shell) {
        for (Button button : Screen.shown(shell, Button.class)) {
            boolean isNext = Integer.valueOf(IDialogConstants.NEXT_ID).equals(button.getData())
                    || String.valueOf(button.getData(ID)).endsWith(".next");
            boolean asksNothing = !String.valueOf(button.getData(ID)).startsWith("connect");
            if (isNext && asksNothing && button.isEnabled()) {
                button.notifyListeners(SWT.Selection, new Event());
                return true;
            }
        }
        return false;
    }

    private void recover(boolean parts) throws Exception {
        hands.perspective("org.holdfast.console.recovery.perspective");
        if (parts) {
            part("recover-start");
        }
        screen.display().asyncExec(
                () -> Commands.run(RECOVER, Map.of(RECOVER + ".server", FleetBench.setting("server"))));
        hands.type("server.secret", Hands.read(FleetBench.setting("passphrase")));
        window(hands.ask(() -> shells().getLast()), "recover-server");
        hands.press("server.ok");
        hands.gone("server.ok", 120);
        hands.until("the contents", 60, () -> hands.count("browse.table") > 0);
        Tree tree = hands.find("browse.tree", Tree.class);
        hands.until("the folders", 60, () -> tree.getItemCount() > 0);
        FleetBench.pause(500);
        if (parts) {
            part("recover");
            for (String view : List.of("recovery.search", "recovery.compare", "recovery.versions",
                    "recovery.basket")) {
                view(view);
            }
        }
        hands.view("org.holdfast.console.recovery.browse");
        dialog("recovery.restorePoint", "restore");
    }

    private void preferences() {
        int before = hands.ask(this::shells).size();
        screen.display().asyncExec(() -> org.eclipse.ui.dialogs.PreferencesUtil.createPreferenceDialogOn(
                screen.window().getShell(), null, null, null).open());
        if (came(before)) {
            FleetBench.pause(600);
            Shell shell = hands.ask(() -> shells().getLast());
            window(shell, "preferences");
            hands.ask(() -> {
                shell.close();
                return true;
            });
        }
    }

    private void part(String name) {
        hands.wholePicture(name);
        cut.addAll(hands.ask(() -> Cuts.of(screen.window().getShell(), name)));
    }

    private void window(Shell shell, String name) {
        hands.ask(() -> {
            try {
                screen.picture(shell, name);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return true;
        });
        cut.addAll(hands.ask(() -> Cuts.of(shell, name)));
    }
}

package org.holdfast.console.smoke;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What docs/tour.md tells a person to do, in the windows of the packaged console and against a real vault and real
 * hosts. Settings are system properties {@code holdfast.tour.*}; the report has a line for each step and ends with
 * {@code done}.
 */
final class FleetTour {
    private static final String SETTING = "holdfast.tour.";

    private final Hands hands;
    private final List<String> report = new ArrayList<>();

    FleetTour(Hands hands) {
        this.hands = hands;
    }

    /** Whether somebody has asked for it. */
    static boolean wanted() {
        return System.getProperty(SETTING + "report") != null;
    }

    /** Goes through all of it, as far as it comes. */
    void go() {
        try {
            step("sign in", this::signIn);
            step("make a vault", this::makeVault);
            step("register the servers", this::register);
            step("schedule their backup", this::schedule);
            step("back up", this::backUp);
            step("look around", this::look);
            step("restore on another server", this::restore);
            report.add("done");
        } catch (Exception | AssertionError e) {
            report.add("failed: " + e);
            hands.wholePicture("tour-failed");
            hands.picture("tour-failed-window");
        } finally {
            write();
        }
    }

    private void write() {
        try {
            Files.write(Path.of(setting("report")), report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String setting(String name) {
        return System.getProperty(SETTING + name, "");
    }

    /** A step of the page. */
    private interface Step {
        void go() throws Exception;
    }

    private void step(String name, Step step) throws Exception {
        long start = System.nanoTime();
        try {
            step.go();
        } catch (Exception | AssertionError e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
        report.add(name + " " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms");
    }

    private void signIn() throws Exception {
        hands.perspective("org.holdfast.console.app.protect");
        hands.wholePicture("tour-start");
        hands.command("org.holdfast.console.servers.connect");
        hands.type("connect.address", setting("address"));
        hands.type("connect.name", "Head office");
        hands.press("connect.next");
        hands.awaits("connect.fingerprint", 30);
        hands.until("the fingerprint", 30, () -> hands.shows("connect.same"));
        String shown = hands.text("connect.fingerprint").replace(":", "").strip();
        if (!shown.equalsIgnoreCase(setting("fingerprint"))) {
            throw new IllegalStateException("another fingerprint: " + shown);
        }
        hands.press("connect.same");
        hands.picture("tour-fingerprint");
        hands.press("connect.next");
        hands.type("connect.password", Hands.read(setting("secret")));
        hands.press("connect.next");
        hands.type("connect.newPassword", Hands.read(setting("password")));
        hands.type("connect.repeated", Hands.read(setting("password")));
        hands.press("connect.next");
        hands.gone("connect.next", 60);
    }

    private void makeVault() {
        hands.command("org.holdfast.console.vaults.create");
        hands.type("name.name", "prod");
        hands.picture("tour-vault");
        hands.press("createVault.next");
        hands.press("createVault.next");
        hands.press("createVault.finish");
        hands.gone("createVault.finish", 60);
        hands.view("org.holdfast.console.vaults.vaults");
        hands.until("the vault", 30, () -> hands.count("vaults.table") == 1);
        hands.wholePicture("tour-vaults");
    }

    private void register() throws Exception {
        hands.view("org.holdfast.console.servers.servers");
        hands.command("org.holdfast.console.install.register");
        hands.type("hosts.text", Hands.read(setting("hosts")));
        hands.until("all hosts are understood", 30, () -> hands.count("hosts.table") == number());
        hands.picture("tour-register-hosts");
        hands.press("register.next");
        hands.check("sign.withKey");
        hands.type("sign.key", setting("key"));
        hands.picture("tour-register-sign-in");
        hands.press("register.next");
        hands.type("options.package", setting("package"));
        hands.picture("tour-register-options");
        hands.press("register.next");
        hands.type("pass.file", setting("sealed"));
        hands.type("pass.seal", Hands.read(setting("seal")));
        hands.type("pass.sealAgain", Hands.read(setting("seal")));
        hands.picture("tour-register-passphrases");
        hands.press("register.next");
        hands.awaits("check.table", 30);
        hands.until("all hosts are checked", 60 + 10 * number(), () -> hands.isEnabled("register.finish"));
        hands.picture("tour-register-check");
        hands.press("register.finish");
        hands.gone("register.finish", 60);
        hands.awaits("registrations.table", 30);
        hands.until("some are done", 300, () -> hands.label("registrations.count").matches("[1-9]\\d* done.*"));
        hands.wholePicture("tour-registering");
        hands.until("all are done", 120 + 30 * number(), () -> hands.label("registrations.count")
                .startsWith(number() + " done"));
        hands.wholePicture("tour-registered");
        hands.view("org.holdfast.console.servers.servers");
        hands.until("they are all shown", 60, () -> hands.count("servers.table") == number());
        hands.wholePicture("tour-servers");
    }

    private void schedule() {
        hands.selectAll("servers.table", number(), 30);
        hands.command("org.holdfast.console.policies.schedule");
        hands.awaits("scheduleBackup.next", 30);
        hands.picture("tour-schedule-servers");
        hands.press("scheduleBackup.next");
        hands.type("items.paths", setting("folder"));
        hands.picture("tour-schedule-items");
        for (String page : List.of("times", "retention", "bandwidth", "review")) {
            hands.press("scheduleBackup.next");
            hands.picture("tour-schedule-" + page);
        }
        hands.press("scheduleBackup.finish");
        hands.until("all follow it", 60, () -> hands.label("many.summary").startsWith(number() + " of " + number()));
        hands.picture("tour-scheduled");
        hands.press("many.close");
    }

    private void backUp() {
        hands.selectAll("servers.table", number(), 30);
        hands.command("org.holdfast.console.servers.backUp");
        hands.until("all have heard it", 60,
                () -> hands.label("many.summary").startsWith(number() + " of " + number()));
        hands.press("many.close");
        hands.perspective("org.holdfast.console.app.monitor");
        hands.view("org.holdfast.console.monitor.jobs");
        hands.until("the jobs", 60, () -> hands.count("jobs.table") >= number());
        hands.wholePicture("tour-jobs");
        hands.perspective("org.holdfast.console.app.protect");
        hands.until("all are protected", 120 + 20 * number(),
                () -> hands.rowsWith("servers.table", "Protected") == number());
        hands.wholePicture("tour-protected");
    }

    private void look() {
        hands.perspective("org.holdfast.console.app.monitor");
        hands.wholePicture("tour-jobs-done");
        hands.view("org.holdfast.console.monitor.alerts");
        hands.wholePicture("tour-alerts");
        hands.view("org.holdfast.console.monitor.audit");
        hands.until("the audit", 30, () -> hands.count("audit.table") > 0);
        hands.wholePicture("tour-audit");
        hands.view("org.holdfast.console.monitor.overview");
        hands.wholePicture("tour-overview");
        hands.perspective("org.holdfast.console.app.protect");
        hands.view("org.holdfast.console.vaults.vaults");
        hands.until("the vault counts them", 30, () -> hands.rowsWith("vaults.table", setting("count")) == 1);
        hands.view("org.holdfast.console.policies.policies");
        hands.wholePicture("tour-policies");
        hands.view("org.holdfast.console.servers.servers");
        hands.select("servers.table", "web-01", 30);
        hands.command("org.holdfast.console.servers.open");
        hands.until("the editor", 30, hands::hasEditor);
        hands.wholePicture("tour-server");
    }

    private void restore() throws Exception {
        hands.perspective("org.holdfast.console.recovery.perspective");
        hands.command("org.holdfast.console.recovery.recoverServer");
        hands.select("server.table", "web-01", 30);
        hands.type("server.secret", passphrase("web-01"));
        hands.picture("tour-recover-server");
        hands.press("server.ok");
        hands.gone("server.ok", 60);
        hands.until("the contents", 60, () -> hands.count("browse.table") > 0);
        // It begins in the deepest folder that has all of the items.
        String folder = setting("folder");
        hands.select("browse.table", folder.substring(folder.lastIndexOf('/') + 1), 30);
        hands.wholePicture("tour-recover-browse");
        hands.command("org.holdfast.console.recovery.restoreSelection");
        hands.next();
        hands.press("where.otherServer");
        hands.press("where.choose");
        hands.awaits("otherServer.table", 30);
        hands.select("otherServer.table", "web-02", 30);
        hands.press("otherServer.ok");
        hands.type("where.path", setting("to"));
        hands.type("where.passphrase", passphrase("web-02"));
        hands.picture("tour-restore-where");
        hands.next();
        hands.picture("tour-restore-conflicts");
        hands.next();
        hands.until("it is checked", 120, () -> hands.label("check.estimate").matches("(About|How long) .+"));
        hands.picture("tour-restore-check");
        hands.finish();
        hands.until("it is restored", 180, () -> hands.rowsWith("agents.table", "done") == 1);
        hands.picture("tour-restored");
    }

    private static int number() {
        return Integer.parseInt(setting("count"));
    }

    /** As the page says: the command line opens the sealed file. */
    private static String passphrase(String server) throws Exception {
        Process process =
                new ProcessBuilder(setting("cli"), "server", "passphrases", setting("sealed"), "--show", server,
                        "--seal-passphrase-file", setting("seal")).redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0 || shown.isEmpty()) {
            throw new IllegalStateException("no passphrase of " + server);
        }
        return shown;
    }
}

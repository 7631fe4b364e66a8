package org.holdfast.console.smoke;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.protocol.people.LoginAnswer;

/**
 * What {@code ./holdfast bench console} measures in the windows of the packaged console. Settings are system
 * properties {@code holdfast.bench.*}; figures, and what is to happen to the vault server meanwhile, go over a line to
 * the program that started the console.
 */
final class FleetBench {
    private static final String SETTING = "holdfast.bench.";
    private static final String SERVERS = "org.holdfast.console.servers.servers";
    private static final String TABLE = "servers.table";
    private static final String FILTER = "servers.filter";
    private static final int TIMES = 5;
    private static final int SCROLLS = 200;

    private final Screen screen;
    private final Hands hands;
    private final EventTimes times;
    private final BenchControl control;

    private FleetBench(Screen screen, BenchControl control) {
        this.screen = screen;
        this.control = control;
        hands = new Hands(screen);
        times = hands.ask(() -> new EventTimes(screen.display()));
    }

    /** Whether somebody has asked for it. */
    static boolean wanted() {
        return System.getProperty(SETTING + "control") != null;
    }

    static String setting(String name) {
        return System.getProperty(SETTING + name, "");
    }

    /** Measures all of it, as far as it comes. */
    static void go(Screen screen) {
        try (var control = new BenchControl(Integer.parseInt(setting("control")))) {
            try {
                control.say("ready");
                if (!setting("address").isEmpty()) {
                    new FleetBench(screen, control).measure();
                }
                control.say("done");
            } catch (Exception | AssertionError e) {
                new Hands(screen).wholePicture("bench-failed");
                control.say("failed " + e + " at " + Arrays.toString(e.getStackTrace()));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void measure() throws Exception {
        List<String> names = connect();
        open(names.size());
        filter(names);
        scroll(names.size());
        memory("rss-fleet");
        new PointBench(screen, hands, times, control).measure();
        memory("rss-point");
        new TroubleBench(screen, hands, times, control).measure();
    }

    /** Signs in and waits for all servers. */
    private List<String> connect() throws Exception {
        int servers = Integer.parseInt(setting("servers"));
        hands.perspective("org.holdfast.console.app.protect");
        hands.view(SERVERS);
        VaultConnections connections = hands.ask(() -> screen.window().getService(VaultConnections.class));
        String address = setting("address");
        String shown = connections.look(address).get();
        if (!shown.equalsIgnoreCase(setting("fingerprint").replace(":", ""))) {
            throw new IllegalStateException("another fingerprint: " + shown);
        }
        LoginAnswer login = connections.login(address, shown, setting("user"),
                Hands.read(setting("password")).toCharArray()).get();
        hands.ask(this::clear);
        long start = System.nanoTime();
        FleetSession session = connections.add("Head office", address, shown, login, false);
        hands.until("all servers", 120, () -> hands.count(TABLE) == servers);
        control.millis("load", System.nanoTime() - start);
        control.longest("load", hands.ask(times::busy));
        pause(3000);
        return session.live().servers().snapshot().stream().map(ServerSummary::name).toList();
    }

    private void open(int servers) {
        long[] taken = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            hands.ask(() -> {
                IWorkbenchPage page = screen.page();
                page.hideView(page.findView(SERVERS));
                return clear();
            });
            pause(500);
            taken[i] = times.after(this::show, () -> hands.count(TABLE) == servers, 30);
            pause(500);
        }
        control.millis("open", median(taken));
        control.longest("open", hands.ask(times::busy));
    }

    private void show() {
        try {
            screen.page().showView(SERVERS);
        } catch (PartInitException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As when somebody types the digits of a name, and takes them away again. */
    private void filter(List<String> names) {
        Text field = hands.find(FILTER, Text.class);
        Table table = hands.find(TABLE, Table.class);
        long latest = 0;
        long most = 0;
        long mostCpu = 0;
        for (int round = 0; round < 3; round++) {
            for (String text : new String[] { "r-0", "r-01", "r-012", "r-0123", "r-012", "r-01", "" }) {
                int expected = (int) names.stream().filter(name -> name.contains(text)).count();
                if (hands.ask(table::getItemCount) == expected) {
                    continue;
                }
                hands.ask(this::clear);
                long taken = times.after(() -> field.setText(text), () -> table.getItemCount() == expected, 30);
                pause(200);
                if (round > 0) { // the first teaches the virtual machine
                    latest = Math.max(latest, taken);
                    EventTimes.Busy busy = hands.ask(times::busy);
                    most = Math.max(most, busy.sum());
                    mostCpu = Math.max(mostCpu, busy.sumCpu());
                }
            }
        }
        control.millis("filter", latest);
        control.millis("filter-busy", most);
        control.millis("filter-busy-cpu", mostCpu);
    }

    /** First as by the wheel, then as by the bar. */
    private void scroll(int servers) {
        Table table = hands.find(TABLE, Table.class);
        for (int round = 0; round < 2; round++) { // the first teaches the virtual machine
            hands.ask(this::clear);
            for (int i = 0; i < SCROLLS; i++) {
                int top = i < SCROLLS / 2 ? 3 * i : (int) ((long) i * servers / SCROLLS);
                hands.ask(() -> {
                    table.setTopIndex(top);
                    return true;
                });
                pause(25);
            }
        }
        EventTimes.Busy busy = hands.ask(times::busy);
        control.longest("scroll", busy);
        control.figure("scroll-over-frame", 100.0 * busy.overFrame() / SCROLLS);
        control.figure("scroll-over-frame-cpu", 100.0 * busy.overFrameCpu() / SCROLLS);
        control.millis("scroll-step-cpu", busy.sumCpu() / SCROLLS);
    }

    private void memory(String name) throws Exception {
        for (int i = 0; i < 3; i++) {
            System.gc();
            pause(1000);
        }
        control.figure(name, resident() / 1024.0);
        Runtime runtime = Runtime.getRuntime();
        control.figure(name + "-heap", (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
    }

    /** KiB of this process in memory (proc(5)). */
    private static long resident() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }

    private boolean clear() {
        times.clear();
        return true;
    }

    static long median(long[] all) {
        long[] sorted = all.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    static void pause(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}

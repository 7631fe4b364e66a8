package org.holdfast.console.smoke;

import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;

/**
 * A vault server whose connections break, that says nothing any more, and that takes seconds to answer, while somebody
 * goes on working: when the console says so, when all is well again, and how long its windows are busy at most.
 */
final class TroubleBench {
    private static final String BANNER = "servers.banner";
    private static final int SLOW_MILLIS = 2000;

    private final Screen screen;
    private final Hands hands;
    private final EventTimes times;
    private final BenchControl control;
    private final AtomicBoolean working = new AtomicBoolean();
    private Table table;
    private Text field;

    TroubleBench(Screen screen, Hands hands, EventTimes times, BenchControl control) {
        this.screen = screen;
        this.hands = hands;
        this.times = times;
        this.control = control;
    }

    void measure() throws InterruptedException {
        hands.perspective("org.holdfast.console.app.protect");
        hands.view("org.holdfast.console.servers.servers");
        table = hands.find("servers.table", Table.class);
        field = hands.find("servers.filter", Text.class);
        lost("cut", 60);
        lost("hang", 120);
        slow();
    }

    /** Somebody who filters and scrolls all the time. */
    private Thread work() {
        working.set(true);
        return Thread.ofPlatform().daemon().name("holdfast-bench-work").start(() -> {
            for (int i = 0; working.get(); i++) {
                int turn = i;
                hands.ask(() -> {
                    if (turn % 10 == 0) {
                        field.setText(turn % 20 == 0 ? "r-01" : "");
                    }
                    table.setTopIndex(turn * 37 % Math.max(1, table.getItemCount()));
                    return true;
                });
                FleetBench.pause(100);
            }
        });
    }

    private void rest(Thread work) throws InterruptedException {
        working.set(false);
        work.join();
        hands.type("servers.filter", "");
    }

    private void lost(String how, int patience) throws InterruptedException {
        Thread work = work();
        hands.ask(this::clear);
        long start = System.nanoTime();
        control.say(how);
        hands.until("the console says so", patience, () -> hands.shows(BANNER));
        control.millis(how + "-said", System.nanoTime() - start);
        hands.wholePicture("bench-" + how);
        FleetBench.pause(5000);
        start = System.nanoTime();
        control.say("through");
        hands.until("all is well again", patience, () -> !hands.shows(BANNER));
        control.millis(how + "-well", System.nanoTime() - start);
        FleetBench.pause(3000);
        control.longest(how, hands.ask(times::busy));
        rest(work);
    }

    private void slow() throws InterruptedException {
        Thread work = work();
        hands.ask(this::clear);
        control.say("slow " + SLOW_MILLIS);
        FleetBench.pause(8000);
        rest(work);
        long start = System.nanoTime();
        hands.ask(() -> {
            table.setSelection(0);
            table.notifyListeners(org.eclipse.swt.SWT.Selection, new org.eclipse.swt.widgets.Event());
            return true;
        });
        hands.command("org.holdfast.console.servers.open");
        hands.until("the editor", 60, hands::hasEditor);
        control.millis("slow-editor", System.nanoTime() - start);
        FleetBench.pause(5000);
        hands.wholePicture("bench-slow");
        control.longest("slow", hands.ask(times::busy));
        hands.ask(() -> screen.page().closeAllEditors(false));
        control.say("through");
    }

    private boolean clear() {
        times.clear();
        return true;
    }
}

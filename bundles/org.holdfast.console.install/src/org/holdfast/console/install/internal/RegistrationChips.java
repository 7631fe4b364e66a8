package org.holdfast.console.install.internal;

import java.util.Comparator;
import java.util.List;

import org.holdfast.agent.install.HostProgress;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.Step;
import org.holdfast.console.model.Chip;
import org.holdfast.console.ui.ChipBar;
import org.holdfast.console.ui.Icon;

/** Orders and chips of the table of hosts. */
final class RegistrationChips {
    static final String HOST = "host";
    static final String STATE = "state";
    static final String TOOK = "took";
    static final String VERSION = "version";
    static final String MESSAGE = "message";

    private static final Comparator<HostProgress> BY_HOST =
            Comparator.comparing((HostProgress row) -> row.host().name()).thenComparing(row -> row.host().key());

    private RegistrationChips() {
    }

    static List<Chip<HostProgress>> chips() {
        return List.of(Chip.of("failed", row -> row.isOver() && !row.isGood()),
                Chip.of("working", row -> !row.isOver() && row.step() != Step.WAIT),
                Chip.of("waiting", row -> !row.isOver() && row.step() == Step.WAIT),
                Chip.of("good", HostProgress::isGood));
    }

    static List<ChipBar.Item> items() {
        return List.of(new ChipBar.Item("failed", Messages.chip_failed, Icon.ERROR),
                new ChipBar.Item("working", Messages.chip_working, Icon.REFRESH),
                new ChipBar.Item("waiting", Messages.chip_waiting, Icon.HISTORY),
                new ChipBar.Item("good", Messages.chip_good, Icon.COMPLETED));
    }

    /** Whether its turn did not come, or it was stopped before its end. */
    static boolean isUnfinished(HostProgress row) {
        return !row.isOver() || row.outcome() == Outcome.STOPPED;
    }

    static boolean unfinished(List<HostProgress> rows) {
        return rows.stream().anyMatch(RegistrationChips::isUnfinished);
    }

    static Comparator<HostProgress> order(String column, boolean descending) {
        Comparator<HostProgress> order = switch (column) {
            case STATE -> Comparator.comparingInt(RegistrationChips::care);
            case TOOK -> Comparator.comparing(HostProgress::started, Comparator.nullsLast(Comparator.naturalOrder()));
            case VERSION -> Comparator.comparing(HostProgress::version,
                    Comparator.nullsLast(Comparator.naturalOrder()));
            case MESSAGE -> Comparator.comparing(HostProgress::message);
            default -> BY_HOST;
        };
        return (descending ? order.reversed() : order).thenComparing(BY_HOST);
    }

    /** What failed comes first, then what is being done. */
    private static int care(HostProgress row) {
        return row.isGood() ? 3 : row.isOver() ? 0 : row.step() == Step.WAIT ? 2 : 1;
    }
}

package org.holdfast.console.servers.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.DrillResult;
import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.LastDrill;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.pages.Fact;

/** What is known of a server, as facts. */
public final class ServerFacts {
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final ServerWords words;

    /** @param words for the facts */
    public ServerFacts(ServerWords words) {
        this.words = words;
    }

    /** Everything that a summary tells. */
    public List<Fact> all(Row<ServerSummary> row) {
        ServerSummary s = row.value();
        Formats f = words.formats();
        var list = new ArrayList<Fact>();
        add(list, Messages.column_name, s.name(), Icon.SERVER);
        add(list, Messages.column_state, s.reason().isEmpty() ? ServerWords.state(s.state())
                : NLS.bind(Messages.details_stateReason, ServerWords.state(s.state()), s.reason()),
                ServerWords.icon(s.state()));
        for (AlertSummary alert : row.session().live().alerts().snapshot()) {
            if (s.id().equals(alert.serverId())) {
                add(list, Messages.details_alert, alert.advice().isEmpty() ? alert.message()
                        : alert.message() + ' ' + alert.advice(), Icon.ALERT);
            }
        }
        add(list, Messages.column_lastBackup, s.lastBackup() == null ? Messages.never
                : NLS.bind(Messages.details_timeAgo, words.time(s.lastBackup()), words.ago(s.lastBackup())), null);
        add(list, Messages.details_next, words.time(s.nextBackup()), null);
        drills(list, s);
        add(list, Messages.column_policy, NLS.bind(Messages.details_policy, ServerWords.policy(s), origin(s)),
                Icon.POLICY);
        add(list, Messages.column_drift, s.drift() == null ? Messages.drift_none : s.drift(),
                s.drift() == null ? null : Icon.CHANGED);
        add(list, Messages.column_points, f.count(s.points()), null);
        add(list, Messages.column_size, NLS.bind(Messages.details_size, f.size(s.storedBytes()),
                f.exactSize(s.storedBytes())), null);
        add(list, Messages.column_tags, String.join(", ", s.tags()), Icon.TAG);
        s.labels().forEach((name, value) -> add(list, name, value, null));
        add(list, Messages.column_vault,
                NLS.bind(Messages.scope_vaultOf, s.vault(), row.session().connection().name()), Icon.VAULT);
        add(list, Messages.column_contact, s.lastContact() == null ? Messages.never
                : NLS.bind(Messages.details_timeAgo, words.time(s.lastContact()), words.contact(s)), null);
        add(list, Messages.details_host, s.hostname(), null);
        add(list, Messages.details_addresses, String.join(", ", s.addresses()), null);
        add(list, Messages.details_os, s.os(), null);
        add(list, Messages.column_version, s.agentVersion(), null);
        Duration skew = Duration.ofMillis(s.clockSkewMillis());
        if (skew.abs().compareTo(SKEW) > 0) {
            add(list, Messages.details_clock, NLS.bind(
                    skew.isNegative() ? Messages.details_clockBehind : Messages.details_clockAhead,
                    f.duration(skew.abs())), Icon.WARNINGS);
        }
        add(list, Messages.details_registered, words.time(s.registered()), null);
        add(list, Messages.details_id, s.id(), null);
        return List.copyOf(list);
    }

    private void drills(List<Fact> list, ServerSummary s) {
        LastDrill last = s.lastDrill();
        String state = drillState(s.drillState());
        add(list, Messages.details_drill, last == null ? state
                : NLS.bind(Messages.details_drillLast,
                        new Object[] { state, words.time(last.at()), words.ago(last.at()) }),
                switch (s.drillState()) {
                    case FAILED -> Icon.ERROR;
                    case OVERDUE -> Icon.WARNINGS;
                    case GOOD -> Icon.COMPLETED;
                    default -> null;
                });
        if (last == null) {
            return;
        }
        Formats f = words.formats();
        DrillResult result = last.result();
        add(list, Messages.details_drillFound, result.mismatches() == 0
                ? NLS.bind(Messages.details_drillGood, f.count(result.compared()), f.size(last.bytes()))
                : NLS.bind(Messages.details_drillBad, f.count(result.mismatches()), f.count(result.compared())), null);
        add(list, Messages.details_drillCovered, NLS.bind(Messages.details_drillCoverage, new Object[] {
                f.count(Math.round(result.coverage() * 100)), f.count(result.coveredFiles()),
                f.count(result.pointFiles()) }), null);
        add(list, Messages.details_drillSeed, Long.toString(result.seed()), null);
    }

    /** How it stands with restore drills. */
    private static String drillState(DrillState state) {
        return switch (state) {
            case OFF -> Messages.drill_off;
            case WAITING -> Messages.drill_waiting;
            case GOOD -> Messages.drill_good;
            case OVERDUE -> Messages.drill_overdue;
            case FAILED -> Messages.drill_failed;
        };
    }

    /** Why it has its policy. */
    public static String origin(ServerSummary s) {
        return switch (s.policyOrigin()) {
            case SERVER -> Messages.origin_server;
            case TAG -> Messages.origin_tag;
            case DEFAULT -> Messages.origin_default;
            case NONE -> Messages.origin_none;
        };
    }

    private static void add(List<Fact> list, String name, String value, Icon icon) {
        if (!value.isEmpty()) {
            list.add(new Fact(name, value, icon));
        }
    }
}

package org.holdfast.console.servers.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;

/** What is known of the one selected server: facts in words, one to a row, so that they can be copied and read out. */
public final class DetailsPart {
    /**
     * A fact.
     *
     * @param name what it is about
     * @param value what is known
     * @param icon beside the value, or null
     */
    private record Fact(String name, String value, Icon icon) {
    }

    private static final Duration SKEW = Duration.ofMinutes(2);

    private final ServersSite site;
    private final ServerWords words;
    private StatePanel panel;
    private DataTable<Fact> table;
    private List<Fact> facts = List.of();
    private Subscription subscription = () -> {
    };

    /** Called by the workbench. */
    @Inject
    public DetailsPart(ServersSite site) {
        this(site, new ServerWords(Formats.local(), Clock.systemUTC()));
    }

    /** Another clock than the system's. */
    public DetailsPart(ServersSite site, ServerWords words) {
        this.site = site;
        this.words = words;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        panel = new StatePanel(parent, "details");
        table = new DataTable<>(panel.content(), SWT.MULTI, "details.table", Messages.details_table, List.of(
                Column.text("name", Messages.details_name, 24, Fact::name),
                Column.<Fact>text("value", Messages.details_value, 60, Fact::value).with(Fact::icon).growing()));
        table.toolTip(Fact::value);
        table.locateBy(fact -> {
            for (int i = 0; i < facts.size(); i++) {
                if (facts.get(i).name().equals(fact.name())) {
                    return i;
                }
            }
            return -1;
        });
        table.setSource(new RowSource<>() {
            @Override
            public int size() {
                return facts.size();
            }

            @Override
            public Fact row(int index) {
                return facts.get(index);
            }
        });
        subscription = site.selection().changes().add(this::show);
        show(site.selection().rows());
    }

    private void show(List<Row<ServerSummary>> rows) {
        if (panel.isDisposed()) {
            return;
        }
        if (rows.size() != 1) {
            panel.showPrompt(Icon.SERVER_LARGE, rows.isEmpty() ? Messages.details_none
                    : NLS.bind(Messages.details_several, words.formats().count(rows.size())), "");
            return;
        }
        facts = facts(rows.getFirst());
        panel.showContent();
        table.shapeChanged();
    }

    private List<Fact> facts(Row<ServerSummary> row) {
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

    private static String origin(ServerSummary s) {
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

    /** Called by the workbench. */
    @Focus
    public void focus() {
        if (panel.state() == StatePanel.State.CONTENT) {
            table.enter();
        } else {
            panel.setFocus();
        }
    }

    /** Called by the workbench. */
    @PreDestroy
    public void destroy() {
        subscription.close();
    }
}

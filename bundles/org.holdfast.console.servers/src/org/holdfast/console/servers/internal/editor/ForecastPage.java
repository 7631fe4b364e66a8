package org.holdfast.console.servers.internal.editor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.DayBars;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StackBar;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Asked;
import org.holdfast.console.ui.pages.Fact;
import org.holdfast.console.ui.pages.FactTable;
import org.holdfast.console.ui.pages.ListRows;
import org.holdfast.protocol.fleet.PointForecast;

/** When the recovery points of a server will go, why not before, and what room comes of it. */
public final class ForecastPage implements ServerPage {
    private static final int MONTHS = 18;
    private static final int FACTS = 8;

    private final Clock clock;
    private final Formats formats;
    private final ListRows<PointForecast> rows = new ListRows<>();
    private OpenServer server;
    private StatePanel panel;
    private FactTable facts;
    private DayBars bars;
    private DataTable<PointForecast> table;
    private Asked<List<PointForecast>> asked;

    /** Called by the editor. */
    @Inject
    public ForecastPage(ServerWords words) {
        clock = words.clock();
        formats = words.formats();
    }

    @Override
    public void create(Composite parent, OpenServer open) {
        server = open;
        panel = new StatePanel(parent, "forecast.panel");
        panel.setLayoutData(Ui.fill());
        facts = new FactTable(panel.content(), "forecast.facts", Messages.forecast_facts);
        var least = Ui.wide();
        least.heightHint = facts.table().control().getItemHeight() * FACTS;
        facts.table().setLayoutData(least);
        String title = NLS.bind(Messages.forecast_months, formats.count(MONTHS));
        Ui.label(panel.content(), title);
        bars = new DayBars(panel.content(), "forecast.bars", title, bar -> {
        });
        table = new DataTable<>(panel.content(), SWT.MULTI, "forecast.table", Messages.forecast_table, List.of(
                Column.<PointForecast>text("time", Messages.forecast_point, 24, p -> formats.time(p.committed()))
                        .with(p -> p.deleted() == null ? Icon.HISTORY : Icon.REMOVED),
                Column.number("stored", Messages.points_stored, 10, p -> formats.size(p.storedBytes())),
                Column.text("expires", Messages.forecast_expires, 26, this::expires),
                Column.text("gone", Messages.forecast_gone, 26, p -> date(gone(p))),
                Column.<PointForecast>text("kept", Messages.forecast_keptBy, 40,
                        p -> String.join(", ", p.keptBy())).growing()));
        table.toolTip(p -> NLS.bind(Messages.points_tip, formats.preciseTime(p.committed()), p.point()));
        table.setSource(rows);
        asked = new Asked<>(panel, () -> server.session().api().points().forecast(server.summary().vault(),
                server.summary().id()), this::show);
    }

    private String expires(PointForecast p) {
        return p.deleted() != null ? NLS.bind(Messages.forecast_deletedBy, formats.time(p.deleted()),
                "retention".equals(p.deletedBy()) ? Messages.forecast_retention : p.deletedBy())
                : p.expires() == null ? Messages.forecast_far : formats.date(p.expires());
    }

    private String date(@Nullable Instant time) {
        return time == null ? "" : formats.date(time);
    }

    /** When its room is free: deleted points stay for as long as the vault says. */
    private @Nullable Instant gone(PointForecast p) {
        Instant over = p.expires();
        return p.deleted() != null ? p.purged()
                : over == null ? null : over.plus(Duration.ofDays(softDays()));
    }

    private int softDays() {
        return server.session().live().vaults().snapshot().stream()
                .filter(v -> v.name().equals(server.summary().vault())).map(VaultSummary::softDelete)
                .mapToInt(s -> s.days()).findFirst().orElse(0);
    }

    private void show(List<PointForecast> points) {
        if (points.isEmpty()) {
            panel.showEmpty(Icon.HISTORY_LARGE, Messages.points_none, Messages.points_noneText);
            return;
        }
        facts.show(facts(points));
        if (rows.set(points)) {
            table.shapeChanged();
        }
        YearMonth first = YearMonth.from(clock.instant().atZone(formats.zone()));
        var shown = new ArrayList<DayBars.Bar>();
        for (int i = 0; i < MONTHS; i++) {
            YearMonth month = first.plusMonths(i);
            var going = points.stream().filter(p -> isIn(month, gone(p))).toList();
            long bytes = going.stream().mapToLong(PointForecast::storedBytes).sum();
            String text = Texts.bind(Messages.forecast_month, DateTimeFormatter.ofPattern("LLLL uuuu",
                    formats.locale()).format(month), formats.count(going.size()), formats.size(bytes));
            shown.add(new DayBars.Bar(DateTimeFormatter.ofPattern("LLL", formats.locale()).format(month), text,
                    List.of(new StackBar.Part(Tone.ACCENT, bytes, text))));
        }
        bars.show(shown);
    }

    private boolean isIn(YearMonth month, @Nullable Instant time) {
        return time != null && YearMonth.from(time.atZone(formats.zone())).equals(month);
    }

    private List<Fact> facts(List<PointForecast> points) {
        var there = points.stream().filter(p -> p.deleted() == null).toList();
        long deleted = points.size() - (long) there.size();
        int soft = softDays();
        var list = new ArrayList<Fact>();
        list.add(Fact.of(Messages.forecast_number, formats.count(there.size())));
        list.add(Fact.of(Messages.forecast_stored, formats.size(sum(there))));
        list.add(Fact.of(Messages.forecast_deleted, deleted == 0 ? Messages.forecast_nothing
                : NLS.bind(Messages.forecast_deletedText, formats.count(deleted),
                        formats.size(sum(points) - sum(there)))));
        PointForecast next = there.stream().filter(p -> p.expires() != null)
                .min(Comparator.comparing(PointForecast::expires)).orElse(null);
        list.add(Fact.of(Messages.forecast_next, next == null ? Messages.forecast_far
                : NLS.bind(Messages.forecast_nextText, formats.date(next.expires()),
                        formats.time(next.committed()))));
        var far = there.stream().filter(p -> p.expires() == null).toList();
        list.add(Fact.of(Messages.forecast_stay, NLS.bind(Messages.forecast_stayText, formats.count(far.size()),
                formats.size(sum(far)))));
        list.add(Fact.of(Messages.forecast_soft, soft == 0 ? Messages.forecast_softOff
                : NLS.bind(Messages.forecast_softText, formats.count(soft))));
        return list;
    }

    private static long sum(List<PointForecast> points) {
        return points.stream().mapToLong(PointForecast::storedBytes).sum();
    }

    @Override
    public void update() {
        ServerSummary s = server.summary();
        asked.ask(List.of(s.points(), String.valueOf(s.lastBackup()), String.valueOf(s.policy()), s.policyVersion(),
                softDays()));
    }

    @Override
    public void refresh() {
        asked.again();
    }

    @Override
    public void focus() {
        if (panel.state() == StatePanel.State.CONTENT) {
            table.enter();
        } else {
            panel.setFocus();
        }
    }
}

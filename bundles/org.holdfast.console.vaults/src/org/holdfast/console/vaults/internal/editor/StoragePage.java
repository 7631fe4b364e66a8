package org.holdfast.console.vaults.internal.editor;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.DayBars;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StackBar;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Asked;
import org.holdfast.console.ui.pages.Fact;
import org.holdfast.console.ui.pages.FactTable;
import org.holdfast.console.ui.pages.ListRows;
import org.holdfast.console.vaults.page.OpenVault;
import org.holdfast.console.vaults.page.VaultPage;
import org.holdfast.protocol.fleet.StorageDay;
import org.holdfast.protocol.fleet.VaultStorage;

/** What a vault takes up, how it grows, when it is full at that rate, and which servers take how much of it. */
public final class StoragePage implements VaultPage {
    private static final int BARS = 30;

    private final Clock clock;
    private final Formats formats = Formats.local();
    private final ListRows<ServerSummary> rows = new ListRows<>();
    private OpenVault vault;
    private StatePanel panel;
    private Asked<VaultStorage> asked;
    private FactTable facts;
    private DayBars bars;
    private DataTable<ServerSummary> servers;
    private Subscription watching = () -> {
    };

    /** Called by the editor. */
    @Inject
    public StoragePage(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void create(Composite parent, OpenVault open) {
        vault = open;
        panel = new StatePanel(parent, "storage.panel");
        panel.setLayoutData(Ui.fill());
        panel.content().setLayout(Ui.grid(1, 0));
        facts = new FactTable(panel.content(), "storage.facts", Messages.storage_table);
        var least = Ui.wide();
        least.heightHint = facts.table().control().getItemHeight() * 10;
        facts.table().setLayoutData(least);
        Ui.label(panel.content(), NLS.bind(Messages.storage_added, formats.count(BARS)));
        bars = new DayBars(panel.content(), "storage.bars", NLS.bind(Messages.storage_added, formats.count(BARS)),
                bar -> {
                });
        Ui.label(panel.content(), Messages.storage_servers);
        servers = new DataTable<>(panel.content(), SWT.MULTI, "storage.servers", Messages.storage_servers, List.of(
                Column.<ServerSummary>text("name", Messages.column_server, 24, ServerSummary::name)
                        .with(s -> Icon.SERVER).growing(),
                Column.number("stored", Messages.column_stored, 12, s -> formats.size(s.storedBytes())),
                Column.number("share", Messages.column_share, 10, this::share),
                Column.number("points", Messages.column_points, 10, s -> formats.count(s.points())),
                Column.text("last", Messages.column_lastBackup, 24,
                        s -> s.lastBackup() == null ? Messages.none : formats.time(s.lastBackup()))));
        servers.setSource(rows);
        asked = new Asked<>(panel, () -> vault.session().api().vaults().storage(vault.summary().name()), this::show);
        watching = vault.session().live().servers().changes().add(l -> Ui.async(parent, this::showServers));
    }

    private String share(ServerSummary server) {
        long all = vault.summary().storedBytes();
        return all <= 0 ? "" : Math.round(100.0 * server.storedBytes() / all) + " %";
    }

    private void show(VaultStorage storage) {
        facts.show(facts(storage));
        Map<LocalDate, StorageDay> known = storage.days().stream()
                .collect(Collectors.toMap(StorageDay::date, day -> day, (one, other) -> one));
        var shown = new ArrayList<DayBars.Bar>();
        LocalDate today = today();
        for (int back = BARS - 1; back >= 0; back--) {
            LocalDate date = today.minusDays(back);
            StorageDay day = known.getOrDefault(date, new StorageDay(date, 0, 0));
            String text = NLS.bind(Messages.storage_day, new Object[] { date(date), formats.size(day.storedBytes()),
                    formats.count(day.points()) });
            shown.add(new DayBars.Bar(String.valueOf(date.getDayOfMonth()), text,
                    List.of(new StackBar.Part(Tone.ACCENT, day.storedBytes(), text))));
        }
        bars.show(shown);
        showServers();
    }

    private LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private List<Fact> facts(VaultStorage storage) {
        var list = new ArrayList<Fact>();
        Growth growth = Growth.of(storage, clock.instant());
        list.add(Fact.of(Messages.storage_stored, formats.size(storage.storedBytes())));
        Long quota = storage.quotaBytes();
        list.add(new Fact(Messages.storage_quota, quota == null ? Messages.storage_noQuota
                : NLS.bind(Messages.storage_quotaUsed, formats.size(quota),
                        Math.round(100.0 * storage.storedBytes() / quota) + " %"),
                quota != null && storage.storedBytes() >= quota ? Icon.ERROR : null));
        Long room = storage.roomBytes();
        list.add(Fact.of(Messages.storage_room, room == null || storage.storeBytes() == null
                ? Messages.storage_roomUnknown
                : NLS.bind(Messages.storage_roomOf, formats.size(room), formats.size(storage.storeBytes()))));
        list.add(Fact.of(Messages.storage_growth, growth.isYoung() ? Messages.storage_young
                : NLS.bind(Messages.storage_perDay, formats.size(Math.round(growth.perDay())),
                        formats.count(growth.over().toDays()))));
        list.add(new Fact(Messages.storage_full, full(growth), growth.isSoon(today()) ? Icon.WARNINGS : null));
        list.add(Fact.of(Messages.storage_points, formats.count(vault.summary().points())));
        list.add(Fact.of(Messages.storage_protected, formats.count(vault.summary().servers())));
        return list;
    }

    private String full(Growth growth) {
        return switch (growth.end()) {
            case REACHED -> Messages.storage_fullNow;
            case FAR -> Messages.storage_fullFar;
            case UNKNOWN -> Messages.storage_fullUnknown;
            case ON_DAY -> NLS.bind(growth.byQuota() ? Messages.storage_fullQuota : Messages.storage_fullRoom,
                    date(growth.day()));
        };
    }

    private String date(LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(formats.locale()).format(date);
    }

    private void showServers() {
        String name = vault.summary().name();
        if (rows.set(vault.session().live().servers().snapshot().stream().filter(s -> s.vault().equals(name))
                .sorted(Comparator.comparingLong(ServerSummary::storedBytes).reversed()
                        .thenComparing(ServerSummary::name))
                .toList())) {
            servers.shapeChanged();
        }
    }

    @Override
    public void update() {
        asked.ask(List.of(vault.summary().name(), vault.summary().storedBytes(), vault.summary().points(),
                String.valueOf(vault.summary().quotaBytes())));
    }

    @Override
    public void refresh() {
        asked.again();
    }

    @Override
    public void focus() {
        if (panel.state() == StatePanel.State.CONTENT) {
            facts.table().enter();
        } else {
            panel.setFocus();
        }
    }

    @Override
    public void dispose() {
        watching.close();
    }
}

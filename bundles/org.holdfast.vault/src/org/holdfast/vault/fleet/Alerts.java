package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.fleet.AlertListRow;
import org.holdfast.vault.catalog.fleet.AlertRow;
import org.holdfast.vault.catalog.fleet.AlertTable;
import org.holdfast.vault.catalog.notify.NewsRow;
import org.holdfast.vault.catalog.notify.NewsTable;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.VaultEvent;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What people should be told of. A cause has one open alert however often it comes up, and the alert closes by itself
 * when the cause is gone. Not to be called inside of a transaction. Thread-safe.
 */
@Component(service = Alerts.class)
public final class Alerts {
    private static final Duration LONGEST_MUTE = Duration.ofDays(366);
    private static final int LONGEST_REMARK = 500;

    private final Catalog catalog;
    private final Clock clock;
    private final EventBus bus;
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    /** Alerts of a catalogue. */
    @Activate
    public Alerts(@Reference Catalog catalog, @Reference Clock clock, @Reference EventBus bus) {
        this.catalog = catalog;
        this.clock = clock;
        this.bus = bus;
        open.addAll(catalog.<List<String>>read(AlertTable::openKeys));
    }

    /** Tells of something that happened; once more for an open alert of the same cause. */
    public void raise(Finding finding) {
        raise(List.of(finding));
    }

    /** Tells of something that holds on, unless that has been told. */
    public void raiseOnce(Finding finding) {
        if (!isOpen(finding.cause())) {
            raise(finding);
        }
    }

    /** The same as {@link #raise(Finding)} for several things in one transaction, at most some thousand. */
    void raise(Collection<Finding> findings) {
        Instant now = clock.instant();
        List<AlertRow> rows = findings.stream().map(finding -> row(finding, now)).toList();
        var ids = new ArrayList<UUID>();
        catalog.run(handle -> {
            AlertTable.Raised raised = AlertTable.raise(handle, rows);
            NewsTable.addAll(handle, rows.stream().filter(row -> raised.added().contains(row.id()))
                    .map(row -> news(row.id(), NewsRow.RAISED, row.openKey(), now)).toList());
            ids.clear();
            ids.addAll(raised.added());
            ids.addAll(raised.repeated());
        });
        rows.forEach(row -> open.add(row.openKey()));
        publish(ids);
    }

    private static AlertRow row(Finding finding, Instant now) {
        return new AlertRow(UUID.randomUUID(), finding.vault(), finding.server(), Wire.of(finding.kind()),
                Wire.of(finding.severity()), Wire.of(AlertState.OPEN), finding.cause(),
                Wire.plain(finding.message(), 1000), Wire.plain(finding.advice(), 1000), finding.job(), 1, now, now,
                null, null, "", null, 1, finding.code() == null ? null : Wire.plain(finding.code(), 64));
    }

    private static NewsRow news(UUID alert, String what, @Nullable String cause, Instant at) {
        return new NewsRow(0, alert, what, String.valueOf(cause), at);
    }

    /** Whether there is an open alert of a cause, see {@link Finding#cause()}. */
    boolean isOpen(String cause) {
        return open.contains(cause);
    }

    /** A cause is gone; nothing happens when it was not there. */
    public void settle(AlertKind kind, @Nullable UUID about, String subject) {
        settle(Finding.cause(kind, about, subject));
    }

    /** Names of causes of a kind that are open, see {@link Finding#cause()}. */
    List<String> open(AlertKind kind) {
        return open.stream().filter(cause -> cause.startsWith(Wire.of(kind) + ":")).toList();
    }

    /** A cause of {@link #open} is gone. */
    void settle(String cause) {
        settle(List.of(cause));
    }

    /** Several causes are gone, at most some thousand; those that were not there are left out. */
    void settle(Collection<String> causes) {
        List<String> known = causes.stream().filter(open::remove).toList();
        if (known.isEmpty()) {
            return;
        }
        try {
            publish(catalog.<List<UUID>>write(handle -> {
                Instant now = clock.instant();
                Map<UUID, String> closed = AlertTable.close(handle, known, now);
                NewsTable.addAll(handle, closed.entrySet().stream()
                        .map(each -> news(each.getKey(), NewsRow.SETTLED, each.getValue(), now)).toList());
                return List.copyOf(closed.keySet());
            }));
        } catch (RuntimeException e) {
            open.addAll(known);
            throw e;
        }
    }

    /** Settles everything about a server. */
    void settleAll(UUID server) {
        for (AlertKind kind : AlertKind.values()) {
            settle(kind, server, "");
        }
        open.stream().filter(cause -> cause.contains(":" + server)).toList().forEach(this::settle);
    }

    /** Ends muting that is over. */
    void unmute() {
        List<UUID> due = catalog.write(handle -> {
            List<UUID> ended = AlertTable.unmute(handle, clock.instant());
            ended.forEach(id -> AlertTable.listRow(handle, id).ifPresent(row -> tellAgain(handle, row.alert())));
            return ended;
        });
        publish(due);
    }

    /** An alert that was silent is no longer, unless somebody takes care of it. */
    private void tellAgain(Handle handle, AlertRow row) {
        String cause = row.openKey();
        if (cause != null && row.state().equals(Wire.of(AlertState.OPEN))) {
            NewsTable.add(handle, row.id(), NewsRow.RAISED, cause, clock.instant());
        }
    }

    /** An alert as part of a transaction. */
    public Optional<AlertSummary> summary(Handle handle, UUID id) {
        return AlertTable.listRow(handle, id).map(Alerts::view);
    }

    /** A page of a vault's alerts. */
    public Page<AlertSummary> list(UUID vault, ListRequest request) {
        return views(catalog.read(handle -> AlertTable.list(handle, vault, request)));
    }

    /** A page of the alerts of all vaults. */
    public Page<AlertSummary> list(ListRequest request) {
        return views(catalog.read(handle -> AlertTable.list(handle, request)));
    }

    /** An alert of a vault, or with null of any and of the installation. */
    public AlertSummary get(@Nullable UUID vault, String id) {
        return catalog.read(handle -> view(find(handle, vault, id)));
    }

    /** Somebody takes care. */
    public AlertSummary acknowledge(@Nullable UUID vault, String id, String remark, String user) {
        if (remark.length() > LONGEST_REMARK) {
            throw Refusal.invalid("remark", "A remark has at most " + LONGEST_REMARK + " characters.");
        }
        return decide(vault, id, (handle, row) -> AlertTable.decide(handle, row.id(),
                row.mutedUntil() == null ? Wire.of(AlertState.ACKNOWLEDGED) : row.state(), user, remark,
                row.mutedUntil()));
    }

    /**
     * Nobody is to be told for a while.
     *
     * @param until at most a year ahead; null: tell again at once
     */
    public AlertSummary mute(@Nullable UUID vault, String id, @Nullable Instant until) {
        Instant now = clock.instant();
        if (until != null && (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_MUTE)))) {
            throw Refusal.invalid("until", "An alert can be muted until a time within a year.");
        }
        return decide(vault, id, (handle, row) -> {
            AlertState state = until != null ? AlertState.MUTED
                    : row.acknowledgedBy() == null ? AlertState.OPEN : AlertState.ACKNOWLEDGED;
            boolean done = AlertTable.decide(handle, row.id(), Wire.of(state), row.acknowledgedBy(), row.remark(),
                    until);
            if (done && row.state().equals(Wire.of(AlertState.MUTED))) {
                AlertTable.listRow(handle, row.id()).ifPresent(unmuted -> tellAgain(handle, unmuted.alert()));
            }
            return done;
        });
    }

    private interface Decision {
        boolean make(Handle handle, AlertRow row);
    }

    private AlertSummary decide(@Nullable UUID vault, String id, Decision decision) {
        AlertSummary decided = catalog.write(handle -> {
            AlertRow row = find(handle, vault, id).alert();
            if (!decision.make(handle, row)) {
                throw new Refusal(Kind.CONFLICT, "alert-closed", "The cause of the alert is gone.", "");
            }
            return view(find(handle, vault, id));
        });
        bus.publish(VaultEvent.ALERT, decided.vault(), decided);
        return decided;
    }

    private static AlertListRow find(Handle handle, @Nullable UUID vault, String id) {
        UUID alert = Wire.id(id, "alert");
        return AlertTable.listRow(handle, alert).filter(row -> vault == null || vault.equals(row.alert().vaultId()))
                .orElseThrow(() -> Refusal.notFound("alert"));
    }

    /** Looks again which alerts are open; other nodes raise and close them too. */
    void sync() {
        Set<String> before = Set.copyOf(open);
        var now = new HashSet<>(catalog.<List<String>>read(AlertTable::openKeys));
        open.addAll(now);
        // What was raised while the catalogue was read stays.
        open.removeIf(cause -> before.contains(cause) && !now.contains(cause));
    }

    /** Tells watchers at this node of alerts that another one has written. */
    void tellHere(Collection<UUID> ids) {
        for (AlertListRow row : catalog.<List<AlertListRow>>read(handle -> AlertTable.listRows(handle, ids))) {
            AlertSummary alert = view(row);
            bus.publishHere(VaultEvent.ALERT, alert.vault(), alert);
        }
    }

    private void publish(List<UUID> ids) {
        for (AlertListRow row : catalog.<List<AlertListRow>>read(handle -> AlertTable.listRows(handle, ids))) {
            AlertSummary alert = view(row);
            bus.publish(VaultEvent.ALERT, alert.vault(), alert);
        }
    }

    private static Page<AlertSummary> views(Page<AlertListRow> page) {
        return new Page<>(page.items().stream().map(Alerts::view).toList(), page.next(), page.total());
    }

    private static AlertSummary view(AlertListRow listed) {
        AlertRow row = listed.alert();
        return new AlertSummary(row.id().toString(), listed.vaultName(), text(row.serverId()), listed.serverName(),
                Wire.to(AlertKind.class, row.kind()), Wire.to(Severity.class, row.severity()),
                Wire.to(AlertState.class, row.state()), row.message(), row.advice(), text(row.jobId()),
                row.occurrences(), row.raised(), row.lastSeen(), row.closed(), row.acknowledgedBy(), row.remark(),
                row.mutedUntil(), row.code());
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}

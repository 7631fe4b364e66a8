package org.holdfast.vault.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.notify.MessageReason;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.notify.MessageRow;
import org.holdfast.vault.catalog.notify.MessageTable;
import org.holdfast.vault.catalog.notify.NewsRow;
import org.holdfast.vault.catalog.notify.NewsTable;
import org.holdfast.vault.catalog.notify.RuleRow;
import org.holdfast.vault.catalog.notify.RuleTable;
import org.holdfast.vault.catalog.notify.TargetRow;
import org.holdfast.vault.catalog.notify.TargetTable;
import org.holdfast.vault.fleet.Alerts;
import org.holdfast.vault.fleet.Finding;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes messages of what happened to alerts, by the rules. News are taken away in the transaction that writes their
 * messages, so that none is lost and none counts twice, whenever the node dies. One caller at a time in a node; several
 * nodes may work on one catalogue.
 */
@Component(service = Digest.class)
public final class Digest {
    private static final int BATCH = 100;
    private static final Duration LOOK_FOR_REPEATS = Duration.ofMinutes(1);
    private static final Duration KEEP = Duration.ofDays(30);

    private final Catalog catalog;
    private final Clock clock;
    private final Alerts alerts;
    private @Nullable Instant looked;

    /** Of a catalogue. */
    @Activate
    public Digest(@Reference Catalog catalog, @Reference Clock clock, @Reference Alerts alerts) {
        this.catalog = catalog;
        this.clock = clock;
        this.alerts = alerts;
    }

    /** A rule with the identities of its targets that are enabled. */
    private record Known(UUID id, NotificationRule rule, List<UUID> targets) {
    }

    /** Works off what is new, and now and then what is to be told again. */
    public void round() {
        List<NewsRow> news = catalog.read(handle -> NewsTable.oldest(handle, BATCH));
        while (!news.isEmpty()) {
            List<NewsRow> batch = news;
            catalog.run(handle -> {
                List<Known> rules = rules(handle);
                batch.stream().filter(each -> NewsTable.take(handle, each.id()))
                        .forEach(each -> route(handle, rules, each));
            });
            news = batch.size() < BATCH ? List.of() : catalog.read(handle -> NewsTable.oldest(handle, BATCH));
        }
        Instant now = clock.instant();
        Instant last = looked;
        if (last == null || now.isBefore(last) || !now.isBefore(last.plus(LOOK_FOR_REPEATS))) {
            looked = now;
            repeat(now);
            catalog.write(handle -> MessageTable.deleteEnded(handle, now.minus(KEEP)));
        }
    }

    private static List<Known> rules(Handle handle) {
        Map<String, TargetRow> targets = TargetTable.all(handle).stream().filter(TargetRow::enabled)
                .collect(Collectors.toMap(TargetRow::nameKey, Function.identity()));
        List<Known> known = new ArrayList<>();
        for (RuleRow row : RuleTable.all(handle)) {
            NotificationRule rule = Rules.document(handle, row);
            known.add(new Known(row.id(), rule, rule.targets().stream().map(TargetTable::key).distinct()
                    .filter(targets::containsKey).map(key -> targets.get(key).id()).toList()));
        }
        return known;
    }

    private void route(Handle handle, List<Known> rules, NewsRow news) {
        AlertSummary alert = alerts.summary(handle, news.alertId()).orElse(null);
        if (alert == null) {
            return;
        }
        List<String> tags = tags(handle, alert);
        boolean settled = news.what().equals(NewsRow.SETTLED);
        boolean silent = alert.state() == AlertState.ACKNOWLEDGED || alert.state() == AlertState.MUTED;
        for (Known known : rules) {
            if (settled) {
                if (known.rule().enabled() && known.rule().settled()
                        && NewsTable.wasTold(handle, known.id(), news.alertId())
                        && !MessageTable.willTell(handle, known.id(), news.alertId())) {
                    add(handle, known, MessageReason.SETTLED, alert, news);
                }
            } else if (!silent && RuleMatch.matches(known.rule(), alert, tags)) {
                add(handle, known, MessageReason.RAISED, alert, news);
                NewsTable.told(handle, known.id(), news.alertId(), clock.instant());
            }
        }
        if (settled) {
            NewsTable.forget(handle, news.alertId());
        }
    }

    private void repeat(Instant now) {
        catalog.run(handle -> {
            for (Known known : rules(handle)) {
                Duration every = known.rule().repeat();
                if (every == null || !known.rule().enabled()) {
                    continue;
                }
                for (NewsRow told : NewsTable.toRepeat(handle, known.id(), now.minus(every), BATCH * 10)) {
                    AlertSummary alert = alerts.summary(handle, told.alertId()).orElse(null);
                    if (alert != null && RuleMatch.matches(known.rule(), alert, tags(handle, alert))
                            && !MessageTable.willTell(handle, known.id(), told.alertId())) {
                        add(handle, known, MessageReason.REMINDER, alert, told);
                    }
                    NewsTable.told(handle, known.id(), told.alertId(), now);
                }
            }
        });
    }

    private void add(Handle handle, Known known, MessageReason reason, AlertSummary alert, NewsRow news) {
        Instant now = clock.instant();
        Instant free = now.plus(known.rule().group());
        Instant held = RuleMatch.heldUntil(known.rule(), free);
        Instant due = held != null ? held : free;
        for (UUID target : known.targets()) {
            // Who does not take messages is not told of that.
            if (news.cause().equals(Finding.cause(AlertKind.NOTIFICATION_FAILED, null, target.toString()))) {
                continue;
            }
            MessageRow row = new MessageRow(UUID.randomUUID(), target, known.id(), Words.of(reason),
                    Words.of(alert.kind()), MessageRow.WAITING, now, due, 0, null, null, "",
                    "", 0);
            UUID message = MessageTable.joinable(handle, row, now).orElse(null);
            if (message == null) {
                MessageTable.insert(handle, row);
                message = row.id();
            }
            MessageTable.addItem(handle, message, news.alertId());
        }
    }

    private static List<String> tags(Handle handle, AlertSummary alert) {
        String server = alert.serverId();
        return server == null ? List.of()
                : ServerTable.byId(handle, UUID.fromString(server)).map(ServerRow::tags)
                        .map(tags -> Arrays.stream(tags.split(",")).filter(tag -> !tag.isEmpty()).toList())
                        .orElse(List.of());
    }
}

package org.holdfast.vault.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.MessageReason;
import org.holdfast.api.notify.MessageState;
import org.holdfast.api.notify.MessageSummary;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.spi.notify.DeliveryException;
import org.holdfast.api.spi.notify.Notification;
import org.holdfast.api.spi.notify.NotificationTarget;
import org.holdfast.protocol.fleet.TargetTested;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.notify.MessageRow;
import org.holdfast.vault.catalog.notify.MessageTable;
import org.holdfast.vault.catalog.notify.RuleTable;
import org.holdfast.vault.catalog.notify.TargetRow;
import org.holdfast.vault.catalog.notify.TargetTable;
import org.holdfast.vault.fleet.Alerts;
import org.holdfast.vault.fleet.Finding;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the queue of messages. Each attempt is noted before it is made, and a message leaves the queue only when
 * its target has taken it, so it arrives at least once: a node that dies in between sends it again with the same id.
 * One target's messages go one after another; targets do not wait for each other. Thread-safe.
 */
@Component(service = Deliveries.class)
public final class Deliveries implements AutoCloseable {
    /** Attempts before a message is given up: two days, with the pauses below. */
    static final int MOST_ATTEMPTS = 50;
    /** Attempts that fail one after another before there is an alert. */
    static final int TELL_AFTER = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    /** An attempt is over by then, or the node that made it is dead. */
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration LONGEST_ASKED = Duration.ofHours(12);
    private static final int LONGEST_ERROR = 500;

    private final Catalog catalog;
    private final Clock clock;
    private final Alerts alerts;
    private final Targets targets;
    private final TargetKinds kinds;
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<UUID, Pause> pauses = new ConcurrentHashMap<>();
    private final Set<Thread> sending = new HashSet<>();
    private boolean closed;

    /** Of a catalogue. */
    @Activate
    public Deliveries(@Reference Catalog catalog, @Reference Clock clock, @Reference Alerts alerts,
            @Reference Targets targets, @Reference TargetKinds kinds) {
        this.catalog = catalog;
        this.clock = clock;
        this.alerts = alerts;
        this.targets = targets;
        this.kinds = kinds;
    }

    /** A target that failed is left alone until a time, unless somebody has edited it. */
    private record Pause(Instant until, long version) {
    }

    /** Begins to send what is due; each target's messages on a thread of that executor. */
    public void round(Executor executor) {
        for (UUID target : catalog.<List<UUID>>read(handle -> MessageTable.dueTargets(handle, clock.instant()))) {
            if (busy.add(target)) {
                try {
                    executor.execute(() -> {
                        try {
                            work(target);
                        } catch (RuntimeException e) {
                            LOG.error("messages for a target could not be worked off; tried again", e);
                        } finally {
                            busy.remove(target);
                        }
                    });
                } catch (RuntimeException e) {
                    busy.remove(target);
                    throw e;
                }
            }
        }
    }

    /** Sends a message for a test, at once and without the queue. */
    public TargetTested test(String name, String user) {
        TargetRow row = catalog.read(handle -> Targets.find(handle, name));
        Notification message = Composer.of(row.language(), row.zone()).test(UUID.randomUUID().toString(),
                clock.instant(), row.name(), user);
        try {
            send(row, message);
            succeeded(row);
            return new TargetTested(true, null);
        } catch (DeliveryException e) {
            return new TargetTested(false, text(e));
        } catch (InterruptedException e) {
            return new TargetTested(false, "The vault goes down.");
        }
    }

    /** A page of the messages of the last 30 days. */
    public Page<MessageSummary> list(ListRequest request) {
        Page<MessageRow> page = catalog.read(handle -> MessageTable.list(handle, request));
        return new Page<>(page.items().stream().map(Deliveries::summary).toList(), page.next(), page.total());
    }

    private void work(UUID id) {
        while (!isClosed()) {
            TargetRow target = catalog.read(handle -> TargetTable.byId(handle, id)).orElse(null);
            Instant now = clock.instant();
            if (target == null || isPaused(target, now)) {
                return;
            }
            MessageRow message = catalog.read(handle -> MessageTable.due(handle, id, now)).orElse(null);
            if (message == null || !attempt(target, message)) {
                return;
            }
        }
    }

    private boolean isPaused(TargetRow target, Instant now) {
        Pause pause = pauses.get(target.id());
        return pause != null && pause.version() == target.version() && pause.until().isAfter(now)
                && pause.until().isBefore(now.plus(LONGEST_ASKED).plus(LONGEST_PAUSE));
    }

    /** @return whether the next message may be tried */
    private boolean attempt(TargetRow target, MessageRow message) {
        Instant now = clock.instant();
        NotificationRule rule = catalog.read(handle -> RuleTable.byId(handle, message.ruleId())
                .map(row -> Rules.document(handle, row)).orElse(null));
        if (rule == null) {
            return true;
        }
        Instant held = message.attempts() == 0 ? RuleMatch.heldUntil(rule, now) : null;
        if (held != null && rule.enabled()) {
            catalog.run(handle -> MessageTable.postpone(handle, message.id(), held));
            return true;
        }
        List<AlertSummary> content = rule.enabled() ? content(rule, message) : List.of();
        if (content.isEmpty()) {
            end(message, MessageState.DROPPED, null);
            return true;
        }
        if (!catalog.<Boolean>write(handle -> MessageTable.begin(handle, message, now.plus(LEASE)))) {
            return true;
        }
        try {
            send(target, Composer.of(target.language(), target.zone()).message(message.id().toString(), now,
                    Words.to(MessageReason.class, message.what()), content));
            end(message, MessageState.SENT, null);
            succeeded(target);
            return true;
        } catch (DeliveryException e) {
            return failed(target, message, e);
        } catch (InterruptedException e) {
            // Whether it has arrived is not known: it is sent again when the node is back.
            catalog.run(handle -> MessageTable.retry(handle, message.id(), clock.instant(), "The vault went down."));
            return false;
        }
    }

    /** What is left to be told. */
    private List<AlertSummary> content(NotificationRule rule, MessageRow message) {
        List<AlertSummary> all = catalog.<List<AlertSummary>>read(handle -> MessageTable.items(handle, message.id())
                .stream().map(id -> alerts.summary(handle, id).orElse(null)).filter(Objects::nonNull).toList());
        boolean over = message.what().equals(Words.of(MessageReason.SETTLED));
        boolean reminder = message.what().equals(Words.of(MessageReason.REMINDER));
        Instant muted = rule.mutedUntil();
        boolean wasMuted = muted != null && message.created().isBefore(muted);
        return all.stream().filter(alert -> switch (alert.state()) {
            case OPEN -> true;
            case ACKNOWLEDGED, MUTED -> over;
            case CLOSED -> over || !reminder && !wasMuted;
        }).toList();
    }

    private void send(TargetRow row, Notification message) throws DeliveryException, InterruptedException {
        NotificationTarget kind = kinds.find(row.kind()).orElseThrow(() -> DeliveryException
                .notNow("Nothing in this vault knows targets of the kind " + row.kind() + ".", null));
        beginSending();
        try {
            kind.deliver(targets.configuration(row), message);
        } catch (RuntimeException e) {
            LOG.warn("the target {} failed in an unexpected way", row.name(), e);
            throw DeliveryException.notNow("It failed: " + e.getMessage(), e);
        } finally {
            endSending();
        }
    }

    /** Threads are interrupted while they send and at no other time: the catalogue's files would not survive that. */
    private void beginSending() throws InterruptedException {
        synchronized (sending) {
            if (closed) {
                throw new InterruptedException("the vault goes down");
            }
            sending.add(Thread.currentThread());
        }
    }

    private void endSending() {
        synchronized (sending) {
            sending.remove(Thread.currentThread());
            Thread.interrupted();
        }
    }

    private boolean isClosed() {
        synchronized (sending) {
            return closed;
        }
    }

    /** Breaks off what is being sent, and sends no more. */
    @Deactivate
    @Override
    public void close() {
        synchronized (sending) {
            closed = true;
            sending.forEach(Thread::interrupt);
        }
    }

    private void succeeded(TargetRow target) {
        pauses.remove(target.id());
        catalog.run(handle -> {
            TargetTable.succeeded(handle, target.id(), clock.instant());
            if (target.failures() > 0) {
                MessageTable.hurry(handle, target.id(), clock.instant());
            }
        });
        alerts.settle(AlertKind.NOTIFICATION_FAILED, null, target.id().toString());
    }

    private boolean failed(TargetRow target, MessageRow message, DeliveryException failure) {
        Instant now = clock.instant();
        String error = text(failure);
        boolean over = !failure.isWorthTrying() || message.attempts() + 1 >= MOST_ATTEMPTS;
        Duration asked = failure.pause();
        Instant next = now.plus(asked != null ? shorter(asked, LONGEST_ASKED) : pause(message.attempts() + 1));
        long failures = catalog.write(handle -> {
            if (over) {
                MessageTable.end(handle, message.id(), Words.of(MessageState.FAILED), now, error);
            } else {
                MessageTable.retry(handle, message.id(), next, error);
            }
            return TargetTable.failed(handle, target.id(), now, error);
        });
        LOG.warn("the target {} did not take message {}: {}", target.name(), message.id(), error);
        if (over || failures >= TELL_AFTER) {
            alerts.raiseOnce(new Finding(AlertKind.NOTIFICATION_FAILED, Severity.WARNING, null, null,
                    target.id().toString(), "The target " + target.name() + " does not take notifications: " + error,
                    "Check its settings with 'holdfast notify target test " + target.name() + "'.", null));
        }
        if (failure.isWorthTrying()) {
            Instant until = asked != null ? next : now.plus(pause(failures));
            pauses.put(target.id(), new Pause(until, target.version()));
            return false;
        }
        return true;
    }

    private void end(MessageRow message, MessageState state, @Nullable String error) {
        catalog.run(handle -> MessageTable.end(handle, message.id(), Words.of(state), clock.instant(), error));
    }

    /** Half a minute, twice as long after each failure, at most an hour. */
    private static Duration pause(long failures) {
        return shorter(FIRST_PAUSE.multipliedBy(1L << Math.clamp(failures - 1, 0, 10)), LONGEST_PAUSE);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String text(DeliveryException e) {
        return Words.plain(String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " "), LONGEST_ERROR);
    }

    private static MessageSummary summary(MessageRow row) {
        return new MessageSummary(row.id().toString(), row.target(), row.rule(),
                Words.to(MessageReason.class, row.what()), Words.to(AlertKind.class, row.kind()),
                Words.to(MessageState.class, row.state()), row.alerts(), row.created(), row.due(), row.attempts(),
                row.ended(), row.error());
    }
}

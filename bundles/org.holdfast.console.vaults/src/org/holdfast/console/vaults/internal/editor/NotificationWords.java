package org.holdfast.console.vaults.internal.editor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.MessageReason;
import org.holdfast.api.notify.MessageState;
import org.holdfast.api.notify.MessageSummary;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.notify.TargetSummary;
import org.holdfast.console.ui.AlertNames;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;

/** What is said of targets, rules and messages. */
final class NotificationWords {
    private final Formats formats;
    /** Why targets did not take the message of a test; the vault server keeps only what it sends by itself. */
    private final Map<String, String> failedTests = new HashMap<>();

    NotificationWords(Formats formats) {
        this.formats = formats;
    }

    List<Column<TargetSummary>> targets() {
        return List.of(
                Column.<TargetSummary>text("name", Messages.targets_name, 16, TargetSummary::name)
                        .with(this::icon),
                Column.text("kind", Messages.targets_kind, 11, t -> kind(t.kind())),
                Column.<TargetSummary>text("to", Messages.targets_to, 34, NotificationWords::to).growing(),
                Column.text("state", Messages.targets_state, 22, this::state),
                Column.number("waiting", Messages.targets_waiting, 10, t -> formats.count(t.waiting())),
                Column.text("last", Messages.targets_last, 24,
                        t -> t.lastSent() == null ? Messages.none : formats.time(t.lastSent())));
    }

    /** A test has ended, with an error or null. */
    void tested(String target, @Nullable String error) {
        if (error == null) {
            failedTests.remove(target);
        } else {
            failedTests.put(target, error);
        }
    }

    /** What is wrong with a target, or nothing. */
    String problem(TargetSummary target) {
        String failedTest = failedTests.get(target.name());
        return failedTest != null ? failedTest : target.lastError() == null ? "" : target.lastError();
    }

    private Icon icon(TargetSummary target) {
        if (!target.enabled()) {
            return Icon.REMOVED;
        }
        return target.failures() > 0 || failedTests.containsKey(target.name()) ? Icon.WARNINGS
                : target.lastSent() == null ? Icon.NEW : Icon.COMPLETED;
    }

    static String kind(String kind) {
        return switch (kind) {
            case "mail" -> Messages.kind_mail;
            case "web-hook" -> Messages.kind_webhook;
            default -> kind;
        };
    }

    private static String to(TargetSummary target) {
        String to = target.settings().getOrDefault("to", target.settings().get("url"));
        return to != null ? to : String.join(", ", target.settings().values());
    }

    private String state(TargetSummary target) {
        if (!target.enabled()) {
            return Messages.targets_off;
        }
        if (failedTests.containsKey(target.name())) {
            return Messages.targets_failedTest;
        }
        if (target.failures() == 0 && target.lastSent() == null) {
            return Messages.targets_new;
        }
        return target.failures() == 0 ? Messages.targets_on
                : NLS.bind(Messages.targets_failing, formats.count(target.failures()));
    }

    List<Column<NotificationRule>> rules() {
        return List.of(
                Column.<NotificationRule>text("name", Messages.rules_name, 14, NotificationRule::name)
                        .with(r -> r.enabled() ? Icon.COMPLETED : Icon.REMOVED),
                Column.text("severity", Messages.rules_severity, 17,
                        r -> r.severity() == Severity.CRITICAL ? AlertNames.severity(r.severity())
                                : NLS.bind(Messages.rules_from, AlertNames.severity(r.severity()))),
                Column.<NotificationRule>text("what", Messages.rules_what, 24, NotificationWords::what).growing(),
                Column.text("targets", Messages.rules_targets, 14, r -> String.join(", ", r.targets())),
                Column.text("when", Messages.rules_when, 38, this::when));
    }

    private static String what(NotificationRule rule) {
        String kinds = rule.kinds().isEmpty() ? Messages.rules_anyKind
                : rule.kinds().stream().sorted().map(AlertNames::kind).collect(Collectors.joining(", "));
        String vaults = rule.vaults().isEmpty() ? Messages.rules_anyVault : String.join(", ", rule.vaults());
        return NLS.bind(rule.tags().isEmpty() ? Messages.rules_whatText : Messages.rules_whatTags,
                new Object[] { kinds, vaults, String.join(", ", rule.tags()) });
    }

    private String when(NotificationRule rule) {
        if (!rule.enabled()) {
            return Messages.rules_off;
        }
        if (rule.mutedUntil() != null) {
            return NLS.bind(Messages.rules_muted, formats.time(rule.mutedUntil()));
        }
        return rule.repeat() == null ? Messages.rules_once
                : NLS.bind(rule.repeat().toMinutesPart() == 0 ? Messages.rules_againHours : Messages.rules_again,
                        rule.repeat().toMinutesPart() == 0 ? formats.count(rule.repeat().toHours())
                                : formats.duration(rule.repeat()));
    }

    List<Column<MessageSummary>> messages() {
        return List.of(
                Column.<MessageSummary>text("state", Messages.messages_state, 16, m -> state(m.state()))
                        .with(m -> icon(m.state())),
                Column.text("created", Messages.messages_created, 24, m -> formats.time(m.created())),
                Column.text("target", Messages.messages_target, 18, MessageSummary::target),
                Column.text("rule", Messages.messages_rule, 18, MessageSummary::rule),
                Column.text("reason", Messages.messages_reason, 14, m -> reason(m.reason())),
                Column.text("kind", Messages.messages_kind, 20, m -> m.reason() == MessageReason.TEST ? ""
                        : AlertNames.kind(m.kind())),
                Column.number("attempts", Messages.messages_attempts, 10, m -> formats.count(m.attempts())),
                Column.<MessageSummary>text("next", Messages.messages_next, 30, this::next).growing());
    }

    private String next(MessageSummary message) {
        String error = message.error() == null ? "" : message.error();
        if (message.state() != MessageState.WAITING) {
            return error;
        }
        String due = NLS.bind(Messages.messages_due, formats.time(message.due()));
        return error.isEmpty() ? due : due + ": " + error;
    }

    private static String state(MessageState state) {
        return switch (state) {
            case WAITING -> Messages.message_waiting;
            case SENT -> Messages.message_sent;
            case DROPPED -> Messages.message_dropped;
            case FAILED -> Messages.message_failed;
        };
    }

    private static Icon icon(MessageState state) {
        return switch (state) {
            case WAITING -> Icon.INTERRUPTED;
            case SENT -> Icon.COMPLETED;
            case DROPPED -> Icon.REMOVED;
            case FAILED -> Icon.ERROR;
        };
    }

    private static String reason(MessageReason reason) {
        return switch (reason) {
            case RAISED -> Messages.reason_raised;
            case REMINDER -> Messages.reason_reminder;
            case SETTLED -> Messages.reason_settled;
            case TEST -> Messages.reason_test;
        };
    }
}

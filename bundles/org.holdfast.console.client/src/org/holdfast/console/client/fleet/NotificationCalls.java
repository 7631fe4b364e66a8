package org.holdfast.console.client.fleet;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.notify.MessageSummary;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.notify.TargetKind;
import org.holdfast.api.notify.TargetSummary;
import org.holdfast.protocol.fleet.SaveTarget;
import org.holdfast.protocol.fleet.TargetTested;

/** Who is told of alerts. Calls are made in the background and fail with a {@code HoldfastException}. */
public final class NotificationCalls {
    private static final String NOTIFICATIONS = "notifications";
    private static final String TARGETS = "targets";
    private static final String RULES = "rules";

    private final Caller caller;

    NotificationCalls(Caller caller) {
        this.caller = caller;
    }

    /** Kinds of targets that the vault server knows. */
    public CompletableFuture<List<TargetKind>> kinds() {
        return caller.all(ListQuery.all(), TargetKind.class, NOTIFICATIONS, "kinds");
    }

    /** Where notifications are sent to. */
    public CompletableFuture<List<TargetSummary>> targets() {
        return caller.all(ListQuery.all().sortedBy("name"), TargetSummary.class, NOTIFICATIONS, TARGETS);
    }

    /** A target, to be edited. */
    public CompletableFuture<Versioned<TargetSummary>> target(String name) {
        return caller.read(TargetSummary.class, NOTIFICATIONS, TARGETS, name);
    }

    /** Adds a target. */
    public CompletableFuture<TargetSummary> addTarget(SaveTarget wanted) {
        return caller.post(wanted, TargetSummary.class, NOTIFICATIONS, TARGETS);
    }

    /** Changes a target; secrets that are not given stay. */
    public CompletableFuture<Versioned<TargetSummary>> changeTarget(SaveTarget wanted, String etag) {
        return caller.put(wanted, etag, TargetSummary.class, NOTIFICATIONS, TARGETS, wanted.name());
    }

    /** Takes a target away that no rule names. */
    public CompletableFuture<@Nullable Void> removeTarget(String name, String etag) {
        return caller.delete(etag, NOTIFICATIONS, TARGETS, name);
    }

    /** Sends a message for a test; may take as long as the target does. */
    public CompletableFuture<TargetTested> test(String name) {
        return caller.press(TargetTested.class, NOTIFICATIONS, TARGETS, name, "test");
    }

    /** Which targets are told of which alerts. */
    public CompletableFuture<List<NotificationRule>> rules() {
        return caller.all(ListQuery.all().sortedBy("name"), NotificationRule.class, NOTIFICATIONS, RULES);
    }

    /** A rule, to be edited. */
    public CompletableFuture<Versioned<NotificationRule>> rule(String name) {
        return caller.read(NotificationRule.class, NOTIFICATIONS, RULES, name);
    }

    /** Adds a rule. */
    public CompletableFuture<NotificationRule> addRule(NotificationRule wanted) {
        return caller.post(wanted, NotificationRule.class, NOTIFICATIONS, RULES);
    }

    /** Changes a rule. */
    public CompletableFuture<Versioned<NotificationRule>> changeRule(NotificationRule wanted, String etag) {
        return caller.put(wanted, etag, NotificationRule.class, NOTIFICATIONS, RULES, wanted.name());
    }

    /** Takes a rule away, with the messages that wait because of it. */
    public CompletableFuture<@Nullable Void> removeRule(String name, String etag) {
        return caller.delete(etag, NOTIFICATIONS, RULES, name);
    }

    /** The latest messages: those that wait, and those of the last 30 days. */
    public CompletableFuture<List<MessageSummary>> messages(int most) {
        return caller.page(ListQuery.all().sortedBy("-created").limitedTo(most), MessageSummary.class, NOTIFICATIONS,
                "messages").thenApply(page -> page.items());
    }
}

package org.holdfast.vault.catalog.notify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;

/** Statements over the queue of messages. */
public final class MessageTable {
    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("""
            m.*, t.name as target_name, r.name as rule_name,
            (select count(*) from notify_items i where i.message_id = m.id) as alerts""",
            "notify_messages m join notify_targets t on t.id = m.target_id join notify_rules r on r.id = m.rule_id")
            .column("id", "m.id", Type.ID).column("target", "t.name", Type.TEXT).column("rule", "r.name", Type.TEXT)
            .column("reason", "m.what", Type.TEXT).column("kind", "m.kind", Type.TEXT)
            .column("state", "m.state", Type.TEXT).column("created", "m.created", Type.TIME)
            .column("due", "m.due", Type.TIME).column("attempts", "m.attempts", Type.NUMBER)
            .nullable("ended", "m.ended", Type.TIME).key("id").order("-created").build();

    private MessageTable() {
    }

    /** A message of a group that more alerts may join, taken for this transaction. */
    public static Optional<UUID> joinable(Handle handle, MessageRow like, Instant now) {
        return handle.createQuery("""
                select id from notify_messages where target_id = :targetId and rule_id = :ruleId and what = :what
                    and kind = :kind and state = 'waiting' and attempts = 0 and due > :now
                order by created limit 1 for update""").bindMethods(like).bind("now", now).mapTo(UUID.class)
                .findFirst();
    }

    /** Adds a message. */
    public static void insert(Handle handle, MessageRow row) {
        handle.createUpdate("""
                insert into notify_messages (id, target_id, rule_id, what, kind, state, created, due, attempts)
                values (:id, :targetId, :ruleId, :what, :kind, :state, :created, :due, :attempts)""").bindMethods(row)
                .execute();
    }

    /** Adds an alert to a message, unless it is in there. */
    public static void addItem(Handle handle, UUID message, UUID alert) {
        handle.createUpdate("""
                insert into notify_items (message_id, alert_id) values (:message, :alert) on conflict do nothing""")
                .bind("message", message).bind("alert", alert).execute();
    }

    /** Whether a message about an alert waits for its first attempt, so that it will tell how the alert stands then. */
    public static boolean willTell(Handle handle, UUID rule, UUID alert) {
        return handle.createQuery("""
                select count(*) from notify_messages m join notify_items i on i.message_id = m.id
                where i.alert_id = :alert and m.rule_id = :rule and m.state = 'waiting' and m.attempts = 0
                    and m.what <> 'settled'""").bind("rule", rule).bind("alert", alert).mapTo(Long.class).one() > 0;
    }

    /** Alerts of a message. */
    public static List<UUID> items(Handle handle, UUID message) {
        return handle.createQuery("select alert_id from notify_items where message_id = :id").bind("id", message)
                .mapTo(UUID.class).list();
    }

    /** Targets for which something is due. */
    public static List<UUID> dueTargets(Handle handle, Instant now) {
        return handle.createQuery("""
                select distinct m.target_id from notify_messages m join notify_targets t on t.id = m.target_id
                where m.state = 'waiting' and m.due <= :now and t.enabled = true""").bind("now", now)
                .mapTo(UUID.class).list();
    }

    /** The oldest message that is due for a target. */
    public static Optional<MessageRow> due(Handle handle, UUID target, Instant now) {
        return handle.createQuery("select " + LISTING.select() + " from " + LISTING.from() + """
                 where m.target_id = :target and m.state = 'waiting' and m.due <= :now
                order by m.created, m.id limit 1""").bind("target", target).bind("now", now)
                .map((row, context) -> map(row)).findFirst();
    }

    /** Lets a message wait until its time, without an attempt. */
    public static void postpone(Handle handle, UUID id, Instant until) {
        handle.createUpdate("update notify_messages set due = :until where id = :id and state = 'waiting'")
                .bind("id", id).bind("until", until).execute();
    }

    /**
     * Begins an attempt; nobody else begins one until a time.
     *
     * @return false when somebody else has begun one
     */
    public static boolean begin(Handle handle, MessageRow row, Instant until) {
        return handle.createUpdate("""
                update notify_messages set attempts = attempts + 1, due = :until
                where id = :id and state = 'waiting' and attempts = :attempts""").bind("id", row.id())
                .bind("attempts", row.attempts()).bind("until", until).execute() == 1;
    }

    /** An attempt failed and there will be another one. */
    public static void retry(Handle handle, UUID id, Instant due, String error) {
        handle.createUpdate("update notify_messages set due = :due, error = :error where id = :id")
                .bind("id", id).bind("due", due).bind("error", error).execute();
    }

    /** Lets what a target did not take be tried again now. */
    public static void hurry(Handle handle, UUID target, Instant now) {
        handle.createUpdate("""
                update notify_messages set due = :now
                where target_id = :target and state = 'waiting' and attempts > 0 and due > :now and error is not null
                """).bind("target", target).bind("now", now).execute();
    }

    /** Ends a message. */
    public static void end(Handle handle, UUID id, String state, Instant at, @Nullable String error) {
        handle.createUpdate("""
                update notify_messages set state = :state, ended = :at, error = :error where id = :id""")
                .bind("id", id).bind("state", state).bind("at", at).bindByType("error", error, String.class).execute();
    }

    /** Forgets messages that ended before a time. */
    public static int deleteEnded(Handle handle, Instant before) {
        return handle.createUpdate("delete from notify_messages where state <> 'waiting' and created < :before")
                .bind("before", before).execute();
    }

    /** A page of messages. */
    public static Page<MessageRow> list(Handle handle, ListRequest request) {
        return LISTING.page(handle, "", Map.of(), request, (row, context) -> map(row));
    }

    private static MessageRow map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new MessageRow(c.id("id"), c.id("target_id"), c.id("rule_id"), c.text("what"), c.text("kind"),
                c.text("state"), c.time("created"), c.time("due"), c.number("attempts"), c.timeOrNull("ended"),
                c.textOrNull("error"), c.text("target_name"), c.text("rule_name"), c.number("alerts"));
    }
}

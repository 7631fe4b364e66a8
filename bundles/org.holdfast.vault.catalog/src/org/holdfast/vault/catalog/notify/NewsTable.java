package org.holdfast.vault.catalog.notify;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements over what happened to alerts, and over which rule has told of which alert. */
public final class NewsTable {
    private NewsTable() {
    }

    /** Something happened to an alert; to be called in the transaction in which it does. */
    public static void add(Handle handle, UUID alert, String what, String cause, Instant at) {
        handle.createUpdate("insert into notify_news (alert_id, what, cause, at) values (:alert, :what, :cause, :at)")
                .bind("alert", alert).bind("what", what).bind("cause", cause).bind("at", at).execute();
    }

    /** Notes several; their order is the list's, their ids are not looked at. */
    public static void addAll(Handle handle, List<NewsRow> news) {
        if (news.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(
                "insert into notify_news (alert_id, what, cause, at) values (:alertId, :what, :cause, :at)")) {
            news.forEach(each -> batch.bindMethods(each).add());
            batch.execute();
        }
    }

    /** The oldest news. */
    public static List<NewsRow> oldest(Handle handle, int most) {
        return handle.createQuery("select * from notify_news order by id limit :most").bind("most", most)
                .map((row, context) -> {
                    var c = new Columns(row);
                    return new NewsRow(c.number("id"), c.id("alert_id"), c.text("what"), c.text("cause"),
                            c.time("at"));
                }).list();
    }

    /** Takes news away; false when somebody else has done so. */
    public static boolean take(Handle handle, long id) {
        return handle.createUpdate("delete from notify_news where id = :id").bind("id", id).execute() == 1;
    }

    /** Notes that a rule tells of an alert. */
    public static void told(Handle handle, UUID rule, UUID alert, Instant at) {
        int known = handle.createUpdate("update notify_told set told = :at where rule_id = :rule and alert_id = :alert")
                .bind("rule", rule).bind("alert", alert).bind("at", at).execute();
        if (known == 0) {
            handle.createUpdate("""
                    insert into notify_told (rule_id, alert_id, told) values (:rule, :alert, :at)
                    on conflict do nothing""").bind("rule", rule).bind("alert", alert).bind("at", at).execute();
        }
    }

    /** Whether a rule has told of an alert. */
    public static boolean wasTold(Handle handle, UUID rule, UUID alert) {
        return handle.createQuery("select count(*) from notify_told where rule_id = :rule and alert_id = :alert")
                .bind("rule", rule).bind("alert", alert).mapTo(Long.class).one() > 0;
    }

    /** Nobody needs to know any more who was told of an alert. */
    public static void forget(Handle handle, UUID alert) {
        handle.createUpdate("delete from notify_told where alert_id = :alert").bind("alert", alert).execute();
    }

    /** Alerts nobody takes care of that a rule has told of, but not since a time. */
    public static List<NewsRow> toRepeat(Handle handle, UUID rule, Instant before, int most) {
        return handle.createQuery("""
                select 0 as id, a.id as alert_id, 'raised' as what, a.open_key as cause, t.told as at
                from notify_told t join alerts a on a.id = t.alert_id
                where t.rule_id = :rule and t.told <= :before and a.state = 'open' order by t.told limit :most""")
                .bind("rule", rule).bind("before", before).bind("most", most).map((row, context) -> {
                    var c = new Columns(row);
                    return new NewsRow(0, c.id("alert_id"), c.text("what"), c.text("cause"), c.time("at"));
                }).list();
    }
}

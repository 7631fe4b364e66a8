package org.holdfast.vault.catalog.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Statements on the table of sessions. */
public final class Sessions {
    private Sessions() {
    }

    private static SessionRow row(ResultSet r, StatementContext c) throws SQLException {
        return new SessionRow(r.getObject("id", UUID.class), r.getObject("server_id", UUID.class), r.getLong("fence"),
                r.getString("boot_id"), r.getString("job"), r.getString("purpose"), Times.get(r, "opened"),
                Times.get(r, "renewed"), Times.find(r, "ended"), r.getString("ending"), r.getString("point"));
    }

    /** A session by its id. */
    public static Optional<SessionRow> find(Handle handle, UUID id) {
        return handle.createQuery("select * from data_sessions where id = :id").bind("id", id).map(Sessions::row)
                .findOne();
    }

    /** Sessions of a server that have not ended. */
    public static List<SessionRow> running(Handle handle, UUID server) {
        return handle.createQuery("select * from data_sessions where server_id = :id and ended is null order by fence")
                .bind("id", server).map(Sessions::row).list();
    }

    /** Adds a session. */
    public static void insert(Handle handle, SessionRow row) {
        handle.createUpdate("insert into data_sessions (id, server_id, fence, boot_id, job, purpose, opened, renewed)"
                + " values (:id, :server, :fence, :boot, :job, :purpose, :opened, :renewed)").bind("id", row.id())
                .bind("server", row.server()).bind("fence", row.fence()).bind("boot", row.bootId())
                .bind("job", row.job()).bind("purpose", row.purpose()).bind("opened", row.opened())
                .bind("renewed", row.renewed()).execute();
    }

    /** Ends all sessions that other runs of the agent have left behind; returns how many. */
    public static int fenceOff(Handle handle, UUID server, String bootId, Instant now) {
        return handle.createUpdate("update data_sessions set ended = :now, ending = 'fenced'"
                + " where server_id = :server and boot_id <> :boot and ended is null").bind("now", now)
                .bind("server", server).bind("boot", bootId).execute();
    }

    /** Takes down that the agent was heard; false when the session has ended. */
    public static boolean renew(Handle handle, UUID id, Instant now) {
        return handle.createUpdate("update data_sessions set renewed = :now where id = :id and ended is null")
                .bind("now", now).bind("id", id).execute() == 1;
    }

    /** Ends a session; false when it had ended. */
    public static boolean end(Handle handle, UUID id, String ending, Instant now) {
        return handle.createUpdate("update data_sessions set ended = :now, ending = :ending"
                + " where id = :id and ended is null").bind("now", now).bind("ending", ending).bind("id", id)
                .execute() == 1;
    }

    /** Ends sessions nobody has been heard in for long; returns how many. */
    public static int expire(Handle handle, Instant notSince, Instant now) {
        return handle.createUpdate("update data_sessions set ended = :now, ending = 'expired'"
                + " where ended is null and renewed < :since").bind("now", now).bind("since", notSince).execute();
    }

    /** Takes down the point that was committed in a session. */
    public static void setPoint(Handle handle, UUID id, @Nullable String point) {
        handle.createUpdate("update data_sessions set point = :point where id = :id").bind("point", point)
                .bind("id", id).execute();
    }

    /** Removes what has ended long ago; returns how many. */
    public static int forget(Handle handle, Instant endedBefore) {
        return handle.createUpdate("delete from data_sessions where ended < :before").bind("before", endedBefore)
                .execute();
    }

    /** Times of rows. */
    static final class Times {
        private Times() {
        }

        static Instant get(ResultSet r, String column) throws SQLException {
            return r.getObject(column, OffsetDateTime.class).toInstant();
        }

        static @Nullable Instant find(ResultSet r, String column) throws SQLException {
            OffsetDateTime time = r.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
    }
}

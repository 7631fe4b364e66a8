package org.holdfast.vault.catalog.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;

/** Statements on the table of requests for approval. */
public final class ApprovalTable {
    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("a.*", "approvals a").column("id", "a.id", Type.ID)
            .column("action", "a.action", Type.TEXT).column("target", "a.target", Type.TEXT)
            .column("vault", "a.vault", Type.TEXT).column("state", "a.state", Type.TEXT)
            .column("requestedBy", "a.requested_by", Type.TEXT).column("requested", "a.requested", Type.TIME)
            .column("expires", "a.expires", Type.TIME).key("id").order("-requested").build();

    private ApprovalTable() {
    }

    private static ApprovalRow map(ResultSet row) throws SQLException {
        return new ApprovalRow(row.getObject("id", UUID.class), row.getString("action"), row.getString("target"),
                row.getString("vault"), row.getString("what"), row.getString("fingerprint"), row.getString("state"),
                row.getString("requested_by"), Columns.time(row, "requested"), Columns.time(row, "expires"),
                row.getString("decided_by"), Columns.timeOrNull(row, "decided"), row.getString("remark"));
    }

    /** Adds a request. */
    public static void insert(Handle handle, ApprovalRow row) {
        handle.createUpdate("""
                insert into approvals (id, action, target, vault, what, fingerprint, state, requested_by, requested,
                    expires, remark)
                values (:id, :action, :target, :vault, :what, :fingerprint, :state, :requestedBy, :requested, :expires,
                    :remark)""").bindMethods(row).execute();
    }

    /** A request. */
    public static Optional<ApprovalRow> find(Handle handle, UUID id) {
        return handle.createQuery("select * from approvals where id = :id").bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    /** A request in a state that has not expired. */
    public static Optional<ApprovalRow> find(Handle handle, String fingerprint, String state, Instant now) {
        return handle.createQuery("select * from approvals where fingerprint = :print and state = :state"
                + " and expires > :now order by requested").bind("print", fingerprint).bind("state", state)
                .bind("now", now).map((row, context) -> map(row)).findFirst();
    }

    /** A page of requests. */
    public static Page<ApprovalRow> list(Handle handle, ListRequest request) {
        return LISTING.page(handle, "", Map.of(), request, (row, context) -> map(row));
    }

    /** Decides about a request that waits; false when it does no longer. */
    public static boolean decide(Handle handle, UUID id, String state, String by, Instant at, String remark,
            Instant expires) {
        return handle.createUpdate("update approvals set state = :state, decided_by = :by, decided = :at,"
                + " remark = :remark, expires = :expires where id = :id and state = 'pending' and expires > :at")
                .bind("state", state).bind("by", by).bind("at", at).bind("remark", remark).bind("expires", expires)
                .bind("id", id).execute() == 1;
    }

    /** Changes a state; false when it was another one. */
    public static boolean change(Handle handle, UUID id, String from, String to) {
        return handle.createUpdate("update approvals set state = :to where id = :id and state = :from")
                .bind("to", to).bind("id", id).bind("from", from).execute() == 1;
    }

    /** Requests that nobody can use any more, and that are not said to be over. */
    public static List<UUID> over(Handle handle, Instant now) {
        return handle.createQuery("select id from approvals where state in ('pending', 'approved')"
                + " and expires <= :now").bind("now", now).mapTo(UUID.class).list();
    }

    /** Whether there is somebody who can approve. */
    public static boolean hasOfficer(Handle handle, String role) {
        return handle.createQuery("select count(*) from users where not disabled and roles like :role")
                .bind("role", "%" + role + "%").mapTo(Long.class).one() > 0;
    }
}

package org.holdfast.vault.catalog.nodes;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import org.jdbi.v3.core.Handle;

/** Statements on sealed questions that go from one node to another. */
public final class AskTable {
    private AskTable() {
    }

    /**
     * A question.
     *
     * @param server whom it is for
     * @param sealed the question
     * @param expires after which nobody waits any more
     */
    public record AskRow(UUID server, byte[] sealed, Instant expires) {
    }

    /** Adds a question; those that are over go. */
    public static void insert(Handle handle, UUID id, AskRow row, Instant now) {
        handle.createUpdate("delete from node_asks where expires < :now").bind("now", now).execute();
        handle.createUpdate("insert into node_asks (id, server_id, sealed, expires) values (:id, :server, :sealed,"
                + " :expires)").bind("id", id).bind("server", row.server())
                .bind("sealed", Base64.getEncoder().encodeToString(row.sealed())).bind("expires", row.expires())
                .execute();
    }

    /** A question that waits for its answer. */
    public static Optional<AskRow> open(Handle handle, UUID id) {
        return handle.createQuery("select * from node_asks where id = :id and answer is null").bind("id", id)
                .map((row, context) -> new AskRow(row.getObject("server_id", UUID.class),
                        Base64.getDecoder().decode(row.getString("sealed")),
                        row.getObject("expires", OffsetDateTime.class).toInstant()))
                .findOne();
    }

    /** Keeps an answer; false when nobody waits for it. */
    public static boolean answer(Handle handle, UUID id, UUID server, byte[] answer) {
        return handle.createUpdate("update node_asks set answer = :answer where id = :id and server_id = :server"
                + " and answer is null").bind("id", id).bind("server", server)
                .bind("answer", Base64.getEncoder().encodeToString(answer)).execute() == 1;
    }

    /** The answer, if it is there. */
    public static Optional<byte[]> answer(Handle handle, UUID id) {
        return handle.createQuery("select answer from node_asks where id = :id and answer is not null").bind("id", id)
                .mapTo(String.class).findOne().map(text -> Base64.getDecoder().decode(text));
    }

    /** Forgets a question. */
    public static void delete(Handle handle, UUID id) {
        handle.createUpdate("delete from node_asks where id = :id").bind("id", id).execute();
    }
}

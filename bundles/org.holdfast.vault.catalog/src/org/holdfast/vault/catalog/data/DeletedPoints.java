package org.holdfast.vault.catalog.data;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.data.Sessions.Times;
import org.jdbi.v3.core.Handle;

/** Statements on recovery points that were deleted and can be brought back for a while. */
public final class DeletedPoints {
    /** Who is said to have deleted a point whose time was over. */
    public static final String RETENTION = "retention";
    private static final String OF = " where server_id = :server and name = :name and removing is null";

    private DeletedPoints() {
    }

    /**
     * A deleted point.
     *
     * @param name of its manifest
     * @param at when it was deleted
     * @param by who did it, {@value #RETENTION} when its time was over
     * @param purgeAfter from when on it goes for good
     */
    public record Deletion(String name, Instant at, String by, Instant purgeAfter) {
    }

    /** Deletes a point; false when it is deleted already, gone, or somebody wants it kept. */
    public static boolean delete(Handle handle, UUID server, String name, Instant now, String by,
            Instant purgeAfter) {
        return handle.createUpdate("update data_points set deleted = :now, deleted_by = :by, purge_after = :purge" + OF
                + " and deleted is null and (pinned is null or pinned_until <= :now)").bind("now", now).bind("by", by)
                .bind("purge", purgeAfter)
                .bind("server", server).bind("name", name).execute() == 1;
    }

    /**
     * Brings a point back.
     *
     * @param keep retention leaves it alone until then, at least
     * @return false when it is not deleted, or going already
     */
    public static boolean undelete(Handle handle, UUID server, String name, Instant keep) {
        return handle.createUpdate("update data_points set deleted = null, deleted_by = null, purge_after = null,"
                + " keep_until = greatest(coalesce(keep_until, :keep), :keep)" + OF + " and deleted is not null")
                .bind("keep", keep).bind("server", server).bind("name", name).execute() == 1;
    }

    /** Lets retention leave a point alone until then, at least. */
    public static void keep(Handle handle, UUID server, String name, Instant keep) {
        handle.createUpdate("update data_points set keep_until = greatest(coalesce(keep_until, :keep), :keep)" + OF)
                .bind("keep", keep).bind("server", server).bind("name", name).execute();
    }

    /** Deleted points of a server that can be brought back, oldest deletion first. */
    public static List<Deletion> of(Handle handle, UUID server) {
        return handle.createQuery("select name, deleted, deleted_by, purge_after from data_points"
                + " where server_id = :server and deleted is not null and removing is null order by deleted, name")
                .bind("server", server).map((r, c) -> new Deletion(r.getString("name"), Times.get(r, "deleted"),
                        r.getString("deleted_by"), Times.get(r, "purge_after")))
                .list();
    }

    /** Servers with a point that goes for good now, or whose data was deleted and is gone. */
    public static List<UUID> due(Handle handle, Instant now) {
        return handle.createQuery("select server_id from data_servers d where exists (select 1 from data_points p"
                + " where p.server_id = d.server_id and p.purge_after <= :now)"
                + " or d.delete_asked is not null and not exists (select 1 from data_points p"
                + " where p.server_id = d.server_id) order by server_id").bind("now", now).mapTo(UUID.class).list();
    }

    /** Says that the data of a server is to go, or with null that it is not. */
    public static void ask(Handle handle, UUID server, @Nullable Instant at,
            @Nullable String by) {
        handle.createUpdate("update data_servers set delete_asked = :at, delete_asked_by = :by"
                + " where server_id = :server").bind("at", at).bind("by", by).bind("server", server).execute();
    }

    /** Whether the data of a server is to go. */
    public static boolean isAsked(Handle handle, UUID server) {
        return handle.createQuery("select count(*) from data_servers where server_id = :server"
                + " and delete_asked is not null").bind("server", server).mapTo(Long.class).one() > 0;
    }
}

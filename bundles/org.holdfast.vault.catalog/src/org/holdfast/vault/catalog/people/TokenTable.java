package org.holdfast.vault.catalog.people;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.jdbi.v3.core.Handle;

/** Statements over the tokens of people who are signed in. */
public final class TokenTable {

    private TokenTable() {
    }

    /**
     * A token with its account.
     *
     * @param user the account
     * @param expires until when the token counts
     */
    public record Known(UserRow user, Instant expires) {
    }

    /** Adds a token. */
    public static void insert(Handle handle, String hash, UUID user, Instant created, Instant expires, String origin) {
        handle.createUpdate("""
                insert into user_tokens (token_hash, user_id, created, expires, origin)
                values (:hash, :user, :created, :expires, :origin)""").bind("hash", hash).bind("user", user)
                .bind("created", created).bind("expires", expires).bind("origin", origin).execute();
    }

    /** The account of a token, expired ones too. */
    public static Optional<Known> find(Handle handle, String hash) {
        return handle.createQuery("""
                select u.*, t.expires as token_expires from user_tokens t join users u on u.id = t.user_id
                where t.token_hash = :hash""").bind("hash", hash)
                .map((row, context) -> new Known(UserTable.map(row), Columns.time(row, "token_expires"))).findOne();
    }

    /** When a token was made. */
    public static Optional<Instant> created(Handle handle, String hash) {
        return handle.createQuery("select created from user_tokens where token_hash = :hash").bind("hash", hash)
                .map((row, context) -> Columns.time(row, "created")).findOne();
    }

    /** Removes a token. */
    public static boolean delete(Handle handle, String hash) {
        return handle.createUpdate("delete from user_tokens where token_hash = :hash").bind("hash", hash)
                .execute() == 1;
    }

    /** Removes all tokens of an account. */
    public static int deleteOf(Handle handle, UUID user) {
        return handle.createUpdate("delete from user_tokens where user_id = :user").bind("user", user).execute();
    }

    /** Removes tokens that have expired. */
    public static int deleteExpired(Handle handle, Instant now) {
        return handle.createUpdate("delete from user_tokens where expires <= :now").bind("now", now).execute();
    }
}

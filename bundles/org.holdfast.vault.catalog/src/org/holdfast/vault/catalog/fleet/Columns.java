package org.holdfast.vault.catalog.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/** Reads columns of a row by name, in the types that rows have. */
record Columns(ResultSet row) {
    UUID id(String name) throws SQLException {
        return row.getObject(name, UUID.class);
    }

    @Nullable
    UUID idOrNull(String name) throws SQLException {
        return row.getObject(name, UUID.class);
    }

    String text(String name) throws SQLException {
        return row.getString(name);
    }

    @Nullable
    String textOrNull(String name) throws SQLException {
        return row.getString(name);
    }

    long number(String name) throws SQLException {
        return row.getLong(name);
    }

    @Nullable
    Long numberOrNull(String name) throws SQLException {
        long number = row.getLong(name);
        return row.wasNull() ? null : Long.valueOf(number);
    }

    boolean flag(String name) throws SQLException {
        return row.getBoolean(name);
    }

    Instant time(String name) throws SQLException {
        return row.getObject(name, OffsetDateTime.class).toInstant();
    }

    @Nullable
    Instant timeOrNull(String name) throws SQLException {
        OffsetDateTime time = row.getObject(name, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

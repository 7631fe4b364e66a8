package org.holdfast.vault.catalog.internal;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Instants as {@code timestamp with time zone} without a detour through the zone of this process, in which some local
 * times exist twice.
 */
public final class Instants {

    private Instants() {
    }

    /** Teaches it to a Jdbi, for parameters and results. */
    public static void register(Jdbi jdbi) {
        jdbi.registerArgument(new InstantArguments());
        jdbi.registerColumnMapper(Instant.class, (row, column, context) -> {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        });
    }

    private static final class InstantArguments extends AbstractArgumentFactory<Instant> {

        InstantArguments() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            OffsetDateTime time = value.atOffset(ZoneOffset.UTC);
            return (position, statement, context) -> statement.setObject(position, time);
        }
    }
}

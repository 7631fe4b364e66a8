package org.holdfast.vault.catalog.internal;

import java.sql.Types;
import java.util.UUID;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** UUIDs as parameters, with a null that PostgreSQL does not take for text. */
public final class Uuids {

    private Uuids() {
    }

    /** Teaches it to a Jdbi. */
    public static void register(Jdbi jdbi) {
        jdbi.registerArgument(new UuidArguments());
    }

    private static final class UuidArguments extends AbstractArgumentFactory<UUID> {

        UuidArguments() {
            super(Types.OTHER);
        }

        @Override
        protected Argument build(UUID value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setObject(position, value);
        }
    }
}

package org.holdfast.vault.catalog;

import java.nio.file.Path;

/**
 * Where the catalogue is.
 *
 * @param jdbcUrl {@code jdbc:h2:...} for the embedded database or {@code jdbc:postgresql://...}
 * @param user account at the database
 * @param password its password, may be empty
 */
public record CatalogSettings(String jdbcUrl, String user, String password) {

    private static final String H2_OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";WRITE_DELAY=500;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE;NON_KEYWORDS=VALUE,KEY";

    /** @throws IllegalArgumentException for any other kind of database */
    public CatalogSettings {
        if (!jdbcUrl.startsWith("jdbc:h2:") && !jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the catalogue is kept in H2 or PostgreSQL, not in " + jdbcUrl);
        }
    }

    /** The embedded database in a folder of its own, which is made when it is not there. */
    public static CatalogSettings embedded(Path folder) {
        return new CatalogSettings("jdbc:h2:file:" + folder.toAbsolutePath().resolve("catalog") + H2_OPTIONS,
                "holdfast",
                "");
    }

    /** An embedded database that is gone when it is closed; for tests and rehearsals. */
    public static CatalogSettings inMemory(String name) {
        return new CatalogSettings("jdbc:h2:mem:" + name + H2_OPTIONS + ";DB_CLOSE_DELAY=-1", "holdfast", "");
    }

    /** Whether it is the embedded database. */
    public boolean isEmbedded() {
        return jdbcUrl.startsWith("jdbc:h2:");
    }

    /** Hides the password, also when somebody wrote it into the URL. */
    @Override
    public String toString() {
        int options = jdbcUrl.indexOf(isEmbedded() ? ';' : '?');
        return "CatalogSettings[" + (options < 0 ? jdbcUrl : jdbcUrl.substring(0, options)) + ", " + user + "]";
    }
}

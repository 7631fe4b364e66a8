package org.holdfast.vault;

import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.CatalogSettings;

/** Catalogues for tests of this bundle, on either database; use with {@code @EveryDatabase}. */
public final class TestCatalogs {

    private TestCatalogs() {
    }

    /** An empty catalogue, closed when the test has ended. */
    public static Catalog open(TestDatabase database) {
        database.create("catalog", empty -> new Catalog(settings(empty)).close());
        return database.closeLater(new Catalog(settings(database)));
    }

    /** Where the catalogue of a test is. */
    public static CatalogSettings settings(TestDatabase database) {
        return database.isEmbedded() ? CatalogSettings.inMemory(database.name())
                : new CatalogSettings(database.jdbcUrl(), database.user(), "");
    }
}

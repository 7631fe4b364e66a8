package org.holdfast.vault.catalog;

import org.holdfast.sql.testkit.TestDatabase;

/** Catalogues for tests of this bundle. */
public final class TestCatalogs {

    private TestCatalogs() {
    }

    /** An empty catalogue of a test. */
    public static Catalog open(TestDatabase database) {
        database.create("catalog", empty -> new Catalog(settings(empty)).close());
        return database.closeLater(new Catalog(settings(database)));
    }

    /** Where that is. */
    public static CatalogSettings settings(TestDatabase database) {
        return database.isEmbedded() ? CatalogSettings.inMemory(database.name())
                : new CatalogSettings(database.jdbcUrl(), database.user(), "");
    }
}

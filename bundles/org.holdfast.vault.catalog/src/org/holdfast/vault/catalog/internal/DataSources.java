package org.holdfast.vault.catalog.internal;

import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.vault.catalog.CatalogSettings;
import org.postgresql.ds.PGSimpleDataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Connections to either database; drivers are named, since no framework lets DriverManager find them. */
public final class DataSources {

    private static final int CONNECTIONS = 10;
    private static final int H2_IN_USE = 90020;

    private DataSources() {
    }

    /** A pool of connections; nothing is left open when it fails. */
    public static HikariDataSource open(CatalogSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("catalog");
        config.setDataSource(driver(settings));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(20));
        config.setInitializationFailTimeout(TimeUnit.SECONDS.toMillis(1));
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw explain(settings, e);
        }
    }

    private static DataSource driver(CatalogSettings settings) {
        if (settings.isEmbedded()) {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL(settings.jdbcUrl());
            h2.setUser(settings.user());
            h2.setPassword(settings.password());
            return h2;
        }
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setURL(settings.jdbcUrl());
        postgres.setUser(settings.user());
        postgres.setPassword(settings.password());
        postgres.setApplicationName("holdfast");
        postgres.setTcpKeepAlive(true);
        return postgres;
    }

    private static HoldfastException explain(CatalogSettings settings, RuntimeException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof java.sql.SQLException sql && sql.getErrorCode() == H2_IN_USE) {
                return new HoldfastException(Problem.STORE_UNAVAILABLE, "the catalogue is in use by another process",
                        "Stop the vault server that uses the same data folder, or choose another folder.", failure);
            }
        }
        return new HoldfastException(Problem.STORE_UNAVAILABLE, "cannot open the catalogue: " + settings,
                "Check address, account and password of the database, or the rights of the data folder.", failure);
    }
}

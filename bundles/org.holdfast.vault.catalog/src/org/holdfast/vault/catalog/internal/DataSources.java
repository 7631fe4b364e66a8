package org.holdfast.vault.catalog.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
    private static final int SECONDS = 10;

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
        return postgres(settings, "holdfast");
    }

    private static PGSimpleDataSource postgres(CatalogSettings settings, String program) {
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setURL(settings.jdbcUrl());
        postgres.setUser(settings.user());
        postgres.setPassword(settings.password());
        postgres.setApplicationName(program);
        postgres.setTcpKeepAlive(true);
        return postgres;
    }

    /** A connection of its own that notices within seconds when the other end is gone, as the other end does. */
    public static Connection dedicated(CatalogSettings settings, String purpose) throws SQLException {
        PGSimpleDataSource postgres = postgres(settings, "holdfast " + purpose);
        postgres.setConnectTimeout(SECONDS);
        postgres.setSocketTimeout(SECONDS);
        Connection connection = postgres.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set tcp_keepalives_idle = 10");
            statement.execute("set tcp_keepalives_interval = 5");
            statement.execute("set tcp_keepalives_count = 3");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static HoldfastException explain(CatalogSettings settings, RuntimeException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getErrorCode() == H2_IN_USE) {
                return new HoldfastException(Problem.STORE_UNAVAILABLE, "the catalogue is in use by another process",
                        "Stop the vault server that uses the same data folder, or choose another folder.", failure);
            }
        }
        return new HoldfastException(Problem.STORE_UNAVAILABLE, "cannot open the catalogue: " + settings,
                "Check address, account and password of the database, or the rights of the data folder.", failure);
    }
}

package org.holdfast.vault.catalog.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.vault.catalog.PendingScript;

/**
 * The schema of the catalogue: numbered scripts in the folder {@code db}, which only ever grow in number. They are
 * named in the file {@code db/scripts}, since a class path cannot be listed in the same way everywhere.
 */
public final class Migrations {

    private static final String FOLDER = "/db/";

    private Migrations() {
    }

    /** Runs the scripts that the database does not have yet, each in a transaction. */
    public static void migrate(DataSource source) {
        try {
            flyway(source).migrate();
        } catch (FlywayException e) {
            throw new HoldfastException(Problem.VAULT_UNSUPPORTED, "cannot bring the catalogue up to date: "
                    + e.getMessage().strip(),
                    "Use the version of Holdfast that has written it, or a later one; a backup of the database helps "
                            + "when a step has failed half-way.",
                    e);
        }
    }

    /** The scripts that {@link #migrate} would run. */
    public static List<PendingScript> pending(DataSource source) {
        return Arrays.stream(flyway(source).info().pending()).map(Migrations::describe).toList();
    }

    private static PendingScript describe(MigrationInfo info) {
        return new PendingScript(info.getVersion().getVersion(), info.getDescription(), text(info.getScript()));
    }

    private static Flyway flyway(DataSource source) {
        return Flyway.configure(Migrations.class.getClassLoader()).loggers("slf4j").dataSource(source)
                .resourceProvider(new Scripts(names())).locations(new String[0]).table("schema_history")
                // Areas have number ranges of their own, so a later version may fill a gap.
                .outOfOrder(true).ignoreMigrationPatterns(new String[0]).cleanDisabled(true).baselineOnMigrate(false)
                .placeholderReplacement(false).load();
    }

    /** The number of the newest script. */
    public static String newest() {
        String last = names().getLast();
        return last.substring(1, last.indexOf("__"));
    }

    /** File names of all scripts. */
    static List<String> names() {
        return text("scripts").lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(String::strip)
                .toList();
    }

    /** The text of a file of the folder. */
    static String text(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("missing in the catalogue's bundle: " + FOLDER + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.holdfast.simulation;

import java.time.Instant;
import java.util.UUID;

import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.CatalogSettings;
import org.holdfast.vault.catalog.fleet.VaultRow;
import org.holdfast.vault.catalog.fleet.VaultTable;

/** Runs seeds, one after another, over one catalogue. One thread at a time. */
public final class Simulation implements AutoCloseable {
    private static final int PASTS = 48;
    private final Catalog catalog;
    private final Domain domain;
    private final World.Past[] pasts = new World.Past[PASTS];

    static {
        Randomness.install();
    }

    /** Opens a catalogue in memory. */
    public Simulation() {
        catalog = new Catalog(remembering(CatalogSettings.inMemory("simulation-" + UUID.randomUUID())), new SqlGate());
        domain = new Domain();
        catalog.run(h -> {
            VaultTable.insert(h, vault(World.HARD_VAULT, "hard", 0));
            VaultTable.insert(h, vault(World.SOFT_VAULT, "soft", 14));
        });
        for (int i = 0; i < PASTS; i++) {
            forgetTime();
            pasts[i] = new World(i - PASTS, Mutant.NONE, catalog, domain, null, false).makePast();
        }
    }

    /** Half of the time would go into reading the same statements again and again. */
    private static CatalogSettings remembering(CatalogSettings settings) {
        return new CatalogSettings(settings.jdbcUrl() + ";QUERY_CACHE_SIZE=200", settings.user(), settings.password());
    }

    private static VaultRow vault(UUID id, String name, int days) {
        return new VaultRow(id, name, "", "", "", "{}", "local", "off", days, false, null, Instant.EPOCH, 1, null);
    }

    /**
     * What a seed came to.
     *
     * @param violation what must not be, or null
     * @param hash different for runs that went differently
     * @param steps calls of store and catalogue at which others could come first
     */
    public record Result(Violation violation, long hash, int steps) {
    }

    /** Each run has a time of its own; a clock that was further ahead in the one before is none to be doubted. */
    private void forgetTime() {
        catalog.run(h -> h.execute("delete from vault_clock"));
    }

    /** Runs a seed. */
    public Result run(long seed, Mutant mutant) {
        return run(seed, mutant, false);
    }

    /**
     * Runs a seed again and takes down what happens.
     *
     * @return the violation with its trace, or the result as it was
     */
    public Result replay(long seed, Mutant mutant) {
        return run(seed, mutant, true);
    }

    private Result run(long seed, Mutant mutant, boolean words) {
        World.Past past = pasts[(int) Long.remainderUnsigned(seed, PASTS)];
        forgetTime();
        World.Ending ending = new World(seed, mutant, catalog, domain, past, words).run();
        return new Result(ending.violation(), ending.hash(), ending.steps());
    }

    @Override
    public void close() {
        catalog.close();
    }
}

package org.holdfast.vault.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.engine.KeeperVault;
import org.holdfast.format.Manifest;
import org.holdfast.protocol.data.ImportSeed;
import org.holdfast.protocol.data.SeedImport;
import org.holdfast.protocol.data.SeedStatement;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServerRow;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.SeedRow;
import org.holdfast.vault.catalog.data.SeedRow.Amount;
import org.holdfast.vault.catalog.data.Seeds;
import org.holdfast.vault.data.ServerStores.ServerStore;
import org.holdfast.vault.data.internal.ObjectStream;
import org.holdfast.vault.data.internal.Seed;
import org.holdfast.vault.nodes.Turn;
import org.holdfast.vault.nodes.Turns;
import org.holdfast.vault.people.AuditEntry;
import org.holdfast.vault.people.AuditLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First backups that come on a disk. What is on it passes the same checks as what comes over the wire: only objects
 * whose bytes have the hash in their name, segments that describe packs which are there, points that a holder of the
 * passphrase has signed; nothing that is there is replaced. One import runs at a time; one that was running when the
 * node ended goes on at the next start with what is missing.
 */
@Component(service = SeedImports.class, immediate = true)
public final class SeedImports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SeedImports.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final long TOLD_EVERY_NANOS = 1_000_000_000L;
    private static final long PATIENCE_SECONDS = 20;
    private static final String ACTION = "import-seed";

    private final Catalog catalog;
    private final ServerStores stores;
    private final ObjectService objects;
    private final CommitService commits;
    private final AuditLog audit;
    private final Path folder;
    private final Clock clock;
    private final Turns turns;
    private final CancelToken closing = new CancelToken();
    private final ExecutorService worker;
    /** Imports that somebody wants to end and that are not at work. */
    private final Set<UUID> unwanted = new HashSet<>();
    private @Nullable Work current;

    /** Takes what it works with, and goes on with what was running when the node ended. */
    @Activate
    public SeedImports(@Reference Catalog catalog, @Reference ServerStores stores, @Reference ObjectService objects,
            @Reference CommitService commits, @Reference AuditLog audit, @Reference VaultSettings settings,
            @Reference Clock clock, @Reference Turns turns) {
        this.turns = turns;
        this.catalog = catalog;
        this.stores = stores;
        this.objects = objects;
        this.commits = commits;
        this.audit = audit;
        this.folder = settings.seedFolder();
        this.clock = clock;
        worker = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("seeds").daemon().factory());
        // Seeds are folders of one node; what another one imports is not ours to go on with.
        catalog.read(h -> Seeds.in(h, SeedImport.RUNNING)).stream()
                .filter(row -> Files.isDirectory(folder.resolve(row.seed())))
                .forEach(row -> worker.execute(() -> run(row)));
    }

    /**
     * Begins to import a seed.
     *
     * @param by who wants it
     * @throws Refusal when there is no such seed, when it is not this server's, altered or unfinished, or when another
     *         one is being imported for the server
     */
    public SeedImport begin(UUID vault, UUID server, ImportSeed request, String by) throws IOException {
        UUID id = request.id() == null ? UUID.randomUUID() : id(request.id());
        Optional<SeedRow> known = catalog.read(h -> Seeds.find(h, server, id));
        if (known.isPresent()) {
            return view(known.get());
        }
        Path seed = seed(request.seed());
        if (!Files.isDirectory(seed)) {
            throw Refusal.invalid("seed", "There is no folder of that name in the folder 'seeds' of the vault node.");
        }
        Seed.read(seed, vault, server(vault, server));
        var row = new SeedRow(id, vault, server, request.seed(), SeedImport.RUNNING, Amount.NONE, Amount.NONE, 0,
                clock.instant(), by, null, null, null);
        catalog.run(h -> {
            DataServers.lock(h, server);
            if (Seeds.of(h, server).stream().anyMatch(s -> s.state().equals(SeedImport.RUNNING))) {
                throw new Refusal(Refusal.Kind.CONFLICT, "seed-running",
                        "A seed is being imported for this server already.", "Wait for its end.");
            }
            if (!Seeds.insert(h, row)) {
                throw Refusal.invalid("id", "The id is taken.");
            }
        });
        worker.execute(() -> run(row));
        return view(row);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("id", "That is no id.");
        }
    }

    private Path seed(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw Refusal.invalid("seed", "The name of a folder has letters, digits, dots, hyphens and underscores.");
        }
        return folder.resolve(name);
    }

    private DataServerRow server(UUID vault, UUID server) {
        return catalog.read(h -> DataServers.find(h, server)).filter(s -> s.vault().equals(vault))
                .orElseThrow(() -> Refusal.notFound("server"));
    }

    /** Imports of a server, newest first. */
    public List<SeedImport> list(UUID vault, UUID server) {
        server(vault, server);
        return catalog.read(h -> Seeds.of(h, server)).stream().map(SeedImports::view).toList();
    }

    /** An import of a server. */
    public SeedImport get(UUID vault, UUID server, UUID id) {
        server(vault, server);
        return view(catalog.read(h -> Seeds.find(h, server, id)).orElseThrow(() -> Refusal.notFound("import")));
    }

    /**
     * Ends an import; one that is at work stops at its next object, one that waits does not begin. What was stored
     * stays for the next try, or goes with the next collection. One that has ended stays as it is.
     */
    public SeedImport cancel(UUID vault, UUID server, UUID id) {
        server(vault, server);
        SeedRow row = catalog.read(h -> Seeds.find(h, server, id)).orElseThrow(() -> Refusal.notFound("import"));
        if (!row.state().equals(SeedImport.RUNNING)) {
            return view(row);
        }
        synchronized (unwanted) {
            Work work = current;
            if (work != null && work.row.id().equals(id)) {
                work.cancel.cancel();
                return view(work.row);
            }
            if (!unwanted.add(id)) {
                return view(row);
            }
        }
        SeedRow ended = cancelled(row);
        end(ended);
        return view(ended);
    }

    private SeedRow cancelled(SeedRow row) {
        return row.ended(SeedImport.CANCELLED, clock.instant(), "cancelled",
                "It was cancelled; what was copied stays for the next try.");
    }

    private static SeedImport view(SeedRow row) {
        return new SeedImport(row.id().toString(), row.server().toString(), row.seed(), row.state(),
                row.count().objects(), row.total().objects(), row.count().bytes(), row.total().bytes(), row.points(),
                row.started(), row.ended(), row.startedBy(), row.code(), row.message());
    }

    private void run(SeedRow begun) {
        try (Turn turn = turns.tryTake("seed " + begun.id()).orElse(null)) {
            if (turn != null && !closing.isCancelled()) {
                goOn(begun);
            }
        }
    }

    private void goOn(SeedRow begun) {
        var work = new Work(begun);
        synchronized (unwanted) {
            if (closing.isCancelled() || unwanted.remove(begun.id())) {
                return;
            }
            current = work;
        }
        SeedRow ended;
        try {
            work.run();
            ended = work.row.ended(SeedImport.DONE, clock.instant(), null, null);
        } catch (IOException | RuntimeException e) {
            if (closing.isCancelled()) {
                LOG.info("the import of seed '{}' goes on at the next start", begun.seed());
                return;
            }
            ended = work.cancel.isCancelled() ? cancelled(work.row) : failed(work.row, e);
        }
        synchronized (unwanted) {
            current = null;
        }
        end(ended);
    }

    private SeedRow failed(SeedRow row, Exception e) {
        LOG.warn("the import of seed '{}' failed: {}", row.seed(), e.getMessage(), e instanceof Refusal ? null : e);
        String code = e instanceof Refusal refusal ? refusal.code() : "seed-unreadable";
        String message = e instanceof HoldfastException ? String.valueOf(e.getMessage())
                : "The seed cannot be read, or the vault cannot store it: " + e.getMessage();
        return row.ended(SeedImport.FAILED, clock.instant(), code,
                message.length() > 1000 ? message.substring(0, 1000) : message);
    }

    private void end(SeedRow row) {
        catalog.run(h -> {
            Seeds.update(h, row);
            String code = row.code();
            audit.append(h, new AuditEntry(AuditEntry.VAULT, "", ACTION, "servers/" + row.server() + "/seeds/"
                    + row.seed(), row.vault().toString(), code == null ? AuditEntry.OK : code,
                    "for " + row.startedBy() + ": " + row.count().objects() + " objects, " + row.count().bytes()
                            + " bytes, " + row.points() + " recovery points"));
        });
        LOG.info("import of seed '{}' for server {}: {}", row.seed(), row.server(), row.state());
    }

    /** One import. */
    private final class Work {
        private final UUID vault;
        private final UUID server;
        private final CancelToken cancel = new CancelToken();
        private volatile SeedRow row;
        private long told = System.nanoTime();

        Work(SeedRow row) {
            this.row = row;
            vault = row.vault();
            server = row.server();
        }

        void run() throws IOException {
            Seed seed = Seed.read(seed(row.seed()), vault, server(vault, server));
            row = row.at(Amount.NONE, new Amount(seed.statement().objects(), seed.statement().bytes()), 0);
            try (BlobStore disk = stores.elsewhere(seed.folder().resolve(SeedStatement.OBJECTS));
                    ServerStore store = stores.open(vault, server)) {
                List<ObjectInfo> there = new ArrayList<>();
                disk.list("", there::add);
                seed.requireComplete(there);
                requireRoom(seed, store);
                KeeperVault keeper = store.keeper();
                // What an earlier try has stored may have been collected since, or is about to be.
                if (condemned(keeper, seed)) {
                    keeper.collect(cancel);
                }
                try (KeeperVault.Lease lease = keeper.lease()) {
                    if (condemned(keeper, seed)) {
                        throw new Refusal(Refusal.Kind.CONFLICT, "retention-running", "Retention is about to remove"
                                + " what an earlier import of this seed has stored.",
                                "Try again when the server's running jobs have ended.");
                    }
                    for (Seed.Item item : seed.objects()) {
                        cancel.check();
                        closing.check();
                        lease.renew();
                        copy(disk, item);
                        tell(item);
                    }
                }
            }
        }

        /** Said before the first byte is copied, not after a night. */
        private void requireRoom(Seed seed, ServerStore store) throws IOException {
            Set<String> stored = new HashSet<>();
            store.store().list("", info -> stored.add(info.name()));
            objects.requireRoom(vault, server, store, seed.objects().stream()
                    .filter(item -> !stored.contains(item.name())).mapToLong(Seed.Item::bytes).sum());
        }

        private boolean condemned(KeeperVault keeper, Seed seed) throws IOException {
            Set<String> going = keeper.condemned();
            return !going.isEmpty() && !Collections.disjoint(going, seed.objects().stream().filter(Seed.Item::isPack)
                    .map(item -> item.name().substring(item.name().indexOf('/') + 1)).collect(Collectors.toSet()));
        }

        private void copy(BlobStore disk, Seed.Item item) throws IOException {
            String name = item.name();
            if (item.isPoint()) {
                commits.imported(vault, server, name.substring(name.indexOf('/') + 1),
                        disk.get(name, Manifest.MAX_BYTES));
                return;
            }
            long there = objects.size(vault, server, name);
            if (there >= 0 && there != item.bytes()) {
                throw new Refusal(Refusal.Kind.CONFLICT, "object-differs", "The vault has an object " + name
                        + " of another length.", "Run 'holdfast verify' on the server's store.");
            }
            if (there < 0) {
                try (var bytes = new ObjectStream(disk, name)) {
                    objects.put(vault, server, name, item.bytes(), bytes);
                }
            }
        }

        private void tell(Seed.Item item) {
            row = row.at(new Amount(row.count().objects() + 1, row.count().bytes() + item.bytes()), row.total(),
                    row.points() + (item.isPoint() ? 1 : 0));
            if (System.nanoTime() - told > TOLD_EVERY_NANOS) {
                catalog.run(h -> Seeds.update(h, row));
                told = System.nanoTime();
            }
        }
    }

    /** Ends; an import under way stops at its next object and goes on at the next start. */
    @Deactivate
    @Override
    public void close() {
        closing.cancel();
        synchronized (unwanted) {
            Work work = current;
            if (work != null) {
                work.cancel.cancel();
            }
        }
        worker.shutdown();
        try {
            if (!worker.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("an import did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

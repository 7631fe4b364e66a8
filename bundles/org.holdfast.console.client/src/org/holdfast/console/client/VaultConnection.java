package org.holdfast.console.client;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.FindHit;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.api.vault.Listing;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointDetails;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.api.vault.VaultInfo;

/**
 * A vault this console has open. Questions are answered by futures that complete on a background thread; nothing here
 * waits on the caller's thread except {@link #restore}, which belongs in a job. Thread-safe.
 */
public final class VaultConnection {
    /** Entries in one page of a directory. */
    public static final int PAGE = 1000;
    private static final int CACHED_ENTRIES = 200_000;

    private final OpenVault vault;
    private final Executor background;
    private final ListingCache cache = new ListingCache(CACHED_ENTRIES);
    private final Map<ListingCache.Key, CompletableFuture<Listing>> asked = new ConcurrentHashMap<>();
    private final Set<CancelToken> running = ConcurrentHashMap.newKeySet();
    /** Operations share it; closing takes it alone, so keys are wiped only when nobody uses them. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private final String location;
    private final @Nullable ServerPlace place;
    /** Of a server opened with it; another server needs it to restore from this one. Wiped on close. */
    private char[] passphrase;
    private volatile VaultInfo info;
    private volatile List<PointSummary> points = List.of();
    private volatile boolean closed;

    /** Blocks: asks the vault for its facts. */
    VaultConnection(String location, OpenVault vault, Executor background) {
        this(location, vault, background, null, new char[0]);
    }

    /**
     * Blocks: asks the vault for its facts.
     *
     * @param place the server whose data it is, or null for a vault in a directory
     * @param passphrase copied; empty when it was opened otherwise
     */
    VaultConnection(String location, OpenVault vault, Executor background, @Nullable ServerPlace place,
            char[] passphrase) {
        this.location = location;
        this.place = place;
        this.passphrase = passphrase.clone();
        this.vault = vault;
        this.background = background;
        this.info = vault.info();
    }

    /** Where the vault is, as the person gave it. */
    public String location() {
        return location;
    }

    /** The server whose data it is, or null for a vault in a directory. */
    public @Nullable ServerPlace place() {
        return place;
    }

    /** What people call it. */
    public String title() {
        ServerPlace p = place;
        return p == null ? location : p.title();
    }

    /** A copy of the passphrase it was opened with, to be wiped by the caller; empty when it is not known. */
    public synchronized char[] passphrase() {
        return passphrase.clone();
    }

    /** Does something with the open vault; blocks. Closing waits until it is done. */
    public <T> T with(Function<OpenVault, T> work) {
        return used(() -> work.apply(vault));
    }

    /** Facts about the vault as of the last {@link #refresh()}. */
    public VaultInfo info() {
        return info;
    }

    /** Recovery points as of the last {@link #refresh()}, oldest first. */
    public List<PointSummary> points() {
        return points;
    }

    /** Whether the vault can still be asked. */
    public boolean isOpen() {
        return !closed;
    }

    /** Loads the recovery points anew. */
    public CompletableFuture<List<PointSummary>> refresh() {
        return ask(() -> {
            List<PointSummary> fresh = List.copyOf(vault.points());
            info = vault.info();
            points = fresh;
            return fresh;
        });
    }

    /**
     * One page of a directory.
     *
     * @param page number of the page, each of {@link #PAGE} entries
     */
    public CompletableFuture<Listing> page(String pointId, RawPath directory, int page) {
        var key = new ListingCache.Key(pointId, directory, page);
        Listing known = cache.get(key);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        var mine = new CompletableFuture<Listing>();
        CompletableFuture<Listing> other = asked.putIfAbsent(key, mine);
        if (other != null) {
            return other;
        }
        ask(() -> vault.list(pointId, directory, page * PAGE, PAGE)).whenComplete((listing, failure) -> {
            if (failure == null) {
                cache.put(key, listing);
            }
            asked.remove(key);
            complete(mine, listing, failure);
        });
        return mine;
    }

    /** The page when it is at hand, without asking the vault. */
    public @Nullable Listing cachedPage(String pointId, RawPath directory, int page) {
        return cache.get(new ListingCache.Key(pointId, directory, page));
    }

    /** One entry of a point; fails with {@link Problem#PATH_NOT_FOUND} when it has none of that path. */
    public CompletableFuture<Entry> entry(String pointId, RawPath path) {
        return ask(() -> vault.entry(pointId, path));
    }

    /** The first bytes of a file of a point, fewer when it is shorter; see {@link OpenVault#read}. */
    public CompletableFuture<byte[]> head(String pointId, RawPath file, int most, CancelToken cancel) {
        return ask(() -> tracked(cancel, () -> vault.read(pointId, file, 0, most, cancel)));
    }

    /** Everything recorded about a point. */
    public CompletableFuture<PointDetails> details(String pointId) {
        return ask(() -> vault.details(pointId));
    }

    /** Searches; hits are handed over on the searching thread. */
    public CompletableFuture<Void> find(FindRequest request, Consumer<FindHit> hits, ProgressSink progress,
            CancelToken cancel) {
        return ask(() -> {
            tracked(cancel, () -> {
                vault.find(request, hits, progress, cancel);
                return Boolean.TRUE;
            });
            return null;
        });
    }

    /** Does something with the open vault in the background; closing cancels it. */
    public CompletableFuture<Void> run(CancelToken cancel, Consumer<OpenVault> work) {
        return ask(() -> {
            tracked(cancel, () -> {
                work.accept(vault);
                return Boolean.TRUE;
            });
            return null;
        });
    }

    /** Restores, or counts; blocks until done. */
    public RestoreResult restore(RestoreRequest request, ProgressSink progress, CancelToken cancel) {
        return used(() -> tracked(cancel, () -> vault.restore(request, progress, cancel)));
    }

    /** Cancels what runs, waits for it in the background, and wipes the keys. */
    public CompletableFuture<Void> close() {
        closed = true;
        running.forEach(CancelToken::cancel);
        cache.clear();
        wipe();
        return CompletableFuture.runAsync(() -> {
            use.writeLock().lock();
            try {
                vault.close();
            } finally {
                use.writeLock().unlock();
            }
        }, background);
    }

    /** Closes at once what nobody has got yet. */
    void discard() {
        closed = true;
        wipe();
        vault.close();
    }

    private synchronized void wipe() {
        Arrays.fill(passphrase, '\0');
        passphrase = new char[0];
    }

    private <T> T tracked(CancelToken cancel, Supplier<T> work) {
        running.add(cancel);
        try {
            if (closed) {
                cancel.cancel();
            }
            cancel.check();
            return work.get();
        } finally {
            running.remove(cancel);
        }
    }

    private <T> T used(Supplier<T> work) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new HoldfastException(Problem.CANCELLED, "The vault was closed.", "Open it again.");
            }
            return work.get();
        } finally {
            use.readLock().unlock();
        }
    }

    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(() -> used(question), background);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e); // the console is going down
        }
    }

    private static <T> void complete(CompletableFuture<T> future, T value, @Nullable Throwable failure) {
        if (failure == null) {
            future.complete(value);
        } else {
            future.completeExceptionally(failure);
        }
    }
}

package org.holdfast.console.client.recover;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;

/** Opens the data of several servers, a few at a time; one that cannot be opened does not keep the others from it. */
public final class OpenMany {
    /** Deriving a key takes much memory on purpose. */
    private static final int LANES = 2;

    /**
     * How it went for a server.
     *
     * @param place the server
     * @param connection its open data, or null
     * @param failure why they are not open, or null
     */
    public record Result(ServerPlace place, @Nullable VaultConnection connection, @Nullable Failure failure) {
    }

    private final List<ServerPlace> places;
    private final Function<ServerPlace, CompletableFuture<VaultConnection>> open;
    private final CancelToken cancel;
    private final Consumer<Integer> told;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final List<Result> results = new ArrayList<>();

    private OpenMany(List<ServerPlace> places, Function<ServerPlace, CompletableFuture<VaultConnection>> open,
            CancelToken cancel, Consumer<Integer> told) {
        this.places = List.copyOf(places);
        this.open = open;
        this.cancel = cancel;
        this.told = told;
    }

    /**
     * Opens them.
     *
     * @param open how one is opened
     * @param cancel begins no more of them; what is open by then stays open
     * @param told how many have been tried, on any thread
     * @return results of those that were tried, in the order of the servers; never fails
     */
    public static CompletableFuture<List<Result>> of(List<ServerPlace> places,
            Function<ServerPlace, CompletableFuture<VaultConnection>> open, CancelToken cancel,
            Consumer<Integer> told) {
        var many = new OpenMany(places, open, cancel, told);
        var lanes = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < LANES; i++) {
            lanes.add(many.lane());
        }
        return CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new)).thenApply(nothing -> many.inOrder());
    }

    private CompletableFuture<?> lane() {
        int number = next.getAndIncrement();
        if (number >= places.size() || cancel.isCancelled()) {
            return CompletableFuture.completedFuture(null);
        }
        ServerPlace place = places.get(number);
        return begin(place).handle((connection, thrown) -> {
            synchronized (results) {
                results.add(new Result(place, connection, thrown == null ? null : Failure.of(thrown)));
            }
            told.accept(ended.incrementAndGet());
            return connection;
        }).thenCompose(connection -> lane());
    }

    private CompletableFuture<VaultConnection> begin(ServerPlace place) {
        try {
            return open.apply(place);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<Result> inOrder() {
        synchronized (results) {
            return places.stream().flatMap(place -> results.stream().filter(r -> r.place().equals(place)).limit(1))
                    .toList();
        }
    }
}

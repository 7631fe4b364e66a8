package org.holdfast.console.client.recover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.vault.FindHit;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.VaultConnection;

/**
 * A search through the recovery points of one server or of several, whose hits are shown while it runs. Hits of one
 * server stand together, in the order of the servers. A server that fails does not spoil what others found: the answer
 * is partial then, and says so; only when all fail the search has failed.
 */
public final class SearchModel extends Gathering<SearchModel.Found, SearchModel.Answers> {
    /** A search ends here. */
    public static final int MAX_HITS = 100_000;

    /** So many servers are searched at a time, which leaves threads for browsing. */
    private static final int LANES = 2;

    /**
     * A hit.
     *
     * @param connection where it was found
     * @param number of the server in this search, from 0
     * @param hit what was found
     */
    public record Found(VaultConnection connection, int number, FindHit hit) {
    }

    /**
     * A server that could not be searched, or not to its end.
     *
     * @param title what people call it
     * @param failure why
     */
    public record Refusal(String title, Failure failure) {
    }

    /**
     * How far a search is.
     *
     * @param servers how many are searched
     * @param answered how many have been searched to the end
     * @param refused those that failed
     */
    public record Answers(int servers, int answered, List<Refusal> refused) {
        /** Whether something that was asked for is missing. */
        public boolean isPartial() {
            return !refused.isEmpty();
        }
    }

    /** @param changed told when hits, progress or state changed, at most about five times a second */
    public SearchModel(Executor ui, Runnable changed) {
        super(MAX_HITS, ui, changed);
    }

    /** Starts a search in place of the one that may be running. */
    public void start(VaultConnection connection, FindRequest request) {
        start(List.of(connection), request);
    }

    /** Starts a search of several servers in place of the one that may be running. */
    public void start(List<VaultConnection> connections, FindRequest request) {
        begin(run -> new Search(run, List.copyOf(connections), request).start());
    }

    @Override
    void add(List<Found> shown, List<Found> fresh) {
        shown.addAll(fresh);
        // stable, and quick where most is in order
        shown.sort(Comparator.comparingInt(Found::number));
    }

    private static final class Search {
        private final Gathering<Found, Answers>.Run run;
        private final List<VaultConnection> connections;
        private final FindRequest request;
        private final AtomicInteger next = new AtomicInteger();
        private final List<Refusal> refused = new ArrayList<>();
        private int answered;
        private @Nullable Throwable first;

        Search(Gathering<Found, Answers>.Run run, List<VaultConnection> connections, FindRequest request) {
            this.run = run;
            this.connections = connections;
            this.request = request;
        }

        CompletableFuture<?> start() {
            tell();
            var lanes = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < Math.min(LANES, connections.size()); i++) {
                lanes.add(lane());
            }
            return CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new)).thenCompose(all -> {
                Throwable thrown = failure();
                return thrown == null ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(thrown);
            });
        }

        private CompletableFuture<?> lane() {
            int number = next.getAndIncrement();
            if (number >= connections.size() || run.cancel().isCancelled()) {
                return CompletableFuture.completedFuture(null);
            }
            VaultConnection connection = connections.get(number);
            return connection.find(request, hit -> run.take(new Found(connection, number, hit)), ProgressSink.NONE,
                    run.cancel()).handle((nothing, thrown) -> {
                        ended(connection, thrown);
                        return nothing;
                    }).thenCompose(nothing -> lane());
        }

        private synchronized void ended(VaultConnection connection, @Nullable Throwable thrown) {
            if (thrown == null) {
                answered++;
            } else {
                first = first == null ? thrown : first;
                refused.add(new Refusal(connection.title(), Failure.of(thrown)));
            }
            tell();
        }

        private synchronized void tell() {
            run.reached(new Answers(connections.size(), answered, List.copyOf(refused)));
        }

        /** Why nothing was searched at all, or that somebody stopped it; null when there is an answer. */
        private synchronized @Nullable Throwable failure() {
            return answered == 0 || run.cancel().isCancelled() ? first : null;
        }
    }
}

package org.holdfast.console.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LinkState;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.client.fleet.VaultConnections;

/**
 * The rows of one kind of all vault servers together, and what their state means for a part. Its observer is told on
 * background threads whenever something changed, and then takes {@link #rows()} and {@link #state}.
 *
 * @param <T> kind of the rows
 */
public final class FleetRows<T> implements AutoCloseable {
    private final VaultConnections connections;
    private final Function<LiveFleet, LiveList<T>> list;
    private final Consumer<FleetRows<T>> observer;
    private final Map<FleetSession, List<Subscription>> watched = new HashMap<>();
    private final Subscription watching;
    private boolean closed;

    /**
     * @param list which list of a session, for example {@code LiveFleet::servers}
     * @param observer told at once and after each change
     */
    public FleetRows(VaultConnections connections, Function<LiveFleet, LiveList<T>> list,
            Consumer<FleetRows<T>> observer) {
        this.connections = connections;
        this.list = list;
        this.observer = observer;
        watching = connections.changes().add(c -> sessionsChanged());
        sessionsChanged();
    }

    /** All rows, in no certain order. */
    public List<Row<T>> rows() {
        List<Row<T>> rows = new ArrayList<>();
        for (FleetSession session : connections.sessions()) {
            list.apply(session.live()).snapshot().forEach(value -> rows.add(new Row<>(session, value)));
        }
        return rows;
    }

    /**
     * What the part shows.
     *
     * @param shown rows that filters leave
     * @param total rows without filters
     */
    public PartState state(int shown, int total) {
        return new States(connections.sessions().stream()
                .map(s -> new Source(s, s.state(), list.apply(s.live()).status())).toList()).with(shown, total);
    }

    /** Reads the lists of all vault servers anew. */
    public void refresh() {
        connections.sessions().forEach(FleetSession::refresh);
    }

    /** Ends it. */
    @Override
    public void close() {
        watching.close();
        synchronized (this) {
            closed = true;
            watched.values().forEach(all -> all.forEach(Subscription::close));
            watched.clear();
        }
    }

    private void sessionsChanged() {
        synchronized (this) {
            if (closed) {
                return;
            }
            List<FleetSession> now = connections.sessions();
            watched.entrySet().removeIf(entry -> {
                boolean gone = !now.contains(entry.getKey());
                if (gone) {
                    entry.getValue().forEach(Subscription::close);
                }
                return gone;
            });
            for (FleetSession session : now) {
                watched.computeIfAbsent(session, s -> List.of(s.states().add(x -> observer.accept(this)),
                        list.apply(s.live()).changes().add(x -> observer.accept(this))));
            }
        }
        observer.accept(this);
    }

    /** How one vault server stands. */
    private record Source(FleetSession session, LinkState link, LiveList.Status list) {
        String name() {
            return session.connection().name();
        }

        boolean hasAnswered() {
            return list.state() == LiveList.State.COMPLETE || list.loaded() > 0;
        }

        boolean isLoading() {
            return link.kind() == LinkState.Kind.CONNECTING
                    || link.isConnected() && (list.state() == LiveList.State.LOADING
                            || list.state() == LiveList.State.NOT_ASKED);
        }
    }

    private record States(List<Source> sources) {
        PartState with(int shown, int total) {
            if (sources.isEmpty()) {
                return new PartState.NoVault();
            }
            List<Source> in = sources.stream().filter(s -> s.link.kind() != LinkState.Kind.SIGNED_OUT
                    && s.link.kind() != LinkState.Kind.CLOSED).toList();
            if (in.isEmpty()) {
                return new PartState.SignedOut(names(sources));
            }
            if (total > 0) {
                return rows(in, shown, total);
            }
            List<Source> waiting = in.stream().filter(Source::isLoading).toList();
            if (!waiting.isEmpty()) {
                return new PartState.Loading(in.size() - waiting.size(), in.size());
            }
            List<Source> noRight = in.stream().filter(s -> s.list.state() == LiveList.State.NO_RIGHT).toList();
            if (noRight.size() == in.size()) {
                return new PartState.NoRight(in.stream().map(s -> s.session.connection().user()).distinct().toList());
            }
            Failure failure = in.stream().filter(s -> !noRight.contains(s)).map(States::failure)
                    .filter(f -> f != null).findFirst().orElse(null);
            return failure != null ? new PartState.Failed(failure) : new PartState.Empty();
        }

        private PartState rows(List<Source> in, int shown, int total) {
            List<Source> missing = in.stream().filter(s -> !s.hasAnswered()
                    || s.list.state() == LiveList.State.FAILED && s.link.isConnected()).toList();
            List<Source> stale = in.stream().filter(s -> s.link.kind() == LinkState.Kind.STALE).toList();
            if (shown == 0) {
                return new PartState.Filtered(total);
            }
            if (!missing.isEmpty()) {
                return new PartState.Partial(in.size() - missing.size(), in.size(), names(missing));
            }
            if (!stale.isEmpty()) {
                Instant since = stale.stream().map(s -> s.link.since()).min(Instant::compareTo).orElseThrow();
                Instant retry = stale.stream().map(s -> s.link.retryAt()).filter(t -> t != null)
                        .min(Instant::compareTo).orElse(null);
                return new PartState.Stale(since, retry, names(stale), stale.getFirst().link.failure());
            }
            return new PartState.Content();
        }

        private static @Nullable Failure failure(Source source) {
            Failure link = source.link.isConnected() ? null : source.link.failure();
            return link != null ? link : source.list.failure();
        }

        private static List<String> names(List<Source> sources) {
            return sources.stream().map(Source::name).toList();
        }
    }
}

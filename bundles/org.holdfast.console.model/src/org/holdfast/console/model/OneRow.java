package org.holdfast.console.model;

import java.util.List;
import java.util.Objects;
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
 * One thing of one vault server, such as a server that is open in an editor, and what its state means for a part. Its
 * observer is told on background threads whenever something changed, and then takes {@link #row()} and
 * {@link #state()}. The connection may come and go.
 *
 * @param <T> kind of the thing
 */
public final class OneRow<T> implements AutoCloseable {
    private final VaultConnections connections;
    private final String connection;
    private final String id;
    private final Function<LiveFleet, LiveList<T>> list;
    private final Consumer<OneRow<T>> observer;
    private final Subscription watching;
    private @Nullable FleetSession watched;
    private List<Subscription> subscriptions = List.of();
    private boolean closed;

    /**
     * @param connection id of the saved connection
     * @param list which list of a session, for example {@code LiveFleet::servers}
     * @param id of the thing in that list
     * @param observer told at once and after each change
     */
    public OneRow(VaultConnections connections, String connection, Function<LiveFleet, LiveList<T>> list, String id,
            Consumer<OneRow<T>> observer) {
        this.connections = connections;
        this.connection = connection;
        this.list = list;
        this.id = id;
        this.observer = observer;
        watching = connections.changes().add(c -> sessionsChanged());
        sessionsChanged();
    }

    /** The vault server, null when it is not among the connections any more. */
    public @Nullable FleetSession session() {
        return connections.sessions().stream().filter(s -> s.connection().id().equals(connection)).findFirst()
                .orElse(null);
    }

    /** The thing as it was told last, null while it is not known. */
    public @Nullable Row<T> row() {
        FleetSession session = session();
        T value = session == null ? null : list.apply(session.live()).get(id);
        return session == null || value == null ? null : new Row<>(session, value);
    }

    /** What the part shows; {@code Empty} when the vault server does not have the thing. */
    public PartState state() {
        FleetSession session = session();
        if (session == null) {
            return new PartState.NoVault();
        }
        LinkState link = session.state();
        String name = session.connection().name();
        if (link.kind() == LinkState.Kind.SIGNED_OUT || link.kind() == LinkState.Kind.CLOSED) {
            return new PartState.SignedOut(List.of(name));
        }
        LiveList<T> rows = list.apply(session.live());
        LiveList.Status status = rows.status();
        if (rows.get(id) != null) {
            return link.kind() == LinkState.Kind.STALE
                    ? new PartState.Stale(link.since(), link.retryAt(), List.of(name), link.failure())
                    : new PartState.Content();
        }
        Failure failure = link.isConnected() ? status.failure() : link.failure();
        return switch (status.state()) {
            case NO_RIGHT -> new PartState.NoRight(List.of(session.connection().user()));
            case COMPLETE -> new PartState.Empty();
            case FAILED -> failure == null ? new PartState.Loading(0, 1) : new PartState.Failed(failure);
            case LOADING, NOT_ASKED -> link.isConnected() || failure == null ? new PartState.Loading(0, 1)
                    : new PartState.Failed(failure);
        };
    }

    /** Ends it. */
    @Override
    public void close() {
        watching.close();
        synchronized (this) {
            closed = true;
            subscriptions.forEach(Subscription::close);
            subscriptions = List.of();
        }
    }

    private void sessionsChanged() {
        synchronized (this) {
            FleetSession now = session();
            if (closed) {
                return;
            }
            if (!Objects.equals(now, watched)) {
                subscriptions.forEach(Subscription::close);
                watched = now;
                subscriptions = now == null ? List.of()
                        : List.of(now.states().add(s -> observer.accept(this)),
                                list.apply(now.live()).changes().add(l -> observer.accept(this)));
            }
        }
        observer.accept(this);
    }
}

package org.holdfast.console.client.recover;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Observers;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.Vaults;
import org.holdfast.console.client.fleet.VaultConnections;

/**
 * What the parts of the Recover perspective share: the vault, its recovery points, the one chosen, the folder and
 * entries chosen in it, and the basket. Parts know this and not each other.
 */
public final class RecoverSession {
    /** What changed. */
    public enum Topic {
        /** Another vault, or none. */
        VAULT,
        /** The list of points, or its state. */
        POINTS,
        /** The chosen point. */
        POINT,
        /** The chosen folder. */
        FOLDER,
        /** The chosen entries. */
        ENTRIES,
        /** What is in the basket. */
        BASKET,
        /** A part asked that an entry be shown where it lies; see {@link RecoverSession#wanted()}. */
        REVEAL
    }

    private static final Subscription NOTHING = () -> {
    };

    private final Vaults vaults;
    private final @Nullable VaultConnections fleet;
    private final Executor ui;
    private final Observers<Topic> observers = new Observers<>();
    private final Basket basket = new Basket();
    private @Nullable VaultConnection connection;
    private List<PointSummary> points = List.of();
    private Map<String, PointMarks.Mark> marks = Map.of();
    private boolean loading;
    private @Nullable Failure failure;
    private @Nullable String server;
    private @Nullable PointSummary point;
    private RawPath folder = RawPath.EMPTY;
    private List<Entry> entries = List.of();
    private @Nullable RawPath wanted;
    /** The entry a person looks at from point to point, even through points that do not have it. */
    private @Nullable RawPath followed;
    private int generation;
    private Subscription follow = NOTHING;

    /** @param ui runs what is given to it on the user interface thread */
    public RecoverSession(Vaults vaults, Executor ui) {
        this(vaults, null, ui);
    }

    /**
     * @param fleet vault servers whose protected servers can be chosen, or null
     * @param ui runs what is given to it on the user interface thread
     */
    public RecoverSession(Vaults vaults, @Nullable VaultConnections fleet, Executor ui) {
        this.vaults = vaults;
        this.fleet = fleet;
        this.ui = ui;
        vaults.closed().add(c -> ui.execute(() -> {
            if (c == connection) {
                show(null);
            }
        }));
    }

    /** Opens and closes vaults. */
    public Vaults vaults() {
        return vaults;
    }

    /** The vault servers whose protected servers can be chosen, or null without any. */
    public @Nullable VaultConnections fleet() {
        return fleet;
    }

    /** The open data of a server, or null when somebody has to open it first. */
    public @Nullable VaultConnection opened(ServerPlace place) {
        return vaults.connections().stream().filter(c -> c.isOpen() && c.location().equals(place.location()))
                .findFirst().orElse(null);
    }

    /** What the vault server knows of a point; nothing for a vault in a directory. */
    public PointMarks.Mark mark(PointSummary of) {
        return marks.getOrDefault(of.id(), PointMarks.Mark.NONE);
    }

    /** The thread all of this belongs to. */
    public Executor ui() {
        return ui;
    }

    /** Told what changed, on the user interface thread. */
    public Observers<Topic> observers() {
        return observers;
    }

    /** The vault shown, or null. */
    public @Nullable VaultConnection connection() {
        return connection;
    }

    /** Shows another vault, or none, and loads its points. */
    public void show(@Nullable VaultConnection next) {
        if (next == connection) {
            return;
        }
        follow.close();
        connection = next;
        points = List.of();
        marks = Map.of();
        failure = null;
        server = null;
        point = null;
        folder = RawPath.EMPTY;
        entries = List.of();
        basket.clear();
        observers.fire(Topic.VAULT);
        observers.fire(Topic.BASKET);
        observers.fire(Topic.POINT);
        refresh();
        ServerPlace place = next == null ? null : next.place();
        follow = place == null ? NOTHING : follow(place);
    }

    /** A backup that ends while its server is looked at brings its point by itself. */
    private Subscription follow(ServerPlace place) {
        var known = new AtomicLong(backups(place));
        return place.session().live().jobs().changes().add(list -> {
            long now = backups(place);
            if (known.getAndSet(now) != now) {
                ui.execute(() -> {
                    if (connection != null && place.equals(connection.place())) {
                        refresh();
                    }
                });
            }
        });
    }

    /** How many backups of a server have ended, of those that are known. */
    private static long backups(ServerPlace place) {
        return place.session().live().jobs().snapshot().stream().filter(j -> j.kind() == JobKind.BACKUP
                && j.state().isFinal() && j.serverId().equals(place.server().id())).count();
    }

    /** Loads the points anew; choices are kept as far as they still exist. */
    public void refresh() {
        int mine = ++generation;
        VaultConnection asked = connection;
        if (asked == null) {
            loading = false;
            observers.fire(Topic.POINTS);
            return;
        }
        loading = true;
        failure = null;
        observers.fire(Topic.POINTS);
        asked.refresh().whenCompleteAsync((fresh, thrown) -> {
            if (mine == generation) {
                loaded(fresh, thrown);
            }
        }, ui);
        refreshMarks();
    }

    /** Asks the vault server anew what it knows of the points. */
    public void refreshMarks() {
        int mine = generation;
        VaultConnection asked = connection;
        ServerPlace place = asked == null ? null : asked.place();
        if (place != null && fleet != null) {
            // Extras: without them the points are shown all the same.
            PointMarks.of(place, fleet.now()).thenAcceptAsync(fresh -> {
                if (mine == generation) {
                    marks = fresh;
                    observers.fire(Topic.POINTS);
                }
            }, ui);
        }
    }

    /** Whether a point can be kept whatever the policy says: it is known to a vault server that lets this person. */
    public boolean mayPin() {
        ServerPlace place = place();
        return point != null && place != null && place.session().may("point.pin");
    }

    /** Whether the chosen point is pinned and this person may change that. */
    public boolean mayUnpin() {
        PointSummary chosen = point;
        ServerPlace place = place();
        return chosen != null && place != null && mark(chosen).pin() != null && place.session().may("point.unpin");
    }

    private @Nullable ServerPlace place() {
        VaultConnection shown = connection;
        return shown == null ? null : shown.place();
    }

    /** Whether points are being loaded. */
    public boolean isLoading() {
        return loading;
    }

    /** Why points could not be loaded, or null. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** Points of the chosen server, or of all, oldest first. */
    public List<PointSummary> points() {
        String only = server;
        return only == null ? points : points.stream().filter(p -> p.server().equals(only)).toList();
    }

    /** Names of all servers in the vault, sorted. */
    public List<String> servers() {
        return points.stream().map(PointSummary::server).distinct().sorted().toList();
    }

    /** The chosen server, or null for all. */
    public @Nullable String server() {
        return server;
    }

    /** Shows only the points of one server, or of all for null. */
    public void chooseServer(@Nullable String name) {
        if (Objects.equals(server, name)) {
            return;
        }
        server = name;
        observers.fire(Topic.POINTS);
        PointSummary chosen = point;
        if (chosen != null && !points().contains(chosen)) {
            choosePoint(points().isEmpty() ? null : points().getLast());
        }
    }

    /** The chosen point, or null. */
    public @Nullable PointSummary point() {
        return point;
    }

    /** Chooses a point; folder and entry are kept when it is of the same server. */
    public void choosePoint(@Nullable PointSummary next) {
        if (Objects.equals(point, next)) {
            return;
        }
        PointSummary before = point;
        point = next;
        entries = List.of();
        if (next == null) {
            folder = RawPath.EMPTY;
            followed = null;
        } else if (before == null || !before.server().equals(next.server()) || !folder.startsWith(next.base())) {
            folder = next.base();
            followed = null;
        }
        observers.fire(Topic.POINT);
        observers.fire(Topic.ENTRIES);
        if (followed != null) {
            wanted = followed;
            observers.fire(Topic.REVEAL);
        }
    }

    /** The chosen folder; empty when no point is chosen. */
    public RawPath folder() {
        return folder;
    }

    /** Chooses a folder of the chosen point. */
    public void chooseFolder(RawPath next) {
        if (!folder.equals(next)) {
            folder = next;
            entries = List.of();
            followed = null;
            observers.fire(Topic.FOLDER);
            observers.fire(Topic.ENTRIES);
        }
    }

    /** The chosen entries of the chosen folder. */
    public List<Entry> entries() {
        return entries;
    }

    /** Chooses entries. */
    public void chooseEntries(List<Entry> next) {
        if (!entries.equals(next)) {
            entries = List.copyOf(next);
            if (!next.isEmpty()) {
                followed = next.size() == 1 ? next.getFirst().path() : null;
            }
            observers.fire(Topic.ENTRIES);
        }
    }

    /** Chooses point and folder so that an entry is in view, and asks for it to be selected. */
    public void reveal(PointSummary where, RawPath path) {
        choosePoint(where);
        chooseFolder(path.equals(where.base()) ? path : path.parent());
        wanted = path;
        observers.fire(Topic.REVEAL);
    }

    /** The entry to select as soon as it is shown; asking forgets it. */
    public @Nullable RawPath wanted() {
        RawPath path = wanted;
        wanted = null;
        return path;
    }

    /** What is to be restored; change it through this class so that parts are told. */
    public Basket basket() {
        return basket;
    }

    /** Adds entries of the chosen point. */
    public int addToBasket(List<Entry> what) {
        PointSummary from = point;
        return from == null ? 0 : addItems(what.stream().map(e -> new Basket.Item(from, e)).toList());
    }

    /** Adds anything. */
    public int addItems(List<Basket.Item> items) {
        int added = basket.add(items);
        if (added > 0) {
            observers.fire(Topic.BASKET);
        }
        return added;
    }

    /** Takes items out. */
    public void removeItems(List<Basket.Item> items) {
        basket.remove(items);
        observers.fire(Topic.BASKET);
    }

    /** Empties the basket. */
    public void clearBasket() {
        basket.clear();
        observers.fire(Topic.BASKET);
    }

    private void loaded(@Nullable List<PointSummary> fresh, @Nullable Throwable thrown) {
        loading = false;
        if (thrown != null || fresh == null) {
            failure = thrown == null ? null : Failure.of(thrown);
            observers.fire(Topic.POINTS);
            return;
        }
        points = fresh;
        if (server != null && !servers().contains(server)) {
            server = null;
        }
        PointSummary chosen = point;
        PointSummary still = chosen == null ? null
                : points().stream().filter(p -> p.id().equals(chosen.id())).findFirst().orElse(null);
        observers.fire(Topic.POINTS);
        if (still == null) {
            choosePoint(points().isEmpty() ? null : points().getLast());
        }
    }
}

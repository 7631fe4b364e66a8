package org.holdfast.console.install.internal.run;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.core.runtime.ILog;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.service.datalocation.Location;
import org.holdfast.agent.install.HostKeys;
import org.holdfast.agent.install.HostProgress;
import org.holdfast.api.HoldfastException;
import org.holdfast.console.client.Observers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The registrations of this session of the console, newest first. Thread-safe; observers are told on any thread. */
@Component(service = Registrations.class)
public final class Registrations {
    /** Key of a draft: when it was begun. */
    public static final String BEGAN = "began";
    private static final String STATES = "registrations";

    private final Path folder;
    private final Instant began;
    private final Clock clock;
    private final HostKeys keys;
    private final ExecutorService background =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("holdfast-register-", 0).factory());
    private final List<Registration> all = new CopyOnWriteArrayList<>();
    private final List<Draft> left = new CopyOnWriteArrayList<>();
    private final Map<Registration, Draft> drafts = new ConcurrentHashMap<>();
    private final Observers<Registrations> changes = new Observers<>();
    private volatile @Nullable Registration shown;

    /** Keeps host keys in the console's instance area. */
    @Activate
    public Registrations(@Reference(target = "(type=osgi.instance.area)") Location instance) {
        this(folder(instance), Clock.systemUTC());
    }

    /** @param folder where keys of hosts are remembered */
    public Registrations(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        began = clock.instant();
        keys = new HostKeys(folder.resolve("known_hosts"));
        readLeft();
        background.execute(this::tidy);
    }

    private void readLeft() {
        try (var files = Files.newDirectoryStream(folder.resolve(STATES), "*" + Draft.SUFFIX)) {
            for (Path file : files) {
                Draft draft = Draft.read(file);
                if (draft.countOpen() > 0) {
                    left.add(draft);
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was ever registered.
        } catch (IOException | IllegalArgumentException e) {
            ILog.of(Registrations.class).warn("Interrupted registrations could not be read.", e);
        }
        left.sort(Comparator.comparing((Draft draft) -> draft.get(BEGAN, "")).reversed());
    }

    /** Takes away what a console has left that nobody can go on with. */
    private void tidy() {
        Set<Path> wanted = left.stream().flatMap(draft -> Stream.of(draft.file(), draft.state()))
                .collect(Collectors.toSet());
        try (var files = Files.newDirectoryStream(folder.resolve(STATES))) {
            for (Path file : files) {
                if (!wanted.contains(file) && Files.getLastModifiedTime(file).toInstant().isBefore(began)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was ever registered.
        } catch (IOException e) {
            ILog.of(Registrations.class).warn("States of earlier registrations could not be deleted.", e);
        }
    }

    private static Path folder(Location instance) {
        URL url = instance.getURL();
        // The platform writes such addresses without encoding spaces.
        return url == null ? Path.of(System.getProperty("user.home"), ".config", "holdfast")
                : Path.of(URI.create(url.toString().replace(" ", "%20"))).resolve("holdfast");
    }

    /** The clock of this computer. */
    public Clock clock() {
        return clock;
    }

    /** Keys of hosts that are known. */
    public HostKeys keys() {
        return keys;
    }

    /** Threads for what waits; they end with the console. */
    public ExecutorService background() {
        return background;
    }

    /** A file for the state of one registration. */
    public Path newState() {
        return folder.resolve(STATES).resolve(UUID.randomUUID() + ".json");
    }

    /** A file for what was entered for a registration. */
    public Draft newDraft() {
        var draft = new Draft(folder.resolve(STATES).resolve(UUID.randomUUID() + Draft.SUFFIX));
        draft.put(BEGAN, clock.instant().toString());
        return draft;
    }

    /** Registrations of earlier sessions that were interrupted, the newest first. */
    public List<Draft> left() {
        return List.copyOf(left);
    }

    /** Forgets an interrupted registration. */
    public void forget(Draft draft) {
        left.remove(draft);
        try {
            draft.delete();
        } catch (IOException e) {
            ILog.of(Registrations.class).warn("An interrupted registration could not be deleted.", e);
        }
        changes.fire(this);
    }

    /** Adds one, shows it, and keeps its draft up to date until all its hosts have ended well. */
    public void add(Registration registration, Draft draft) {
        left.remove(draft);
        drafts.put(registration, draft);
        keep(registration, draft);
        registration.changes().add(now -> note(now, draft));
        add(registration);
    }

    private void note(Registration registration, Draft draft) {
        if (drafts.containsKey(registration) && draft.setDone(registration.rows().stream().filter(HostProgress::isGood)
                .map(row -> row.host().key()).toList())) {
            keep(registration, draft);
        }
    }

    private void keep(Registration registration, Draft draft) {
        try {
            synchronized (draft) {
                if (registration.open().isEmpty()) {
                    drafts.remove(registration);
                    draft.delete();
                } else {
                    draft.save();
                }
            }
        } catch (IOException | HoldfastException e) {
            ILog.of(Registrations.class).warn("What was entered for a registration could not be stored.", e);
        }
    }

    /** All of them, newest first. */
    public List<Registration> all() {
        return List.copyOf(all);
    }

    /** Told after one was added or removed, or another one is to be shown. */
    public Observers<Registrations> changes() {
        return changes;
    }

    /** The one that is to be shown, or null. */
    public @Nullable Registration shown() {
        return shown;
    }

    /** Shows another one. */
    public void show(Registration registration) {
        shown = registration;
        changes.fire(this);
    }

    /** Adds one, and shows it. */
    public void add(Registration registration) {
        all.addFirst(registration);
        show(registration);
    }

    /** Takes one out of the list that is not at work, and forgets its secrets. */
    public void remove(Registration registration) {
        if (!registration.isRunning() && all.remove(registration)) {
            registration.close();
            Draft draft = drafts.remove(registration);
            if (draft != null) {
                forget(draft);
            }
            shown = all.isEmpty() ? null : all.getFirst();
            changes.fire(this);
        }
    }

    /** Stops all and forgets their secrets. */
    @Deactivate
    public void close() {
        all.forEach(Registration::close);
        background.shutdown();
    }
}

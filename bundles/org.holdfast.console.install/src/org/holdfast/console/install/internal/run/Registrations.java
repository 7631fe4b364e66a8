package org.holdfast.console.install.internal.run;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.eclipse.core.runtime.ILog;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.service.datalocation.Location;
import org.holdfast.agent.install.HostKeys;
import org.holdfast.console.client.Observers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The registrations of this session of the console, newest first. Thread-safe; observers are told on any thread. */
@Component(service = Registrations.class)
public final class Registrations {
    private static final String STATES = "registrations";

    private final Path folder;
    private final Instant began;
    private final Clock clock;
    private final HostKeys keys;
    private final ExecutorService background =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("holdfast-register-", 0).factory());
    private final List<Registration> all = new CopyOnWriteArrayList<>();
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
        background.execute(this::tidy);
    }

    /** Takes away what a console has left that ended while it was registering; its secrets are gone anyway. */
    private void tidy() {
        try (var left = Files.newDirectoryStream(folder.resolve(STATES))) {
            for (Path file : left) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(began)) {
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

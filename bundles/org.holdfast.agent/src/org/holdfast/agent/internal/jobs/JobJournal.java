package org.holdfast.agent.internal.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.SafeFile;
import org.holdfast.protocol.common.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All jobs the agent knows of, each in a file of its own in the folder {@code jobs}. A job stays until the vault knows
 * how it ended; of those that it knows, the newest are kept for people on the server. Thread-safe.
 */
public final class JobJournal {
    private static final Logger LOG = LoggerFactory.getLogger(JobJournal.class);
    private static final int KEPT = 200;
    private static final String SUFFIX = ".json";

    private final Path folder;
    private final Map<String, JobEntry> entries = new LinkedHashMap<>();

    /** Reads the journal. A damaged entry is put aside and told, the others count. */
    public JobJournal(AgentHome home) throws IOException {
        folder = home.resolve("jobs");
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(f -> f.toString().endsWith(SUFFIX)).map(this::load).flatMap(Optional::stream)
                    .sorted(Comparator.comparing(JobEntry::created).thenComparing(JobEntry::id))
                    .forEach(e -> entries.put(e.id(), e));
        }
    }

    private Optional<JobEntry> load(Path file) {
        try {
            return Optional.of(Json.read(Files.readAllBytes(file), JobEntry.class));
        } catch (IOException e) {
            LOG.warn("The journal entry {} cannot be read and is put aside: {}", file, e.getMessage());
            try {
                Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
            } catch (IOException again) {
                throw new UncheckedIOException(again);
            }
            return Optional.empty();
        }
    }

    /** All jobs, oldest first. */
    public synchronized List<JobEntry> all() {
        return List.copyOf(entries.values());
    }

    /** One job. */
    public synchronized Optional<JobEntry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Jobs the vault does not know the end of, oldest first. */
    public synchronized List<JobEntry> unsettled() {
        return entries.values().stream().filter(e -> !e.settled()).toList();
    }

    /**
     * Adds a job.
     *
     * @return false when it is there already: whoever asked for it asked twice
     */
    public synchronized boolean add(JobEntry entry) {
        if (entries.containsKey(entry.id())) {
            return false;
        }
        store(entry);
        entries.put(entry.id(), entry);
        return true;
    }

    /** Changes a job; a final state never changes again. Returns the job as it is now. */
    public synchronized JobEntry change(String id, UnaryOperator<JobEntry> step) {
        JobEntry before = entries.get(id);
        if (before == null) {
            throw new IllegalArgumentException("unknown job " + id);
        }
        JobEntry after = step.apply(before);
        if (before.state().isFinal() && after.state() != before.state()) {
            return before;
        }
        if (!after.equals(before)) {
            store(after);
            entries.put(id, after);
            forgetOld();
        }
        return after;
    }

    private void forgetOld() {
        long settled = entries.values().stream().filter(JobEntry::settled).count();
        if (settled <= KEPT) {
            return;
        }
        List<JobEntry> old = entries.values().stream().filter(JobEntry::settled).limit(settled - KEPT).toList();
        for (JobEntry entry : old) {
            entries.remove(entry.id());
            try {
                SafeFile.delete(file(entry.id()));
            } catch (IOException e) {
                LOG.warn("An old journal entry cannot be removed: {}", e.getMessage());
            }
        }
    }

    private void store(JobEntry entry) {
        try {
            SafeFile.write(file(entry.id()), Json.bytes(entry));
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be written", e);
        }
    }

    private Path file(String id) {
        if (!id.matches("[0-9a-zA-Z-]{1,64}")) {
            throw new IllegalArgumentException("not the id of a job: " + id);
        }
        return folder.resolve(id + SUFFIX);
    }
}

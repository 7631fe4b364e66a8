package org.holdfast.console.install.internal.run;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostList;

/**
 * What was entered for a registration, in a file, so that it can be gone on with after the console was closed or
 * killed; never a secret, which is asked for again. Thread-safe.
 */
public final class Draft {
    static final String SUFFIX = ".draft";
    private static final String HOSTS = "hosts";
    private static final String DONE = "done";

    private final Path file;
    private final Properties values = new Properties();

    /** @param file need not be there yet */
    Draft(Path file) {
        this.file = file;
    }

    /**
     * Reads one.
     *
     * @throws IOException when it cannot be read
     */
    static Draft read(Path file) throws IOException {
        var draft = new Draft(file);
        draft.values.load(new StringReader(Files.readString(file)));
        return draft;
    }

    /** Where the steps of its hosts are remembered. */
    public Path state() {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ".json");
    }

    /** A value, or another when there is none. */
    public synchronized String get(String key, String otherwise) {
        return values.getProperty(key, otherwise);
    }

    /** Sets a value that is no secret. */
    public synchronized void put(String key, String value) {
        values.setProperty(key, value);
    }

    /** Sets the hosts. */
    public void setHosts(List<HostEntry> hosts) {
        var text = new StringBuilder("host,port,name,user,folders,tags,policy,proxy,fingerprint\n");
        for (HostEntry h : hosts) {
            text.append(String.join(",", h.host(), String.valueOf(h.port()), h.name(), orEmpty(h.user()),
                    String.join("|", h.folders()), String.join("|", h.tags()), orEmpty(h.policy()),
                    h.proxy() == null ? "" : h.proxy().isEmpty() ? "none" : h.proxy(), orEmpty(h.fingerprint())))
                    .append('\n');
        }
        put(HOSTS, text.toString());
        put(DONE, "");
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** Takes down which hosts have ended well; says whether that was news. */
    boolean setDone(Collection<String> keys) {
        String all = String.join(" ", new TreeSet<>(keys));
        boolean news = !all.equals(get(DONE, ""));
        put(DONE, all);
        return news;
    }

    private Set<String> done() {
        return Set.of(get(DONE, "").isEmpty() ? new String[0] : get(DONE, "").split(" "));
    }

    /** The hosts that have not ended well, as a list that the wizard reads. */
    public String open() {
        Set<String> done = done();
        String all = get(HOSTS, "");
        List<String> keys = HostList.parse(all).hosts().stream().map(HostEntry::key).toList();
        List<String> lines = all.lines().toList();
        if (keys.size() != lines.size() - 1) {
            return all;
        }
        return lines.getFirst() + '\n' + java.util.stream.IntStream.range(0, keys.size())
                .filter(i -> !done.contains(keys.get(i))).mapToObj(i -> lines.get(i + 1))
                .collect(Collectors.joining("\n"));
    }

    /** How many hosts there are. */
    public int count() {
        return HostList.parse(get(HOSTS, "")).hosts().size();
    }

    /** How many of them have not ended well. */
    public int countOpen() {
        return count() - done().size();
    }

    /**
     * Writes it, readable for this user alone.
     *
     * @throws IOException when it cannot be written
     */
    void save() throws IOException {
        Files.createDirectories(file.getParent());
        var text = new StringWriter();
        synchronized (this) {
            values.store(text, null);
        }
        Path next = file.resolveSibling(UUID.randomUUID() + ".next");
        NewFile.write(next, () -> text.toString().getBytes(StandardCharsets.UTF_8));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forgets it, and what was done. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(state());
    }

    Path file() {
        return file;
    }
}

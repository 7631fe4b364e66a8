package org.holdfast.console.install.internal.pick;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.holdfast.console.install.discovery.FoundHost;
import org.holdfast.console.install.discovery.ServerDiscovery;

/** Hosts to which this person has connected with SSH: {@code ~/.ssh/known_hosts}. Hashed names cannot be read. */
public final class KnownHosts implements ServerDiscovery {
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]+)]:(\\d{1,5})");

    private final Path file;

    /** Called by the console. */
    public KnownHosts() {
        this(Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
    }

    /** @param file need not be there */
    public KnownHosts(Path file) {
        this.file = file;
    }

    @Override
    public List<FoundHost> find() throws IOException {
        var found = new ArrayList<FoundHost>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        for (String line : lines) {
            String names = line.strip().split("\\s+")[0];
            if (!names.isEmpty() && !names.startsWith("#") && !names.startsWith("@") && !names.startsWith("|")) {
                found.add(host(names.split(",")[0]));
            }
        }
        return found.stream().filter(host -> !host.host().contains("*") && !host.host().startsWith("!")).distinct()
                .toList();
    }

    private static FoundHost host(String name) {
        Matcher port = WITH_PORT.matcher(name);
        return port.matches() ? new FoundHost(port.group(1), Integer.parseInt(port.group(2)), "", "")
                : FoundHost.of(name);
    }
}

package org.holdfast.console.install.internal.pick;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import org.holdfast.agent.install.HostList;
import org.holdfast.console.install.discovery.FoundHost;
import org.holdfast.console.install.discovery.ServerDiscovery;

/** The hosts file of this computer, without the entries of the computer itself. */
public final class HostsFile implements ServerDiscovery {
    private final Path file;

    /** Called by the console. */
    public HostsFile() {
        this(System.getenv("SystemRoot") == null ? Path.of("/etc/hosts")
                : Path.of(System.getenv("SystemRoot"), "System32", "drivers", "etc", "hosts"));
    }

    /** @param file need not be there */
    public HostsFile(Path file) {
        this.file = file;
    }

    @Override
    public List<FoundHost> find() throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (MalformedInputException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return HostList.parse(text).hosts().stream().map(host -> new FoundHost(host.host(), host.port(),
                host.name().equals(host.host()) ? "" : host.name(), "")).toList();
    }
}

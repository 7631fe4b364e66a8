package org.holdfast.source.files.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Names of owners and back, remembered for as long as this object lives. The local files answer most questions
 * without loading anything; what they do not know goes to the name service (directories such as LDAP).
 */
public final class Owners {
    private final Map<Integer, Optional<String>> names = new ConcurrentHashMap<>();
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final NameLookup service;

    private Owners(Path file, NameLookup service) {
        this.service = service;
        try {
            for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
                String[] parts = line.split(":", 4);
                if (parts.length == 4 && !parts[0].isEmpty() && parts[2].matches("[0-9]{1,10}")) {
                    String name = new String(parts[0].getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                    int id = (int) Long.parseLong(parts[2]);
                    names.putIfAbsent(id, Optional.of(name));
                    ids.putIfAbsent(name, id);
                }
            }
        } catch (IOException e) {
            names.clear(); // then the service is asked for all
        }
    }

    /** Users of the system, then those the service knows. */
    public static Owners users(NameLookup service) {
        return new Owners(Path.of("/etc/passwd"), service);
    }

    /** Groups of the system, then those the service knows. */
    public static Owners groups(NameLookup service) {
        return new Owners(Path.of("/etc/group"), service);
    }

    /** Name of an id, or null. */
    public @Nullable String name(int id) {
        return names.computeIfAbsent(id, i -> Optional.ofNullable(service.name(i))).orElse(null);
    }

    /** Id of a name, or -1. */
    public int id(String name) {
        return ids.computeIfAbsent(name, service::id);
    }
}

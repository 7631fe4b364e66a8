package org.holdfast.source.files.internal.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Names of owners and back, remembered for as long as this object lives. The local files answer most questions
 * without loading anything; what they do not know goes to the name service (directories such as LDAP).
 */
final class Owners {
    private final Map<Integer, Optional<String>> names = new ConcurrentHashMap<>();
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final NameService service;

    private Owners(Path file, NameService service) {
        this.service = service;
        var fileNames = new HashMap<Integer, Optional<String>>();
        try {
            for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
                String[] parts = line.split(":", 4);
                if (parts.length == 4 && !parts[0].isEmpty() && parts[2].matches("[0-9]{1,10}")) {
                    String name = utf8(parts[0].getBytes(StandardCharsets.ISO_8859_1));
                    int id = (int) Long.parseLong(parts[2]);
                    fileNames.putIfAbsent(id, Optional.of(name));
                    ids.putIfAbsent(name, id);
                }
            }
        } catch (IOException e) {
            fileNames.clear(); // the name service is asked for all then
        }
        names.putAll(fileNames);
    }

    /** Users. */
    static Owners users() {
        return new Owners(Path.of("/etc/passwd"), NameService.USERS);
    }

    /** Groups. */
    static Owners groups() {
        return new Owners(Path.of("/etc/group"), NameService.GROUPS);
    }

    /** Name of an id, or null. */
    @Nullable
    String name(int id) {
        return names.computeIfAbsent(id, i -> Optional.ofNullable(service.name(i))).orElse(null);
    }

    /** Id of a name, or -1. */
    int id(String name) {
        return ids.computeIfAbsent(name, service::id);
    }

    static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

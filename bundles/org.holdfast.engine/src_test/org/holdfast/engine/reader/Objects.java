package org.holdfast.engine.reader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The objects of a vault in a directory, as format.md §2 says. */
final class Objects {
    private final Path root;

    Objects(Path root) {
        this.root = root;
    }

    byte[] get(String name) {
        String file = name.startsWith("data/") || name.startsWith("meta/")
                ? name.substring(0, 5) + name.substring(5, 7) + "/" + name.substring(5)
                : name;
        try {
            byte[] bytes = Files.readAllBytes(root.resolve(file));
            int hash = name.length() - 64;
            if (hash > 0 && !name.startsWith("damaged/") && !name.startsWith("slots/")) {
                Damaged.unless(name.endsWith(Crypto.sha256(bytes)), name + " is not what its name says");
            }
            return bytes;
        } catch (IOException e) {
            throw new Damaged(name + " is missing", e);
        }
    }

    /** Names of all packs. */
    List<String> packs() {
        var packs = new ArrayList<String>();
        for (String kind : List.of("data", "meta")) {
            for (String shard : list(kind)) {
                list(shard).forEach(file -> packs.add(kind + "/" + file.substring(shard.length() + 1)));
            }
        }
        return packs;
    }

    /** Names below a directory that is one level deep. */
    List<String> list(String directory) {
        if (!Files.isDirectory(root.resolve(directory))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(root.resolve(directory))) {
            return files.map(f -> directory + "/" + f.getFileName()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

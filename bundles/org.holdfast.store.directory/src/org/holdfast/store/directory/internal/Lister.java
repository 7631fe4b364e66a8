package org.holdfast.store.directory.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.ObjectInfo;

/** Walks the directories that can hold names with a prefix; holds one open directory per level and nothing else. */
final class Lister {
    private final String prefix;
    private final Consumer<ObjectInfo> visitor;

    Lister(String prefix, Consumer<ObjectInfo> visitor) {
        this.prefix = prefix;
        this.visitor = visitor;
    }

    void list(Path root) throws IOException {
        // Unlike a directory below it, the root must be there: an unmounted share is not an empty vault.
        directory(root, "", true);
    }

    private void directory(Path directory, String relative, boolean required) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                entry(entry, relative.isEmpty() ? name : relative + "/" + name);
            }
        } catch (NoSuchFileException e) {
            if (required) {
                throw e;
            }
        } catch (DirectoryIteratorException e) {
            // Half a listing would look like missing objects: collection of garbage must fail instead.
            throw e.getCause();
        }
    }

    private void entry(Path entry, String relative) throws IOException {
        if (relative.equals(Layout.TEMP)) {
            return;
        }
        BasicFileAttributes attributes = attributes(entry);
        if (attributes == null) {
            return;
        }
        if (attributes.isDirectory()) {
            String common = Layout.commonPrefix(relative);
            if (common != null && (common.startsWith(prefix) || prefix.startsWith(common))) {
                directory(entry, relative, false);
            }
        } else if (attributes.isRegularFile()) {
            String name = Layout.name(relative);
            if (name != null && name.startsWith(prefix)) {
                visitor.accept(new ObjectInfo(name, attributes.size(), attributes.lastModifiedTime().toInstant()));
            }
        }
    }

    private static @Nullable BasicFileAttributes attributes(Path entry) throws IOException {
        try {
            return Files.readAttributes(entry, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return null; // deleted since the directory was read
        }
    }
}

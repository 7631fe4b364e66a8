package org.holdfast.source.files.internal.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.source.ExtendedAttribute;

/** User attributes of files and directories, the only ones the Java library knows; named as Linux names them. */
final class NioAttributes {
    private static final String PREFIX = "user.";

    private NioAttributes() {
    }

    private static @Nullable UserDefinedFileAttributeView view(Path path, int type) {
        if (type != NioStat.REGULAR && type != NioStat.DIRECTORY) {
            return null;
        }
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Reads all; none where the file system has none. */
    static List<ExtendedAttribute> read(Path path, int type) throws IOException {
        UserDefinedFileAttributeView view = view(path, type);
        if (view == null || !Files.getFileStore(path).supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
            return List.of();
        }
        var all = new ArrayList<ExtendedAttribute>();
        for (String name : view.list()) {
            var value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            all.add(new ExtendedAttribute((PREFIX + name).getBytes(StandardCharsets.UTF_8),
                    Arrays.copyOf(value.array(), value.position())));
        }
        all.sort(Comparator.comparing(ExtendedAttribute::name, Arrays::compareUnsigned));
        return List.copyOf(all);
    }

    /** Makes the attributes those that are wanted; what fails is told in sentences. */
    static void write(Path path, int type, List<ExtendedAttribute> wanted, List<String> missed) {
        UserDefinedFileAttributeView view = view(path, type);
        var names = wanted.stream().map(a -> new String(a.name(), StandardCharsets.UTF_8)).toList();
        if (view != null) {
            try {
                for (String name : view.list()) {
                    if (!names.contains(PREFIX + name)) {
                        view.delete(name);
                    }
                }
            } catch (IOException e) {
                view = wanted.isEmpty() ? view : null;
            }
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (view == null || !name.startsWith(PREFIX)) {
                missed.add("The extended attribute " + name + " could not be set: not possible on this system.");
                continue;
            }
            try {
                view.write(name.substring(PREFIX.length()), ByteBuffer.wrap(wanted.get(i).value()));
            } catch (IOException e) {
                missed.add("The extended attribute " + name + " could not be set: " + e.getMessage() + ".");
            }
        }
    }
}

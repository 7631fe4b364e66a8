package org.holdfast.source.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.NameTable;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetDirectory;

/** Runs as a user without rights and prints what happens; {@link UnprivilegedTest} judges. */
public final class UnprivilegedProbe {
    private interface Step {
        Object run() throws IOException;
    }

    private UnprivilegedProbe() {
    }

    /** Entry point: what to read, where to restore to. */
    public static void main(String[] args) throws IOException {
        var provider = new FilesSourceProvider();
        try (var source = provider.open(); var directory = source.openDirectory(RawPath.of(args[0]))) {
            read(directory);
        }
        try (var target = provider.openTarget(RawPath.of(args[1])); var directory = target.root()) {
            say("owners", target::canSetOwner);
            restore(directory);
        }
    }

    private static void read(SourceDirectory directory) {
        var names = new NameTable();
        var stats = new StatTable();
        say("list", () -> {
            directory.list(names, new CancelToken());
            directory.stat(names, 0, names.count(), stats);
            return names.count() + " " + Integer.toOctalString(stats.mode[0]) + " "
                    + Integer.toOctalString(stats.mode[1]);
        });
        say("closed directory", () -> directory.openDirectory(name("closed directory")));
        say("closed file", () -> directory.openFile(name("closed file")));
        say("attributes", () -> directory.attributes(name("closed file"), 0100000).size());
        say("open file", () -> {
            try (var file = directory.openFile(name("open file"))) {
                return file.read(0, new byte[100], 0, 100);
            }
        });
        say("no search", () -> {
            try (var below = directory.openDirectory(name("no search"))) {
                below.list(names, new CancelToken());
                below.stat(names, 0, names.count(), stats);
                return names.count() + " " + stats.mode[0];
            }
        });
    }

    private static void restore(TargetDirectory directory) {
        var attributes = List.of(new ExtendedAttribute(name("user.ours"), name("x")),
                new ExtendedAttribute(name("trusted.theirs"), name("x")),
                new ExtendedAttribute(name("security.selinux"), name("x")));
        say("metadata", () -> {
            try (var file = directory.file(name("file"), false)) {
                return file.setMetadata(new RestoreTarget.Metadata(06755, 0, 0, 5, 6, attributes));
            }
        });
        say("own", () -> directory.setMetadata(name("file"), 0100000,
                new RestoreTarget.Metadata(04711, 65534, 65534, 7, 8, null)));
        say("foreign group", () -> directory.setMetadata(name("file"), 0100000,
                new RestoreTarget.Metadata(06711, 65534, 12, 7, 8, null)));
        say("fifo", () -> {
            directory.special(name("fifo"), 0010000, 0);
            return "made";
        });
        say("device", () -> {
            directory.special(name("device"), 0020000, 1L << 32 | 3);
            return "made";
        });
        say("closed target", () -> {
            directory.directory(name("d")).close();
            directory.setMetadata(name("d"), 0040000, new RestoreTarget.Metadata(0, -1, -1, 0, -1, null));
            return directory.setMetadata(name("d"), 0040000, new RestoreTarget.Metadata(0700, -1, -1, 0, -1, null));
        });
    }

    private static void say(String what, Step step) {
        Object result;
        try {
            result = step.run();
        } catch (IOException e) {
            result = e.getClass().getSimpleName() + " " + e.getMessage();
        }
        System.out.println(what + ": " + result);
    }

    private static byte[] name(String text) {
        return text.getBytes(UTF_8);
    }
}

package org.holdfast.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.api.vault.VaultInfo;
import org.holdfast.api.vault.VaultService;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.cli.internal.input.NativePaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration, with a vault that copies files and may be told to do it badly. */
class DemoTest {
    @TempDir
    private Path folder;
    private final Run cli = new Run();
    private final CopyingVault vault = new CopyingVault();
    private Path data;
    private Path demo;

    private int demo(String... options) throws IOException {
        data = Files.createDirectories(folder.toRealPath().resolve("data"));
        Files.createDirectories(data.resolve("sub"));
        Files.writeString(data.resolve("sub/one"), "1");
        Files.writeString(data.resolve("two"), "22");
        cli.service = vault;
        var arguments = new ArrayList<>(List.of("demo", data.toString()));
        Collections.addAll(arguments, options);
        return cli.run(arguments.toArray(String[]::new));
    }

    private void removeTraces() throws IOException {
        demo = vault.place.getParent();
        if (Files.exists(demo)) {
            try (var files = Files.walk(demo)) {
                for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void tellsEveryStep() throws IOException {
        assertEquals(0, demo(), cli.err());
        try {
            for (var text : List.of("1. Create a vault", "2. Back up ", "3. Back up again", "4. List", "5. Browse",
                    "6. Restore",
                    "7. Compare", "2 files, 2 directories, 3 B: names, content", "\nEverything matches.\n",
                    "What to try next",
                    " browse ", "rm -rf ")) {
                assertTrue(cli.out().contains(text), text + " in " + cli.out());
            }
            assertTrue(Files.exists(vault.place));
            assertTrue(vault.passphrase.length() >= 16);
            var file = vault.place.resolveSibling("passphrase");
            assertEquals(vault.passphrase + "\n", Files.readString(file));
            assertEquals("rw-------",
                    java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertFalse(Files.exists(vault.place.resolveSibling("restored")));
        } finally {
            removeTraces();
        }
    }

    @Test
    void keepsOrRemovesOnDemand() throws IOException {
        assertEquals(0, demo("--keep"));
        assertTrue(Files.exists(vault.place.resolveSibling("restored").resolve("data/two")));
        removeTraces();
        assertEquals(0, demo("--clean", "--json"));
        assertFalse(Files.exists(vault.place.getParent()));
        assertTrue(cli.events().getLast().get("matches").asBoolean());
        assertEquals(2, cli.events().getLast().get("files").asInt());
    }

    @Test
    void anyDifferenceFails() throws IOException {
        vault.sabotage = true;
        assertEquals(1, demo());
        try {
            assertFalse(cli.out().contains("Everything matches"), cli.out());
            assertTrue(cli.out().contains("/two has 2 bytes but came back with 3"), cli.out());
            assertTrue(Files.exists(vault.place.resolveSibling("restored")), "kept to look at");
        } finally {
            removeTraces();
        }
    }

    @Test
    void whatWarningsNameIsToldApart() throws IOException {
        vault.sabotage = true;
        vault.warnAbout = "two";
        assertEquals(3, demo());
        try {
            assertTrue(cli.out().contains("Everything that could be read and written matches; not compared:"),
                    cli.out());
            assertTrue(cli.err().contains("warning: "), cli.err());
        } finally {
            removeTraces();
        }
    }

    @Test
    void failuresLeaveNothingBehind() throws IOException {
        vault.failure = new IllegalStateException("odd");
        assertEquals(1, demo());
        assertFalse(Files.exists(vault.place.getParent()));
        assertEquals(1, cli.run("demo", folder.resolve("none").toString()));
        assertTrue(cli.err().startsWith("holdfast: There is no directory"), cli.err());
    }

    /** Keeps no data: a restore copies the original. */
    private static final class CopyingVault extends FakeVault implements VaultService {
        private Path place;
        private String passphrase;
        private RawPath item;
        private boolean sabotage;
        private String warnAbout;

        @Override
        public VaultInfo create(String location, char[] secret) {
            place = Path.of(location);
            passphrase = new String(secret);
            try {
                Files.createDirectory(place);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return info();
        }

        @Override
        public OpenVault open(String location, char[] secret) {
            assertEquals(passphrase, new String(secret));
            return this;
        }

        @Override
        public BackupResult backup(BackupRequest request, ProgressSink progress, CancelToken cancel) {
            item = request.items().getFirst();
            points.clear();
            points.add(new PointSummary("d4".repeat(16), Samples.TIME, Duration.ZERO, "alpha", item.parent(),
                    request.items(),
                    PointState.COMPLETED, 2, 2, 3, 3, 0, null));
            if (failure != null) {
                throw failure;
            }
            return new BackupResult(points.getFirst(), 2, 0, 0, 0, 3, 2, 0, false, List.of());
        }

        @Override
        public RestoreResult restore(RestoreRequest request, ProgressSink progress, CancelToken cancel) {
            try {
                var target = NativePaths.path(request.target());
                var from = NativePaths.path(item.parent());
                Files.createDirectories(target);
                copy(NativePaths.path(item), from, target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (warnAbout != null) {
                var warning = new Warning(item.child(warnAbout), Problem.FILE_CHANGED, "It changed.");
                progress.warning(warning);
                warnings.add(warning);
            }
            return new RestoreResult(request.target(), 2, 2, 3, 0, 0, 0, 0, warnings);
        }

        private void copy(Path file, Path from, Path target) throws IOException {
            var copy = target.resolve(from.relativize(file));
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            if (Files.isDirectory(file)) {
                try (var children = Files.list(file)) {
                    for (var child : children.toList()) {
                        copy(child, from, target);
                    }
                }
                Files.setLastModifiedTime(copy, Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS));
            } else if (sabotage && file.endsWith("two")) {
                Files.writeString(copy, "222");
                Files.setLastModifiedTime(copy, Files.getLastModifiedTime(file));
            }
        }

        @Override
        public OpenVault openWithRecoveryKey(String location, String recoveryKey) {
            throw new UnsupportedOperationException();
        }

        @Override
        public VaultInfo inspect(String location) {
            return info();
        }

        @Override
        public VerifyResult verify(String location, boolean readData, ProgressSink progress, CancelToken cancel) {
            throw new UnsupportedOperationException();
        }
    }
}

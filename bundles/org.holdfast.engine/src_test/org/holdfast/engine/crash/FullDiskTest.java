package org.holdfast.engine.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The file system of a vault fills up in the middle of a backup: a real one, not a fault somebody thought up. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private TempTree temp;
    private Path disk;
    private Path tree;
    private boolean mounted;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        temp = new TempTree();
        disk = Files.createDirectory(temp.resolve("disk"));
        tree = Files.createDirectory(temp.resolve("tree"));
        mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", disk.toString());
        assumeTrue(mounted, "file systems cannot be mounted here");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        boolean gone = !mounted || succeeds("umount", disk.toString());
        if (gone) {
            temp.close();
        }
        assertTrue(gone, "still mounted: " + disk);
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aFullDiskHurtsOnlyTheBackupThatFilledIt() throws IOException, InterruptedException {
        String location = disk.resolve("vault").toString();
        char[] passphrase = CrashChild.PASSPHRASE.toCharArray();
        CrashChild.service().create(location, passphrase);
        write("first", 2 << 20);
        String before = Trees.digest(tree);
        try (OpenVault vault = CrashChild.service().open(location, passphrase)) {
            String first = backup(vault);
            for (int i = 0; i < 16; i++) {
                write("more" + i, 1 << 20);
            }
            HoldfastException full = assertThrows(HoldfastException.class, () -> backup(vault));
            assertEquals(Problem.STORE_FULL, full.problem(), full.getMessage());
            try (var parts = Files.list(disk.resolve("vault").resolve("tmp"))) {
                assertEquals(List.of(), parts.toList());
            }
            assertEquals(1, vault.points().size());
            check(vault, first, before);
            // The disk grows, as a person would help.
            assertTrue(succeeds("mount", "-o", "remount,size=64m", disk.toString()));
            String after = Trees.digest(tree);
            String second = backup(vault);
            check(vault, first, before);
            check(vault, second, after);
        }
    }

    private void write(String name, int length) throws IOException {
        Trees.write(tree.resolve(name), new Random(name.hashCode()), length);
    }

    private String backup(OpenVault vault) {
        var request = BackupRequest.of(List.of(RawPath.of(tree.toString())));
        return vault.backup(request, ProgressSink.NONE, new CancelToken()).point().id();
    }

    private void check(OpenVault vault, String point, String digest) throws IOException {
        assertEquals(List.of(), vault.verify(true, ProgressSink.NONE, new CancelToken()).damages());
        try (var target = new TempTree(temp.path())) {
            vault.restore(
                    new RestoreRequest(point, List.of(), RawPath.of(target.path().toString()), IfExists.COPY, true,
                            true, false),
                    ProgressSink.NONE, new CancelToken());
            assertEquals(digest, Trees.digest(target.resolve("tree")));
        }
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            return false;
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}

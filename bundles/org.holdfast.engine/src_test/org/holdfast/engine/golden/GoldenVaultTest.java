package org.holdfast.engine.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.engine.reader.ReaderListing;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The vault that version 1 wrote opens, and everything in it comes back, in this version and every later one. */
@EnabledOnOs(OS.LINUX)
class GoldenVaultTest {
    private static final Clock CLOCK = Clock.systemUTC();

    private final LocalVaultService service = new LocalVaultService(List.of(new DirectoryStoreProvider(CLOCK)),
            List.of(new FilesSourceProvider()), CLOCK);
    private TempTree temp;
    private Path location;

    @BeforeEach
    void unpack() throws IOException {
        temp = TempTree.inMemory();
        location = GoldenVault.unpack(temp.path());
    }

    @AfterEach
    void clean() {
        temp.close();
    }

    private OpenVault open() {
        return service.open(location.toString(), GoldenVault.PASSPHRASE.toCharArray());
    }

    @Test
    void passphraseAndRecoveryKeyOpenIt() {
        try (OpenVault vault = open();
                OpenVault again = service.openWithRecoveryKey(location.toString(), GoldenVault.RECOVERY_KEY)) {
            assertEquals(2, vault.points().size());
            assertEquals(vault.points(), again.points());
            assertEquals(2, vault.keySlots().size());
        }
        HoldfastException e = assertThrows(HoldfastException.class,
                () -> service.open(location.toString(), "not the passphrase of it".toCharArray()));
        assertEquals(Problem.WRONG_PASSPHRASE, e.problem());
    }

    @Test
    void pointsSayWhatTheyAre() throws IOException {
        try (OpenVault vault = open()) {
            for (int i = 0; i < 2; i++) {
                PointSummary point = vault.points().get(i);
                List<String> expected = GoldenVault.expected().get(i);
                assertEquals("golden", point.server());
                assertEquals(RawPath.of("/srv"), point.base());
                assertEquals(List.of(RawPath.of("/srv/golden")), point.items());
                long directories = expected.stream().filter(line -> line.contains(" dir ")).count();
                assertEquals(directories, point.directories());
                assertEquals(expected.size() - directories, point.files());
                assertEquals(0, point.warnings());
                assertTrue(vault.details(point.id()).signatureValid());
            }
        }
    }

    @Test
    void browsingShowsEverything() throws IOException {
        try (OpenVault vault = open()) {
            for (int i = 0; i < 2; i++) {
                var lines = new ArrayList<String>();
                browse(vault, vault.points().get(i).id(), RawPath.EMPTY, lines);
                assertEquals(GoldenVault.expected().get(i).stream().map(GoldenVaultTest::browsable).toList(), lines);
            }
        }
    }

    private static void browse(OpenVault vault, String point, RawPath directory, List<String> lines) {
        for (Entry entry : vault.list(point, directory, 0, Integer.MAX_VALUE).entries()) {
            RawPath path = entry.path().relativeTo(RawPath.of("/srv"));
            String name = path.segments().stream().map(GoldenVaultTest::escape).collect(Collectors.joining("/"));
            String type = switch (entry.type()) {
                case FILE -> "file";
                case DIRECTORY -> "dir";
                case SYMBOLIC_LINK -> "link";
                case FIFO -> "fifo";
                case SOCKET -> "socket";
                case CHARACTER_DEVICE -> "char";
                case BLOCK_DEVICE -> "block";
            };
            lines.add("%s %s %04o %s:%s %d.%09d%s".formatted(name, type, entry.mode(),
                    Integer.toUnsignedString(entry.uid()), Integer.toUnsignedString(entry.gid()),
                    entry.modified().getEpochSecond(), entry.modified().getNano(),
                    entry.type() == EntryType.FILE ? " " + entry.size() : ""));
            if (entry.type() == EntryType.DIRECTORY) {
                browse(vault, point, path, lines);
            }
        }
    }

    /** The part of an expected line that browsing shows. */
    private static String browsable(String line) {
        String[] parts = line.split(" ");
        int count = parts[1].equals("file") ? 6 : 5;
        return String.join(" ", List.of(parts).subList(0, count));
    }

    private RestoreResult restore(OpenVault vault, PointSummary point, Path target, boolean owners,
            boolean permissions) {
        return vault.restore(new RestoreRequest(point.id(), List.of(), RawPath.of(target.toString()), IfExists.COPY,
                owners, permissions, false), ProgressSink.NONE, new CancelToken());
    }

    @Test
    void contentOfAllFilesComesBack() throws IOException {
        try (OpenVault vault = open()) {
            for (int i = 0; i < 2; i++) {
                Path target = temp.resolve("restored-" + i);
                restore(vault, vault.points().get(i), target, false, false);
                int files = 0;
                for (String line : GoldenVault.expected().get(i)) {
                    String[] parts = line.split(" ");
                    // Java cannot open a path of more than 4096 bytes, nor names that are no text.
                    if (parts[1].equals("file") && parts[0].length() < 4000 && parts[0].indexOf('%') < 0) {
                        files++;
                        Path file = target.resolve(parts[0]);
                        if (Files.isReadable(file)) {
                            assertEquals(parts[6], sha256(file), parts[0]);
                        }
                        assertEquals(Long.parseLong(parts[5]), Files.size(file), parts[0]);
                    }
                }
                assertTrue(files > 1700);
            }
        }
    }

    /**
     * Restores everything as root, backs that up into a new vault, and has the second reader list it: what comes out
     * has gone through restore, source, backup and a program that shares nothing with them.
     */
    @Test
    void everythingComesBackAsItWas() throws IOException {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(temp.path(), "unix:uid")), "needs to be root");
        if (!keepsAttributes(temp.path())) {
            temp.close();
            temp = new TempTree();
            location = GoldenVault.unpack(temp.path());
        }
        Path other = temp.resolve("other");
        try (OpenVault vault = open()) {
            service.create(other.toString(), GoldenVault.PASSPHRASE.toCharArray());
            try (OpenVault second = service.open(other.toString(), GoldenVault.PASSPHRASE.toCharArray())) {
                String key = second.addRecoveryKey();
                for (int i = 0; i < 2; i++) {
                    Path target = temp.resolve("restored-" + i);
                    RestoreResult result = restore(vault, vault.points().get(i), target, true, true);
                    assertEquals(List.of(), result.warnings());
                    second.backup(BackupRequest.of(List.of(RawPath.of(target + "/golden"))), ProgressSink.NONE,
                            new CancelToken());
                }
                assertEquals(GoldenVault.expected(), ReaderListing.of(other, key));
            }
        }
    }

    /** File systems in memory have them on new kernels only. */
    private static boolean keepsAttributes(Path directory) {
        try {
            Files.setAttribute(directory, "user:test", ByteBuffer.allocate(1));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String escape(byte[] name) {
        var out = new StringBuilder();
        for (char c : new String(name, StandardCharsets.ISO_8859_1).toCharArray()) {
            out.append(c >= 0x21 && c <= 0x7e && c != '%' ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return out.toString();
    }
}

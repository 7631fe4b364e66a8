package org.holdfast.engine.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.api.vault.RetainRequest;
import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.engine.internal.objects.KeyRing;
import org.holdfast.format.VaultDescriptor;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TortureTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;

/** Damage to the golden vault is told precisely, and whatever it does not hurt stays usable. */
@EnabledOnOs(OS.LINUX)
class DamagedVaultTest {
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
        return service.openWithRecoveryKey(location.toString(), GoldenVault.RECOVERY_KEY);
    }

    private Path object(String prefix) throws IOException {
        return location.resolve(objects(prefix).get(0));
    }

    private List<String> objects(String prefix) throws IOException {
        return GoldenVault.objects(location).stream().filter(name -> name.startsWith(prefix)).toList();
    }

    private static void change(Path file, int at, int value) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        assertFalse(bytes[at] == (byte) value);
        bytes[at] = (byte) value;
        Files.write(file, bytes);
    }

    private void flip(Path file, int at) throws IOException {
        change(file, at, Files.readAllBytes(file)[at] ^ 0x20);
    }

    private HoldfastException refused(Problem problem) {
        HoldfastException e = assertThrows(HoldfastException.class, () -> open().close());
        assertEquals(problem, e.problem(), e.getMessage());
        return e;
    }

    private RestoreResult restore(OpenVault vault, String point) {
        return vault.restore(new RestoreRequest(point, List.of(RawPath.of("golden/sizes")),
                RawPath.of(temp.resolve("restored") + ""), IfExists.OVERWRITE, false, false, false),
                ProgressSink.NONE, new CancelToken());
    }

    private static int count(OpenVault vault, String point, RawPath directory) {
        int n = 0;
        for (Entry entry : vault.list(point, directory, 0, Integer.MAX_VALUE).entries()) {
            n += 1 + (entry.type() == EntryType.DIRECTORY ? count(vault, point, entry.path()) : 0);
        }
        return n;
    }

    /** Everything a vault without damage does here. */
    private void works() throws IOException {
        try (OpenVault vault = open()) {
            assertEquals(2, vault.points().size());
            for (int i = 0; i < 2; i++) {
                String point = vault.points().get(i).id();
                assertEquals(GoldenVault.expected().get(i).size(), count(vault, point, RawPath.EMPTY));
                assertEquals(List.of(), restore(vault, point).warnings());
            }
        }
    }

    @Test
    void withoutDescriptorThereIsNoVault() throws IOException {
        Files.delete(location.resolve("vault"));
        refused(Problem.VAULT_NOT_FOUND);
    }

    @Test
    void aDescriptorMustBeWhole() throws IOException {
        Path file = location.resolve("vault");
        byte[] good = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(good, good.length - 1));
        refused(Problem.OBJECT_DAMAGED);
        Files.write(file, good);
        change(file, 0, 'X');
        assertTrue(refused(Problem.OBJECT_DAMAGED).getMessage().contains("it does not start like one"));
    }

    @Test
    void aLaterVersionIsRefusedByNumber() throws IOException {
        change(location.resolve("vault"), 4, 2);
        assertTrue(refused(Problem.VAULT_UNSUPPORTED).getMessage().contains("format version 2"));
    }

    @Test
    void unknownFeaturesAreRefused() throws IOException {
        change(location.resolve("vault"), 39, 1);
        refused(Problem.VAULT_UNSUPPORTED);
    }

    /** What a later version may have put there: this one reads and leaves everything as it is. */
    @Test
    void featuresMayForbidWriting() throws IOException {
        Path file = location.resolve("vault");
        VaultDescriptor old = VaultDescriptor.parse(Files.readAllBytes(file));
        try (BlobStore store = new DirectoryStoreProvider().open(location.toString());
                SecretBytes root = KeyRing.unlockWithRecoveryKey(store, old.domainId(), GoldenVault.RECOVERY_KEY)
                        .rootKey();
                DomainKeys keys = DomainKeys.derive(root, old.domainId())) {
            byte[] body = new VaultDescriptor(old.domainId(), old.created(), 0, 4, old.publicKey()).encode();
            byte[] signature = Signatures.sign(keys.signatureSeed(), body);
            byte[] bytes = Arrays.copyOf(body, body.length + signature.length);
            System.arraycopy(signature, 0, bytes, body.length, signature.length);
            Files.write(file, bytes);
        }
        works();
        flip(object("data/1b/"), 30);
        List<String> before = GoldenVault.objects(location);
        try (OpenVault vault = open()) {
            List<Executable> writers = List.of(() -> vault.backup(BackupRequest.of(List.of(RawPath.of("/etc/hosts"))),
                    ProgressSink.NONE, new CancelToken()),
                    () -> vault.retain(new RetainRequest(1, 0, 0, 0, 0, true, false), ProgressSink.NONE,
                            new CancelToken()),
                    vault::addRecoveryKey, () -> vault.removeKeySlot("x"),
                    () -> vault.changePassphrase("another passphrase".toCharArray()));
            for (Executable writer : writers) {
                HoldfastException e = assertThrows(HoldfastException.class, writer);
                assertEquals(Problem.VAULT_UNSUPPORTED, e.problem());
            }
            assertFalse(vault.verify(true, ProgressSink.NONE, new CancelToken()).sound());
        }
        assertEquals(before, GoldenVault.objects(location), "nothing was written");
    }

    @Test
    void aForgedDescriptorIsNotTrusted() throws IOException {
        Path file = location.resolve("vault");
        byte[] good = Files.readAllBytes(file);
        for (int at : new int[] { 31, 47, 48, 79, 80, 143 }) {
            flip(file, at);
            refused(Problem.SIGNATURE_INVALID);
            Files.write(file, good);
        }
    }

    @Test
    void aVaultOfAnotherDomainHasNoSlotForTheKey() throws IOException {
        flip(location.resolve("vault"), 8);
        HoldfastException e = assertThrows(HoldfastException.class, () -> open().close());
        assertTrue(List.of(Problem.OBJECT_DAMAGED, Problem.WRONG_PASSPHRASE).contains(e.problem()), e.getMessage());
    }

    @Test
    void aTenantNeedsNoKeeperKey() throws IOException {
        Path file = location.resolve("keeper");
        flip(file, 30);
        works();
        Files.delete(file);
        works();
    }

    @Test
    void oneDamagedSlotLeavesTheOther() throws IOException {
        for (String slot : objects("slots/")) {
            Path file = location.resolve(slot);
            byte[] good = Files.readAllBytes(file);
            flip(file, good.length / 2);
            boolean recovery = good.length < 160;
            HoldfastException e = assertThrows(HoldfastException.class, () -> {
                if (recovery) {
                    open().close();
                } else {
                    service.open(location.toString(), GoldenVault.PASSPHRASE.toCharArray()).close();
                }
            });
            assertEquals(Problem.WRONG_PASSPHRASE, e.problem());
            assertTrue(e.getMessage().contains("no readable"), e.getMessage());
            if (!recovery) {
                works();
            }
            Files.write(file, good);
        }
    }

    @Test
    void aDamagedManifestHidesItsPointOnly() throws IOException {
        for (String point : objects("points/")) {
            Path file = location.resolve(point);
            byte[] good = Files.readAllBytes(file);
            for (int at : new int[] { 0, 4, 5, 30, 200, good.length - 1 }) {
                flip(file, at);
                try (OpenVault vault = open()) {
                    assertEquals(1, vault.points().size(), point + " " + at);
                    assertFalse(point.contains(vault.points().get(0).id()));
                    assertEquals(List.of(), restore(vault, "latest").warnings());
                }
                Files.write(file, good);
            }
        }
    }

    /** Segments can be made again from the packs, so losing them costs nothing but time. */
    @Test
    void theIndexCanBeLost() throws IOException {
        for (String segment : objects("index/")) {
            flip(location.resolve(segment), 40);
        }
        works();
        for (String segment : objects("index/")) {
            Files.delete(location.resolve(segment));
        }
        works();
    }

    /** Collecting must not take packs for garbage because nothing describes them; it describes them again. */
    @Test
    void collectingMendsTheIndex() throws IOException {
        for (boolean delete : new boolean[] { true, false }) {
            for (String segment : objects("index/")) {
                if (delete) {
                    Files.delete(location.resolve(segment));
                } else {
                    flip(location.resolve(segment), 40);
                }
            }
            List<String> broken = objects("index/");
            for (int run = 0; run < 2; run++) {
                try (OpenVault vault = open()) {
                    vault.retain(new RetainRequest(0, 0, 0, 0, 0, true, false), ProgressSink.NONE, new CancelToken());
                }
                works();
            }
            List<String> mended = objects("index/");
            assertFalse(mended.isEmpty());
            assertTrue(broken.stream().noneMatch(mended::contains), "what cannot be read is replaced");
        }
    }

    @Test
    void strayObjectsDisturbNobody() throws IOException {
        for (String name : List.of("data/notes.txt", "data/zz/x", "meta/readme", "index/old", "index/data-1",
                "points/x", "damaged/x", "sessions/x", "slots/x", "checkpoints/x", "other/x", "lost+found/x")) {
            Path file = location.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "not an object of the vault");
        }
        works();
        try (OpenVault vault = open()) {
            Path tree = Files.createDirectory(temp.resolve("tree"));
            Files.writeString(tree.resolve("file"), "content");
            vault.backup(BackupRequest.of(List.of(RawPath.of(tree + ""))), ProgressSink.NONE, new CancelToken());
            assertEquals(3, vault.points().size());
        }
    }

    @Test
    void aDamagedTombstoneDisturbsNobody() throws IOException {
        flip(object("tombstones/"), 30);
        works();
    }

    /** What needs a damaged pack is told by path; nothing wrong is written, and the rest comes back. */
    @Test
    void aDamagedPackHurtsWhatIsInItOnly() throws IOException {
        int hurt = 0;
        for (String pack : objects("data/")) {
            Path file = location.resolve(pack);
            byte[] good = Files.readAllBytes(file);
            for (int way = 0; way < 3; way++) {
                switch (way) {
                    case 0 -> flip(file, 24 + (good.length - 24) / 3);
                    case 1 -> Files.write(file, Arrays.copyOf(good, 30));
                    default -> Files.delete(file);
                }
                try (OpenVault vault = open()) {
                    List<String> told = new ArrayList<>();
                    for (Warning warning : restore(vault, "latest").warnings()) {
                        assertEquals(Problem.FILE_NOT_RESTORED, warning.problem());
                        assertTrue(warning.reason().endsWith("."), warning.reason());
                        told.add(warning.path().toString());
                    }
                    hurt += told.isEmpty() ? 0 : 1;
                    compare(told);
                }
                Files.write(file, good);
            }
        }
        assertTrue(hurt >= 3, "some of the packs are needed");
    }

    private void compare(List<String> told) throws IOException {
        Path restored = temp.resolve("restored");
        for (String line : GoldenVault.expected().get(1)) {
            String[] parts = line.split(" ");
            if (parts[0].startsWith("golden/sizes/")) {
                Path file = restored.resolve(parts[0]);
                if (told.contains("/srv/" + parts[0])) {
                    assertFalse(Files.exists(file), parts[0]);
                } else {
                    assertEquals(parts[6], GoldenVaultTest.sha256(file), parts[0]);
                }
            }
        }
        TortureTree.delete(restored);
    }

    /** Without its pages a directory cannot be read; the error says so, and other points are not hurt. */
    @Test
    void aDamagedMetadataPackIsTold() throws IOException {
        int hurt = 0;
        for (String pack : objects("meta/")) {
            Path file = location.resolve(pack);
            byte[] good = Files.readAllBytes(file);
            flip(file, 24 + (good.length - 24) / 4);
            try (OpenVault vault = open()) {
                for (int i = 0; i < 2; i++) {
                    String point = vault.points().get(i).id();
                    try {
                        assertEquals(GoldenVault.expected().get(i).size(), count(vault, point, RawPath.EMPTY));
                    } catch (HoldfastException e) {
                        assertEquals(Problem.OBJECT_DAMAGED, e.problem());
                        hurt++;
                    }
                }
            }
            Files.write(file, good);
        }
        assertTrue(hurt >= 2, "both points need a pack");
    }
}

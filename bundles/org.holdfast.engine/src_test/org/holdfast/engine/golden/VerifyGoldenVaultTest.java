package org.holdfast.engine.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.vault.Damage;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Verification of the golden vault says that it is sound, and names each object that is not. */
@EnabledOnOs(OS.LINUX)
class VerifyGoldenVaultTest {
    private static final Clock CLOCK = Clock.systemUTC();

    private final LocalVaultService service = new LocalVaultService(List.of(new DirectoryStoreProvider(CLOCK)),
            List.of(new FilesSourceProvider()), CLOCK);
    private TempTree temp;
    private Path location;
    private int copies;

    @BeforeEach
    void unpack() throws IOException {
        temp = TempTree.inMemory();
        fresh();
    }

    /** A new copy, because verification mends and marks what it finds. */
    private void fresh() throws IOException {
        location = GoldenVault.unpack(Files.createDirectory(temp.resolve("copy-" + copies++)));
    }

    @AfterEach
    void clean() {
        temp.close();
    }

    private VerifyResult verify(boolean keys, boolean data) {
        if (!keys) {
            return service.verify(location.toString(), data, ProgressSink.NONE, new CancelToken());
        }
        try (OpenVault vault = service.openWithRecoveryKey(location.toString(), GoldenVault.RECOVERY_KEY)) {
            return vault.verify(data, ProgressSink.NONE, new CancelToken());
        }
    }

    private static Set<String> named(VerifyResult result) {
        return result.damages().stream().map(Damage::object).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void itIsSound() {
        for (boolean keys : new boolean[] { false, true }) {
            for (boolean data : new boolean[] { false, true }) {
                VerifyResult result = verify(keys, data);
                assertEquals(List.of(), result.damages());
                assertEquals(2, result.points());
                assertEquals(keys && data, result.chunks() > 60, result.chunks() + " chunks");
            }
        }
    }

    /** Name of the object in a file of the directory store. */
    private static String object(String file) {
        boolean pack = file.startsWith("data/") || file.startsWith("meta/");
        return pack ? file.substring(0, 5) + file.substring(8) : file;
    }

    @Test
    void everyDamagedObjectIsNamed() throws IOException {
        for (String file : GoldenVault.objects(location)) {
            // The descriptor is read before anything is verified; nobody is hurt by what is garbage, or says so.
            if (file.equals("vault") || file.startsWith("tombstones/") || GoldenVault.isGarbage(file)) {
                continue;
            }
            for (boolean keys : new boolean[] { false, true }) {
                fresh();
                byte[] bytes = Files.readAllBytes(location.resolve(file));
                bytes[bytes.length / 2] ^= 1;
                Files.write(location.resolve(file), bytes);
                boolean recovery = file.startsWith("slots/") && bytes.length < 160;
                if (keys && recovery) {
                    continue;
                }
                VerifyResult result = verify(keys, true);
                assertTrue(named(result).contains(object(file)), file + ": " + result.damages());
                for (Damage damage : result.damages()) {
                    assertTrue(damage.detail().endsWith("."), damage.detail());
                    assertTrue(Set.of(Problem.OBJECT_DAMAGED, Problem.SIGNATURE_INVALID).contains(damage.problem()),
                            damage.toString());
                }
            }
        }
    }

    @Test
    void everyMissingPackThatIsNeededIsNamed() throws IOException {
        for (String file : GoldenVault.objects(location)) {
            if (file.startsWith("data/") || file.startsWith("meta/")) {
                fresh();
                Files.delete(location.resolve(file));
                for (boolean keys : new boolean[] { true, false }) {
                    VerifyResult result = verify(keys, true);
                    if (GoldenVault.isGarbage(file)) {
                        assertEquals(List.of(), result.damages());
                    } else {
                        Damage damage = result.damages().get(0);
                        assertEquals(object(file), damage.object());
                        assertEquals(Problem.OBJECT_MISSING, damage.problem());
                    }
                }
            }
        }
    }

    @Test
    void theFilesThatAreHurtAreNamed() throws IOException {
        Set<String> hurt = new TreeSet<>();
        for (String file : GoldenVault.objects(location)) {
            if (file.startsWith("data/")) {
                fresh();
                byte[] bytes = Files.readAllBytes(location.resolve(file));
                Files.write(location.resolve(file), Arrays.copyOf(bytes, bytes.length / 2));
                for (Damage damage : verify(true, true).damages()) {
                    damage.files().forEach(f -> hurt.add(String.valueOf(f.path())));
                }
            }
        }
        assertTrue(hurt.contains("/srv/golden/sizes/70000") && hurt.contains("/srv/golden/sizes/random")
                && hurt.contains("/srv/golden/sparse/many-holes"), hurt.toString());
        assertTrue(hurt.stream().noneMatch(path -> path.contains("/many/") || path.endsWith("/00512")),
                "what is in pages does not need data packs");
    }
}

package org.holdfast.cli.internal.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.keys.KeyWrapper;
import org.holdfast.api.vault.KeySlotInfo;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.VaultService;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.KeyVaultDouble;
import org.holdfast.azure.doubles.KeyVaultDouble.Right;
import org.holdfast.azure.doubles.TestTls;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.keys.azure.KeyVaultWrapper;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Key slots that a key of a Key Vault wraps. */
@Timeout(60)
class KeyVaultSlotTest {
    private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();
    private @TempDir Path folder = Path.of("");
    private final TestTls tls = TestTls.make("localhost", Instant.now());
    private final EntraDouble entra = new EntraDouble(tls, Clock.systemUTC());
    private final KeyVaultDouble keyVault = new KeyVaultDouble(tls, Clock.systemUTC(), entra, true);
    private final VaultService vaults = new LocalVaultService(List.of(new DirectoryStoreProvider(Clock.systemUTC())),
            List.of(new FilesSourceProvider()), Clock.systemUTC());
    private final String client = entra.application("a secret");
    private KeyWrapper wrapper;
    private String place;
    private String key;

    @BeforeEach
    void begin() throws IOException {
        keyVault.grantAll(client);
        wrapper = new KeyVaultWrapper(Map.of("AZURE_TENANT_ID", EntraDouble.TENANT, "AZURE_CLIENT_ID", client,
                "AZURE_AUTHORITY_HOST", entra.authority(), "HOLDFAST_AZURE_CA", tls.certificateFile(folder).toString(),
                "HOLDFAST_AZURE_SECRET_FILE", Files.writeString(folder.resolve("secret"), "a secret\n").toString()),
                Duration.ofMillis(1));
        place = folder.resolve("vault").toString();
        vaults.create(place, PASSPHRASE);
        key = keyVault.url() + "/keys/holdfast";
        keyVault.makeKey("holdfast");
    }

    @AfterEach
    void end() {
        keyVault.close();
        entra.close();
    }

    private void add() {
        try (OpenVault vault = vaults.open(place, PASSPHRASE)) {
            vault.addKeyService(key, wrapper);
        }
    }

    private List<KeySlotInfo> opened(String with) {
        try (OpenVault vault = vaults.openWithKeyService(place, with, wrapper)) {
            return vault.keySlots().stream().filter(slot -> slot.kind().equals("key vault")).toList();
        }
    }

    @Test
    void aKeyOpensTheVaultAndRotationWrapsAnew() {
        add();
        KeySlotInfo before = opened(key).getFirst();
        assertTrue(before.current() && before.label().matches(key + "/[0-9a-f]{32}"), before.toString());

        String second = keyVault.makeKey("holdfast");
        assertEquals(before.label(), opened(key).getFirst().label());
        try (OpenVault vault = vaults.openWithKeyService(place, key, wrapper)) {
            vault.addKeyService(key, wrapper);
            vault.removeKeySlot(before.id());
        }
        assertEquals(List.of(second), opened(key).stream().map(KeySlotInfo::label).toList());
        // A change of the passphrase leaves it alone.
        try (OpenVault vault = vaults.open(place, PASSPHRASE)) {
            vault.changePassphrase("quite another passphrase".toCharArray());
        }
        assertEquals(1, opened(second).size());
    }

    @Test
    void withoutTheKeyItStaysClosed() {
        HoldfastException none = assertThrows(HoldfastException.class, () -> opened(key));
        assertEquals(Problem.WRONG_PASSPHRASE, none.problem());
        add();
        assertThrows(HoldfastException.class, () -> opened(keyVault.url() + "/keys/other"));
        keyVault.grant(client, Right.KEY_GET, Right.WRAP);
        HoldfastException denied = assertThrows(HoldfastException.class, () -> opened(key));
        assertEquals(Problem.ACCESS_DENIED, denied.problem());
        assertTrue(denied.advice().contains("Key Vault Crypto User"), denied.advice());
        HoldfastException missing = assertThrows(HoldfastException.class,
                () -> wrapper.wrap(keyVault.url() + "/keys/missing", new byte[32]));
        assertTrue(missing.getMessage().contains("There is no key"), missing.getMessage());
        // Without the right to unwrap no slot is made that would not open.
        try (OpenVault vault = vaults.open(place, PASSPHRASE)) {
            assertThrows(HoldfastException.class, () -> vault.addKeyService(key, wrapper));
            assertEquals(2, vault.keySlots().size());
        }
    }
}

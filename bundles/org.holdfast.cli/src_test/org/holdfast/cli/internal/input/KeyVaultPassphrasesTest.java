package org.holdfast.cli.internal.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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

import org.holdfast.agent.install.HolderPassphrases;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostList;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.keys.KeyNote;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.VaultService;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.KeyVaultDouble;
import org.holdfast.azure.doubles.TestTls;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.keys.azure.KeyVaultKeyHolder;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Passphrases that people's programs read from a Key Vault, and write there when they register servers. */
@Timeout(60)
class KeyVaultPassphrasesTest {
    private static final char[] FIRST = "correct horse battery staple".toCharArray();
    private static final char[] SECOND = "quite another passphrase".toCharArray();
    private @TempDir Path folder = Path.of("");
    private final TestTls tls = TestTls.make("localhost", Instant.now());
    private final EntraDouble entra = new EntraDouble(tls, Clock.systemUTC());
    private final KeyVaultDouble keyVault = new KeyVaultDouble(tls, Clock.systemUTC(), entra, true);
    private final VaultService vaults = new LocalVaultService(List.of(new DirectoryStoreProvider(Clock.systemUTC())),
            List.of(new FilesSourceProvider()), Clock.systemUTC());
    private Map<String, String> variables;
    private KeyVaultKeyHolder holder;
    private String place;

    @BeforeEach
    void begin() throws IOException {
        String client = entra.application("a secret");
        keyVault.grantAll(client);
        variables = Map.of("AZURE_TENANT_ID", EntraDouble.TENANT, "AZURE_CLIENT_ID", client, "AZURE_AUTHORITY_HOST",
                entra.authority(), "HOLDFAST_AZURE_CA", tls.certificateFile(folder).toString(),
                "HOLDFAST_AZURE_SECRET_FILE", Files.writeString(folder.resolve("secret"), "a secret\n").toString());
        holder = new KeyVaultKeyHolder(variables, Duration.ofMillis(1));
        place = folder.resolve("vault").toString();
    }

    @AfterEach
    void end() {
        keyVault.close();
        entra.close();
    }

    private String location() {
        return "keyvault://localhost:" + keyVault.port();
    }

    private String keep(String domain, char[] passphrase) throws IOException {
        return holder.keep(location(), new KeyNote("main", "alpha", domain, Map.of(KeyNote.DOMAIN, domain), false),
                passphrase);
    }

    private void opens(String url) {
        try (OpenVault vault = new KeyVaultPassphrases(variables).open(url, vaults, place)) {
            assertEquals(1, vault.keySlots().size());
        }
    }

    @Test
    void theSecretIsFoundByTheDomainAndTheVersionThatOpensIsTaken() throws IOException {
        String domain = vaults.create(place, FIRST).id();
        keep(domain, FIRST);
        keep("another", SECOND);
        opens(keyVault.url());
        // A copy of the vault from before the change: the older version opens it.
        String exact = keep(domain, SECOND);
        opens(keyVault.url());
        opens(KeyVaultKeyHolder.identifier(exact).replaceAll("/[0-9a-f]{32}$", ""));
        HoldfastException e = assertThrows(HoldfastException.class, () -> opens(KeyVaultKeyHolder.identifier(exact)));
        assertEquals(Problem.WRONG_PASSPHRASE, e.problem());
    }

    @Test
    void whatIsNotThereIsTold() throws IOException {
        vaults.create(place, FIRST);
        HoldfastException none = assertThrows(HoldfastException.class, () -> opens(keyVault.url()));
        assertTrue(none.getMessage().contains("is noted to open"), none.getMessage());
        HoldfastException missing = assertThrows(HoldfastException.class,
                () -> opens(keyVault.url() + "/secrets/missing"));
        assertTrue(missing.getMessage().contains("no secret that can be read"), missing.getMessage());
        holder.keep(location() + "/named", new KeyNote("", "", ""), FIRST);
        assertArrayEquals(FIRST, new KeyVaultPassphrases(variables).newest(keyVault.url() + "/secrets/named"));
    }

    @Test
    void registeringManyKeepsEachInASecretOfItsOwn() throws IOException {
        HostEntry one = HostList.parse("web1.example.com").hosts().getFirst();
        HostEntry two = HostList.parse("web2.example.com").hosts().getFirst();
        char[] first;
        try (var keeper = new HolderPassphrases(holder, location(), "main", false)) {
            assertFalse(keeper.isKept(one));
            first = keeper.passphrase(one, "main");
            assertNotEquals(new String(first), new String(keeper.passphrase(two, "main")));
            // Run again, it is the same.
            assertArrayEquals(first, keeper.passphrase(one, "main"));
            assertTrue(keeper.isKept(one));
            keeper.registered(one, "id-of-web1");
        }
        assertEquals(2, keyVault.names().size());
        String secret = holder.find(location(), Map.of(KeyNote.SERVER, "id-of-web1")).getFirst();
        assertTrue(secret.contains("/holdfast-main-web1-example-com-"), secret);
        assertArrayEquals(first, holder.read(secret));
        // With the passphrase from there its data opens, here found by the server alone.
        vaults.create(place, first);
        opens(KeyVaultKeyHolder.identifier(secret));
        keyVault.delete(keyVault.names().getFirst());
        HoldfastException e;
        try (var keeper = new HolderPassphrases(holder, location(), "main", false)) {
            e = assertThrows(HoldfastException.class, () -> keeper.passphrase(one, "main"));
        }
        assertTrue(e.advice().contains("--recover-secret"), e.advice());
    }
}

package org.holdfast.keys.azure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.keys.KeyFinding;
import org.holdfast.api.spi.keys.KeyFinding.Level;
import org.holdfast.api.spi.keys.KeyNote;
import org.holdfast.azure.doubles.HttpsDouble.Answer;
import org.holdfast.azure.doubles.KeyVaultDouble;
import org.holdfast.azure.doubles.KeyVaultDouble.Right;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Passphrases in a Key Vault, and every way in which that fails. */
@Timeout(60)
class KeyVaultKeyHolderTest {
    private static final char[] PASSPHRASE = "correct \"horse\" \\ bättery\tstaple €".toCharArray();
    private static final KeyNote NOTE = new KeyNote("Main vault", "db01.example.com", "server-1",
            Map.of(KeyNote.SERVER, "server-1", KeyNote.DOMAIN, "d0", KeyNote.MADE_BY, "a test"), false);
    private @TempDir Path folder = Path.of("");
    private Cloud cloud;
    private KeyVaultKeyHolder holder;

    @BeforeEach
    void start() {
        cloud = new Cloud(folder, true);
        holder = cloud.holder();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private String name() {
        return cloud.vault.names().getFirst();
    }

    private HoldfastException fails() {
        return assertThrows(HoldfastException.class, () -> holder.keep(cloud.location(), NOTE, PASSPHRASE));
    }

    private void assertTold(HoldfastException e, Problem problem, String message, String advice) {
        assertEquals(problem, e.problem(), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertTrue(e.advice().contains(advice), e.advice());
        assertFalse((e.getMessage() + e.advice()).contains("horse"));
    }

    @Test
    void whatIsKeptIsReadBackWithNameTagsAndType() throws IOException {
        String there = holder.keep(cloud.location(), NOTE, PASSPHRASE);

        assertArrayEquals(PASSPHRASE, holder.read(there));
        assertTrue(name().matches("holdfast-Main-vault-db01-example-com-[0-9a-f]{8}"), name());
        assertTrue(there.matches("keyvault://localhost:\\d+/" + name() + "/[0-9a-f]{32}"), there);
        assertEquals(Map.of("format", "holdfast-passphrase-1", "vault", "Main vault", "host", "db01.example.com",
                "server", "server-1", "domain", "d0", "made-by", "a test"), cloud.vault.tags(name()));
        assertEquals(List.of(new String(PASSPHRASE)), cloud.vault.values(name()));
    }

    @Test
    void aChangeIsANewVersionAndTheOldOneStays() throws IOException {
        String first = holder.keep(cloud.location(), NOTE, PASSPHRASE);
        String second = holder.keep(first, NOTE, "another passphrase of it".toCharArray());

        assertNotEquals(first, second);
        assertArrayEquals(PASSPHRASE, holder.read(first));
        assertEquals(2, holder.versions(cloud.location() + "/" + name()).size());
        assertTrue(holder.versions(cloud.location() + "/" + name()).containsAll(List.of(first, second)));
    }

    @Test
    void whatIsRemovedIsDisabledAndNoMoreTheNewest() throws IOException {
        String first = holder.keep(cloud.location(), NOTE, PASSPHRASE);
        String second = holder.keep(cloud.location(), NOTE, "another passphrase of it".toCharArray());

        assertTrue(holder.remove(second));
        assertEquals(List.of(true, false), cloud.vault.enabled(name()));
        assertArrayEquals(PASSPHRASE, holder.read(cloud.location() + "/" + name()));
        assertTold(assertThrows(HoldfastException.class, () -> holder.read(second)), Problem.ACCESS_DENIED,
                "is disabled", "Enable that version");
        assertFalse(holder.remove(cloud.location() + "/" + name()));
        assertTrue(holder.remove(first));
        assertThrows(NoSuchFileException.class, () -> holder.read(cloud.location() + "/" + name()));
    }

    @Test
    void secretsAreFoundByWhatIsNoted() throws IOException {
        for (int i = 0; i < 30; i++) {
            holder.keep(cloud.location(), new KeyNote("v", "h" + i, "s" + i, Map.of(KeyNote.SERVER, "s" + i), false),
                    PASSPHRASE);
        }
        List<String> found = holder.find(cloud.location(), Map.of(KeyNote.SERVER, "s29"));
        assertEquals(1, found.size());
        assertTrue(found.getFirst().contains("holdfast-v-h29-"), found.toString());
        holder.annotate(found.getFirst(), Map.of(KeyNote.DOMAIN, "d29"));
        assertEquals(found, holder.find(cloud.location(), Map.of(KeyNote.DOMAIN, "d29")));
        assertEquals(List.of(), holder.find(cloud.location(), Map.of(KeyNote.DOMAIN, "other")));
    }

    @Test
    void namesAreReadableAndDiffer() {
        String location = cloud.location();
        String one = holder.locate(location, new KeyNote("v", "höst/1", "a"));
        assertTrue(one.matches(".*/holdfast-v-h-st-1-[0-9a-f]{8}"), one);
        assertNotEquals(one, holder.locate(location, new KeyNote("v", "höst/1", "b")));
        assertNotEquals(one, holder.locate(location, new KeyNote("w", "höst/1", "a")));
        String longest = holder.locate(location, new KeyNote("v".repeat(300), "h".repeat(300), "a"));
        assertTrue(longest.substring(location.length() + 1).length() <= 127, longest);
    }

    @Test
    void addressesAreUnderstood() {
        assertEquals("keyvault://my.vault.azure.net", KeyVaultKeyHolder.location("https://My.vault.azure.net/"));
        assertEquals("keyvault://my.vault.azure.net/a-b/0f",
                KeyVaultKeyHolder.location("https://my.vault.azure.net:443/secrets/a-b/0f"));
        assertEquals("https://my.vault.azure.net/secrets/a-b",
                KeyVaultKeyHolder.identifier("keyvault://my.vault.azure.net/a-b"));
        for (String bad : List.of("my.vault.azure.net", "http://my.vault.azure.net",
                "https://my.vault.azure.net/keys/a",
                "https://my.vault.azure.net/secrets/a_b", "https://my.vault.azure.net/other", "keyvault:///a",
                "https://u@my.vault.azure.net", "https://my.vault.azure.net/secrets/a/b/c")) {
            HoldfastException e = assertThrows(HoldfastException.class, () -> KeyVaultKeyHolder.location(bad), bad);
            assertTold(e, Problem.INVALID_REQUEST, "not the address of a Key Vault", "https://NAME.vault.azure.net");
        }
    }

    @Test
    void withoutRightsItSaysWhichAreMissing() {
        cloud.vault.grant(cloud.client, Right.GET);
        assertTold(fails(), Problem.ACCESS_DENIED, "No role on the Key Vault 'localhost' lets application",
                "Key Vault Secrets Officer");
        cloud.vault.accessPolicies(true);
        assertTold(fails(), Problem.ACCESS_DENIED, "access policies", "az keyvault set-policy");
        assertEquals(List.of(), cloud.vault.names());
    }

    @Test
    void whatCannotBeReadBackIsAFailure() {
        cloud.vault.forgetful(true);
        assertTold(fails(), Problem.STORE_UNAVAILABLE, "is not what was stored", "another Key Vault");
        assertEquals(List.of(false), cloud.vault.enabled(name()));
    }

    @Test
    void networkRefusalsAreToldApart() {
        cloud.vault.closeWith("ForbiddenByFirewall");
        assertTold(fails(), Problem.ACCESS_DENIED, "firewall of the Key Vault", "Networking");
        cloud.vault.closeWith("ForbiddenByConnection");
        assertTold(fails(), Problem.ACCESS_DENIED, "private endpoint alone", "privatelink.vaultcore.azure.net");
    }

    @Test
    void aDeletedSecretIsRecoveredWhenThatIsWanted() throws IOException {
        String first = holder.keep(cloud.location(), NOTE, PASSPHRASE);
        String name = name();
        cloud.vault.delete(name);
        assertTold(fails(), Problem.INVALID_REQUEST, "A deleted secret '" + name + "' is kept", "--recover-secret");

        String second = holder.keep(cloud.location(), NOTE.recovering(true), "a new passphrase".toCharArray());
        assertEquals(List.of(new String(PASSPHRASE), "a new passphrase"), cloud.vault.values(name));
        assertArrayEquals(PASSPHRASE, holder.read(first));
        assertArrayEquals("a new passphrase".toCharArray(), holder.read(second));
    }

    @Test
    void aDeletedKeyVaultIsToldApartFromAWrongName() {
        cloud.vault.fail(KeyVaultDouble.error(404, "VaultNotFound", "", "The vault was not found."), 1);
        assertTold(fails(), Problem.STORE_UNAVAILABLE, "is deleted and can be recovered", "az keyvault recover");
        holder = Cloud.holder(cloud.variables());
        HoldfastException e = assertThrows(HoldfastException.class,
                () -> holder.keep("keyvault://no-such-vault.invalid", NOTE, PASSPHRASE));
        assertTold(e, Problem.STORE_UNAVAILABLE, "the name does not resolve", "az keyvault list-deleted");
    }

    @Test
    void anAddressThatIsNoKeyVaultIsTold() {
        String entra = "keyvault://localhost:" + cloud.entra.port();
        HoldfastException e = assertThrows(HoldfastException.class, () -> holder.keep(entra, NOTE, PASSPHRASE));
        assertTold(e, Problem.INVALID_REQUEST, "does not answer as a Key Vault", "Vault URI");
        assertTrue(cloud.entra.asked().stream().noneMatch(asked -> asked.contains("oauth2")), "a token was asked for");
    }

    @Test
    void anEndpointThatIsNotReachableIsTold() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        HoldfastException e = assertThrows(HoldfastException.class,
                () -> holder.keep("keyvault://localhost:" + port, NOTE, PASSPHRASE));
        assertTold(e, Problem.STORE_UNAVAILABLE, "private endpoint of the Key Vault", "network security");
    }

    @Test
    void withoutIdentityItSaysSo() {
        Map<String, String> variables = cloud.variables();
        variables.put("AZURE_CLIENT_ID", "00000000-0000-0000-0000-000000000000");
        holder = Cloud.holder(variables);
        assertTold(fails(), Problem.ACCESS_DENIED, "Entra ID gives no token", "Check tenant");
        variables.remove("AZURE_TENANT_ID");
        holder = Cloud.holder(variables);
        assertTold(fails(), Problem.INVALID_REQUEST, "needs AZURE_TENANT_ID", "docs/azure.md");
    }

    @Test
    void anotherTenantAndCloudAreRefusedBeforeATokenIsShown() {
        Map<String, String> variables = cloud.variables();
        variables.put("AZURE_TENANT_ID", "00000000-0000-0000-0000-000000000001");
        holder = Cloud.holder(variables);
        assertTold(fails(), Problem.INVALID_REQUEST, "trusts the tenant", "AZURE_TENANT_ID");

        Map<String, String> china = new HashMap<>(cloud.variables());
        china.remove("AZURE_AUTHORITY_HOST");
        china.put("HOLDFAST_AZURE_CLOUD", "china");
        KeyVaultKeyHolder there = Cloud.holder(china);
        assertTold(assertThrows(HoldfastException.class, () -> there.check("keyvault://my.vault.azure.net", List.of())),
                Problem.INVALID_REQUEST, "not in the cloud", "HOLDFAST_AZURE_CLOUD");
        there.check("keyvault://my.vault.azure.cn", List.of());
        // Whoever has a name of their own never sees a token of Microsoft's cloud.
        Map<String, String> pub = new HashMap<>(cloud.variables());
        pub.remove("AZURE_AUTHORITY_HOST");
        KeyVaultKeyHolder ours = Cloud.holder(pub);
        assertThrows(HoldfastException.class,
                () -> ours.check("keyvault://my.vault.azure.net.evil.example", List.of()));
        assertThrows(HoldfastException.class, () -> ours.keep(cloud.location(), NOTE, PASSPHRASE));
        assertEquals(List.of(), cloud.vault.asked().stream().filter(asked -> asked.startsWith("PUT")).toList());
    }

    @Test
    void throttlingIsWaitedOutAndThenTold() throws IOException {
        holder.keep(cloud.location(), NOTE, PASSPHRASE);
        Answer busy = KeyVaultDouble.error(429, "Throttled", "", "Request was not processed because too many.")
                .with("Retry-After", "0");
        cloud.vault.fail(busy, 3);
        cloud.vault.fail(Answer.status(503), 1);
        holder.keep(cloud.location(), NOTE, PASSPHRASE);
        cloud.vault.fail(busy, 6);
        assertTold(fails(), Problem.STORE_UNAVAILABLE, "too much to do", "in some minutes");
    }

    @Test
    void aRefusedTokenIsReplacedOnce() throws IOException {
        holder.keep(cloud.location(), NOTE, PASSPHRASE);
        cloud.vault.fail(KeyVaultDouble.error(401, "Unauthorized", "", "AKV10001: Token is expired."), 1);
        holder.keep(cloud.location(), NOTE, PASSPHRASE);
        cloud.vault.fail(KeyVaultDouble.error(401, "Unauthorized", "", "AKV10032: Invalid issuer. Expected one of x"),
                2);
        assertTold(fails(), Problem.ACCESS_DENIED, "belongs to another tenant", "its tenant");
    }

    @Test
    void anUntrustedCertificateIsTold() {
        Map<String, String> variables = cloud.variables();
        variables.remove("HOLDFAST_AZURE_CA");
        holder = Cloud.holder(variables);
        assertTold(fails(), Problem.STORE_UNAVAILABLE, "is not trusted", "HOLDFAST_AZURE_CA");
    }

    private Map<String, Level> examined(String location) {
        return holder.examine(location).stream().collect(Collectors.toMap(KeyFinding::name, KeyFinding::level));
    }

    @Test
    void theCheckTellsIdentityRightsAndProtection() throws IOException {
        assertEquals(Map.of("key-vault-identity", Level.OK, "key-vault-set", Level.OK, "key-vault-get", Level.OK,
                "key-vault-list", Level.OK, "key-vault-protection", Level.OK), examined(cloud.location()));
        assertEquals(Map.of("key-vault-identity", Level.OK, "key-vault-set", Level.OK, "key-vault-get", Level.OK,
                "key-vault-list", Level.OK, "key-vault-protection", Level.OK, "key-vault-secret", Level.OK),
                examined(holder.keep(cloud.location(), NOTE, PASSPHRASE)));
        cloud.vault.grant(cloud.client, Right.GET, Right.SET);
        assertEquals(Level.WARNING, examined(cloud.location()).get("key-vault-list"));
        cloud.vault.grant(cloud.client, Right.GET);
        assertEquals(Level.FAILED, examined(cloud.location()).get("key-vault-set"));
    }

    @Test
    void theCheckWarnsWithoutPurgeProtection() {
        try (Cloud loose = new Cloud(folder, false)) {
            KeyFinding found = loose.holder().examine(loose.location()).stream()
                    .filter(f -> f.name().equals("key-vault-protection")).findFirst().orElseThrow();
            assertEquals(Level.WARNING, found.level());
            assertTrue(found.detail().contains("purge protection is off"), found.detail());
        }
    }
}

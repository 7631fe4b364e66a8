package org.holdfast.azure.resources;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.MarsItem;
import org.holdfast.api.azure.MarsJob;
import org.holdfast.api.azure.RecoveryVault;
import org.holdfast.api.azure.RecoveryVaultId;
import org.holdfast.api.azure.RecoveryVaultRequest;
import org.holdfast.api.azure.Redundancy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recovery Services vaults: made with all their settings before the first item, and what is in them. */
@Timeout(60)
class RecoveryVaultsTest {
    private @TempDir Path folder = Path.of("");
    private Subscription azure;
    private RecoveryVaultId id;

    @BeforeEach
    void start() {
        azure = new Subscription(folder);
        id = new RecoveryVaultId(azure.id, "backups", "branch-offices");
        azure.resources().apply(azure.request(), AzureWatch.none());
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    private RecoveryVaultRequest request(Redundancy redundancy, boolean immutable) {
        return new RecoveryVaultRequest(id, "westeurope", redundancy, false, 30, false, immutable);
    }

    @Test
    void aVaultIsMadeWithItsSettings() {
        RecoveryVault made = azure.resources().create(request(Redundancy.ZRS, true), AzureWatch.none());

        assertEquals(new RecoveryVault(id, "westeurope", "Succeeded", "Enabled", "ZoneRedundant", false, "", "Enabled",
                30, "Unlocked", "", 0, 0), made);
        assertTrue(azure.arm.asked().stream().anyMatch(line -> line.contains("kind=async")),
                "the operation is followed");
        assertEquals(List.of("branch-offices"),
                azure.resources().recoveryVaults(azure.id).stream().map(v -> v.id().name()).toList());
        assertEquals("backups", azure.resources().recoveryVaults(azure.id).getFirst().id().group());
    }

    @Test
    void redundancyIsForLifeWithTheFirstItem() {
        azure.resources().create(request(Redundancy.GRS, false), AzureWatch.none());
        azure.resources().create(request(Redundancy.LRS, false), AzureWatch.none());
        assertEquals("LocallyRedundant", azure.resources().recoveryVault(id).redundancy());

        azure.arm.recovery().server(id.path(), "FILES-01", Instant.parse("2026-11-20T01:00:00Z"), "Completed");
        var refused = assertThrows(HoldfastException.class,
                () -> azure.resources().create(request(Redundancy.ZRS, false), AzureWatch.none()));
        assertTrue(String.valueOf(refused.getMessage()).contains("cannot be changed"));
        assertTrue(azure.resources().recoveryVault(id).redundancyLocked());
    }

    @Test
    void aFailedOperationIsAFailure() {
        azure.arm.recovery().failure("VaultQuotaExceeded");
        var failed = assertThrows(HoldfastException.class,
                () -> azure.resources().create(request(Redundancy.LRS, false), AzureWatch.none()));
        assertTrue(String.valueOf(failed.getMessage()).contains("VaultQuotaExceeded"), failed.getMessage());
        var wrong = assertThrows(HoldfastException.class,
                () -> azure.resources().create(request(Redundancy.GZRS, false), AzureWatch.none()));
        assertTrue(String.valueOf(wrong.getMessage()).contains("lrs, zrs or grs"), wrong.getMessage());
    }

    @Test
    void serversItemsAndJobsAreListedOverAllPages() {
        azure.resources().create(request(Redundancy.LRS, false), AzureWatch.none());
        Instant night = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(8));
        azure.arm.recovery().server(id.path(), "FILES-02", night, "Failed");
        azure.arm.recovery().server(id.path(), "FILES-01", night.minusSeconds(60), "Completed");
        azure.arm.pageSize(1);

        var servers = azure.resources().servers(id);
        assertEquals(List.of("FILES-01", "FILES-02"), servers.stream().map(s -> s.name()).toList());
        assertEquals("2.0.9269.0", servers.getFirst().agent());
        MarsItem item = azure.resources().items(id).get(1);
        assertEquals(new MarsItem("FILES-02", "C:\\", "Protected", "Failed", night, night, 12), item);
        List<MarsJob> jobs = azure.resources().jobs(id, Duration.ofDays(7));
        assertEquals(List.of("FILES-02", "FILES-01"), jobs.stream().map(MarsJob::server).toList());
        assertEquals(List.of("The volume is not there."), jobs.getFirst().errors());
        assertEquals(Duration.ofMinutes(10), jobs.getFirst().duration());
        assertEquals(2, azure.resources().recoveryVault(id).servers());
    }

    @Test
    void credentialsAreAFileThatTheAgentReads() throws Exception {
        azure.resources().create(request(Redundancy.LRS, false), AzureWatch.none());
        var file = azure.resources().credentials(id);

        assertTrue(file.fileName().matches("branch-offices_\\w{3} \\w{3} \\d\\d \\d{4}\\.VaultCredentials"),
                file.fileName());
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var root = factory.newDocumentBuilder().parse(new ByteArrayInputStream(file.content())).getDocumentElement();
        assertEquals("RSBackupVaultAADCreds", root.getLocalName());
        assertEquals("http://schemas.datacontract.org/2004/07/Microsoft.Azure.Portal.RecoveryServices.Models.Common",
                root.getNamespaceURI());
        var names = new ArrayList<String>();
        var fields = root.getElementsByTagName("*");
        for (int i = 0; i < fields.getLength(); i++) {
            names.add(fields.item(i).getLocalName());
        }
        assertEquals(List.of("Version", "SubscriptionId", "ResourceType", "ResourceName", "ManagementCert",
                "ResourceId", "ResourceGroup", "Location", "ProviderNamespace", "AadAuthority", "AadTenantId",
                "ServicePrincipalClientId", "IdMgmtRestEndpoint", "AgentLinks"), names);
        assertEquals("8726350008099341000", fields.item(5).getTextContent());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Base64.getDecoder().decode(fields.item(4).getTextContent())), new char[0]);
        String alias = store.aliases().nextElement();
        assertNotNull(store.getKey(alias, new char[0]));
        X509Certificate uploaded = azure.arm.recovery().certificates().getFirst();
        assertArrayEquals(uploaded.getEncoded(), store.getCertificate(alias).getEncoded());
        assertEquals(file.expires().truncatedTo(ChronoUnit.SECONDS), uploaded.getNotAfter().toInstant());
        assertFalse(file.toString().contains(new String(file.content(), StandardCharsets.UTF_8)));
    }

    @Test
    void aPinIsMadeOnDemand() {
        azure.resources().create(request(Redundancy.LRS, false), AzureWatch.none());
        var pin = azure.resources().securityPin(id);
        assertEquals("200432", pin.pin());
        Duration left = Duration.between(Clock.systemUTC().instant(), pin.expires());
        assertTrue(left.compareTo(Duration.ofMinutes(6)) < 0 && left.compareTo(Duration.ofMinutes(4)) > 0,
                left::toString);
        assertFalse(pin.toString().contains("200432"));
    }
}

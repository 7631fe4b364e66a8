package org.holdfast.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.holdfast.azure.doubles.ArmDouble;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

/** The commands about Azure against doubles of Entra ID and of the resource manager. */
@Timeout(60)
class AzureCommandsTest {
    private static final String[] CREATE = { "azure", "create-vault", "contosobackups", "--group", "backups",
            "--location", "West Europe", "--redundancy", "zrs", "--key-vault", "contoso-keys" };
    @TempDir
    private Path folder;
    private EntraDouble entra;
    private ArmDouble arm;
    private Run run;
    private String subscription;

    @BeforeEach
    void start() throws Exception {
        Clock clock = Clock.systemUTC();
        TestTls tls = TestTls.make("localhost", clock.instant());
        entra = new EntraDouble(tls, clock);
        arm = new ArmDouble(tls, clock, entra.key());
        subscription = arm.subscription("Backups");
        run = new Run();
        run.clock = clock;
        run.variables.put("AZURE_TENANT_ID", EntraDouble.TENANT);
        run.variables.put("AZURE_CLIENT_ID", entra.application("a secret of the test"));
        run.variables.put("AZURE_CLIENT_SECRET", "a secret of the test");
        run.variables.put("AZURE_AUTHORITY_HOST", entra.authority());
        run.variables.put("HOLDFAST_AZURE_MANAGEMENT", arm.url());
        run.variables.put("HOLDFAST_AZURE_CA", tls.certificateFile(folder).toString());
    }

    @AfterEach
    void stop() {
        arm.close();
        entra.close();
    }

    private int run(String[] words, String... more) {
        String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return run.run(all);
    }

    private JsonNode json(String... words) throws Exception {
        assertEquals(0, run(words, "--json"), run::err);
        return Run.JSON.readTree(run.out());
    }

    @Test
    void aPlanIsShownAndThenMade() throws Exception {
        assertEquals(0, run(CREATE, "--plan"), run::err);
        assertTrue(run.out().contains("to make  storage account"), run.out());
        assertTrue(run.out().contains("az keyvault create --subscription " + subscription), run.out());
        assertEquals(0, arm.asked().stream().filter(line -> line.startsWith("PUT")).count());

        assertEquals(0, run(CREATE), run::err);
        assertTrue(run.err().contains("4/11 storage account contosobackups: Standard_ZRS, westeurope"), run.err());
        assertTrue(run.out().contains(
                "holdfast-vault serve --data DIR --store azure://contosobackups.blob.core.windows.net/vault"),
                run.out());

        JsonNode plan = json(java.util.Arrays.copyOf(CREATE, CREATE.length));
        assertEquals("there", plan.at("/steps/0/state").asText());
        assertTrue(plan.path("complete").asBoolean(), plan.toString());
        assertEquals(3, json("azure", "locations").size());
        assertEquals("backups", json("azure", "groups").path(0).path("name").asText());
    }

    @Test
    void whatIsInTheWayIsTold() {
        arm.storage().taken("contosobackups");
        assertEquals(3, run(CREATE, "--plan"));
        assertTrue(run.out().contains("in the way"), run.out());
        assertEquals(1, run(CREATE));
        assertTrue(run.err().contains("already taken"), run.err());
        assertEquals(2, run.run("azure", "create-vault", "contosobackups"));
        arm.subscription("Another");
        assertEquals(2, run(CREATE));
        assertTrue(run.err().contains("several subscriptions"), run.err());
        assertEquals(1, run(CREATE, "--subscription", "backups"));
    }

    @Test
    void recoveryVaults() throws Exception {
        run(CREATE);
        JsonNode made = json("azure", "recovery-vaults", "create", "branch-offices", "--group", "backups",
                "--location", "westeurope", "--redundancy", "zrs", "--soft-delete-days", "30");
        assertEquals("ZoneRedundant", made.path("redundancy").asText());
        String path = "/subscriptions/" + subscription
                + "/resourceGroups/backups/providers/Microsoft.RecoveryServices/vaults/branch-offices";
        Instant night = run.clock.instant().minus(Duration.ofHours(8));
        arm.recovery().server(path, "FILES-01", night, "Completed");
        arm.recovery().server(path, "FILES-02", night, "Failed");

        assertEquals(1, json("azure", "recovery-vaults", "list").size());
        assertEquals(2, json("azure", "recovery-vaults", "servers", "branch-offices").size());
        assertEquals(2, json("azure", "recovery-vaults", "servers", "backups/branch-offices", "--items").size());
        assertEquals(0, run.run("azure", "recovery-vaults", "jobs", "branch-offices"), run::err);
        assertTrue(run.out().contains("The volume is not there."), run.out());
        assertEquals(0, run.run("azure", "recovery-vaults", "show", "branch-offices"), run::err);
        assertTrue(run.out().contains("ZoneRedundant (for good: it protects something)"), run.out());
        assertEquals("200432", json("azure", "recovery-vaults", "pin", "branch-offices").path("pin").asText());
        assertEquals(2, run.run("azure", "recovery-vaults", "show", "nowhere"));
        // Candidates need a vault server to compare with.
        run.variables.put("HOME", folder.toString());
        run.variables.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        assertEquals(1, run.run("azure", "recovery-vaults", "servers", "branch-offices", "--candidates"));
        assertTrue(run.err().contains("holdfast login"), run.err());
    }

    @Test
    void credentialsAreWrittenForTheirOwnerAlone() throws Exception {
        run(CREATE);
        json("azure", "recovery-vaults", "create", "branch-offices", "--group", "backups", "--location", "westeurope");
        Path file = folder.resolve("branch.VaultCredentials");
        assertEquals(0, run.run("azure", "recovery-vaults", "credentials", "branch-offices", "--out",
                file.toString()), run::err);
        assertTrue(Files.readString(file).contains("<ResourceName>branch-offices</ResourceName>"));
        assertFalse(run.out().contains("ManagementCert"));
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertEquals("[OWNER_READ, OWNER_WRITE]",
                    new java.util.TreeSet<>(Files.getPosixFilePermissions(file)).toString());
        }
        assertEquals(2, run.run("azure", "recovery-vaults", "credentials", "branch-offices", "--out",
                file.toString()));
    }
}

package org.holdfast.azure.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.PlanStep;
import org.holdfast.api.azure.PlanStep.Kind;
import org.holdfast.api.azure.PlanStep.State;
import org.holdfast.api.azure.Redundancy;
import org.holdfast.api.azure.VaultPlan;
import org.holdfast.api.azure.VaultRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A vault's place: planned, made, made again, and what gets in the way. */
@Timeout(60)
class VaultPlanTest {
    private @TempDir Path folder = Path.of("");
    private Subscription azure;

    @BeforeEach
    void start() {
        azure = new Subscription(folder);
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    private static List<State> states(VaultPlan plan) {
        return plan.steps().stream().map(PlanStep::state).distinct().toList();
    }

    private static PlanStep step(VaultPlan plan, Kind kind) {
        return plan.steps().stream().filter(s -> s.kind() == kind).findFirst().orElseThrow();
    }

    private long changes() {
        return azure.arm.asked().stream().filter(line -> !line.startsWith("GET ")
                && !line.contains("checkNameAvailability")).count();
    }

    @Test
    void aPlanChangesNothingAndSaysTheCommands() {
        VaultPlan plan = azure.resources().plan(azure.request(), AzureWatch.none());

        assertEquals(List.of(State.TO_MAKE), states(plan));
        assertEquals(11, plan.steps().size());
        assertEquals(0, changes());
        assertEquals("azure://holdfastdata.blob.core.windows.net/vault", plan.location());
        assertEquals("https://holdfast-keys.vault.azure.net/", plan.keyVault());
        String account = "/subscriptions/" + azure.id
                + "/resourceGroups/backups/providers/Microsoft.Storage/storageAccounts/holdfastdata";
        assertEquals(List.of("az storage account create --subscription " + azure.id
                + " --resource-group backups --name holdfastdata --location westeurope --kind StorageV2"
                + " --sku Standard_ZRS --access-tier Hot --min-tls-version TLS1_2 --https-only true"
                + " --allow-blob-public-access false --allow-shared-key-access false"),
                step(plan, Kind.ACCOUNT).commands());
        assertEquals(List.of("az role assignment create --role 'Storage Blob Data Contributor' --assignee-object-id "
                + plan.identity() + " --assignee-principal-type ServicePrincipal --scope " + account
                + "/blobServices/default/containers/vault"), step(plan, Kind.ROLE).commands());
    }

    @Test
    void allIsMadeAsPlannedAndOnceOnly() {
        var told = new ArrayList<String>();
        var watch = new AzureWatch() {
            @Override
            public CancelToken cancel() {
                return new CancelToken();
            }

            @Override
            public void begins(PlanStep step, int number, int total) {
                told.add(number + "/" + total + " " + step.kind());
            }
        };

        VaultPlan made = azure.resources().apply(azure.request(), watch);

        assertEquals("", made.failure());
        assertTrue(made.isComplete(), () -> made.steps().toString());
        assertEquals(11, told.size());
        assertEquals("4/11 ACCOUNT", told.get(3));
        ObjectNode account = azure.arm
                .resource(azure.group() + "/providers/Microsoft.Storage/storageAccounts/holdfastdata");
        assertEquals("Standard_ZRS", account.at("/sku/name").asText());
        assertEquals("TLS1_2", account.at("/properties/minimumTlsVersion").asText());
        assertFalse(account.at("/properties/allowSharedKeyAccess").asBoolean(true));
        assertFalse(account.at("/properties/allowBlobPublicAccess").asBoolean(true));
        ObjectNode blobs = azure.arm.resource(account.path("id").asText() + "/blobServices/default");
        assertTrue(blobs.at("/properties/isVersioningEnabled").asBoolean());
        assertEquals(30, blobs.at("/properties/deleteRetentionPolicy/days").asInt());
        ObjectNode container = azure.arm.resource(blobs.path("id").asText() + "/containers/vault");
        assertTrue(container.at("/properties/immutableStorageWithVersioning/enabled").asBoolean());
        assertTrue(made.commands().isEmpty());

        long before = changes();
        VaultPlan again = azure.resources().apply(azure.request(), AzureWatch.none());
        assertEquals(List.of(State.THERE), states(again));
        assertEquals(before, changes());
    }

    @Test
    void whatAFailureLeftIsCompleted() {
        azure.arm.forbid("/providers/microsoft.authorization/");
        VaultPlan half = azure.resources().apply(azure.request(), AzureWatch.none());

        assertTrue(half.failure().contains("AuthorizationFailed"), half.failure());
        assertTrue(half.advice().contains("Role Based Access Control Administrator"), half.advice());
        assertEquals(State.THERE, step(half, Kind.CONTAINER).state());
        assertEquals(State.TO_MAKE, step(half, Kind.ROLE).state());
        assertEquals(State.TO_MAKE, step(half, Kind.KEY_VAULT).state());

        azure.arm.allowAll();
        VaultPlan whole = azure.resources().apply(azure.request(), AzureWatch.none());
        assertEquals("", whole.failure());
        assertTrue(whole.isComplete());
        long accounts = azure.arm.asked().stream()
                .filter(line -> line.startsWith("PUT ") && line.matches(".*/storageAccounts/holdfastdata\\?.*"))
                .count();
        assertEquals(1, accounts);
    }

    @Test
    void settingsThatDifferAreBroughtIntoLine() {
        azure.resources().apply(azure.request(), AzureWatch.none());
        String path = azure.group() + "/providers/Microsoft.Storage/storageAccounts/holdfastdata";
        ((ObjectNode) azure.arm.resource(path).path("properties")).put("allowSharedKeyAccess", true)
                .put("minimumTlsVersion", "TLS1_0");
        ((ObjectNode) azure.arm.resource(path + "/blobServices/default").path("properties"))
                .put("isVersioningEnabled", false).put("defaultServiceVersion", "2017-07-29");

        VaultPlan plan = azure.resources().plan(azure.request(), AzureWatch.none());
        assertEquals(State.DIFFERS, step(plan, Kind.ACCOUNT).state());
        assertEquals(List.of("minimumTlsVersion", "allowSharedKeyAccess"),
                step(plan, Kind.ACCOUNT).differences().stream().map(PlanStep.Difference::setting).toList());
        assertEquals(State.DIFFERS, step(plan, Kind.BLOB_SERVICE).state());

        assertTrue(azure.resources().apply(azure.request(), AzureWatch.none()).isComplete());
        assertFalse(azure.arm.resource(path).at("/properties/allowSharedKeyAccess").asBoolean(true));
        ObjectNode blobs = azure.arm.resource(path + "/blobServices/default");
        assertTrue(blobs.at("/properties/isVersioningEnabled").asBoolean());
        assertEquals("2017-07-29", blobs.at("/properties/defaultServiceVersion").asText(), "what others set stays");
    }

    @Test
    void whatCannotBeChangedIsSaidBeforeAnythingIsMade() {
        azure.arm.storage().taken("holdfastdata");
        VaultPlan taken = azure.resources().apply(azure.request(), AzureWatch.none());
        assertTrue(taken.isBlocked());
        assertTrue(taken.failure().contains("already taken"), taken.failure());
        assertEquals(0, changes());
        assertNull(azure.arm.resource(azure.group()));

        VaultRequest free = with("holdfastother", Redundancy.LRS);
        assertTrue(azure.resources().apply(free, AzureWatch.none()).isComplete());
        VaultPlan zones = azure.resources().plan(with("holdfastother", Redundancy.ZRS), AzureWatch.none());
        assertEquals(State.BLOCKED, step(zones, Kind.ACCOUNT).state());
        VaultPlan further = azure.resources().plan(with("holdfastother", Redundancy.RA_GRS), AzureWatch.none());
        assertEquals(State.DIFFERS, step(further, Kind.ACCOUNT).state());
    }

    private VaultRequest with(String account, Redundancy redundancy) {
        return new VaultRequest(azure.id, "backups", "westeurope", account, "vault", redundancy, true, 7, "", "");
    }

    @Test
    void aDeletedKeyVaultIsHadBack() {
        azure.arm.storage().deleted("holdfast-keys");
        VaultPlan plan = azure.resources().plan(azure.request(), AzureWatch.none());
        assertEquals(State.DIFFERS, step(plan, Kind.KEY_VAULT).state());
        assertTrue(step(plan, Kind.KEY_VAULT).commands().getFirst().startsWith("az keyvault recover"));
        assertTrue(azure.resources().apply(azure.request(), AzureWatch.none()).isComplete());
    }

    @Test
    void aBusyServiceIsAskedAgainAndPagesAreJoined() {
        azure.arm.pageSize(1);
        azure.arm.throttle(2, 0);
        azure.arm.subscription("Another");
        assertEquals(List.of("Another", "Backups"),
                azure.resources().subscriptions().stream().map(s -> s.name()).toList());
        assertEquals(3, azure.resources().regions(azure.id).size());
    }

    @Test
    void namesAreCheckedWhileTyping() {
        azure.arm.storage().taken("holdfastdata");
        assertFalse(azure.resources().checkAccountName(azure.id, "No Good").available());
        assertEquals(0, azure.arm.asked().size());
        assertTrue(azure.resources().checkAccountName(azure.id, "holdfastdata").message().contains("taken"));
        assertTrue(azure.resources().checkAccountName(azure.id, "holdfastfree").available());
    }

    @Test
    void waitingCanBeCancelled() {
        azure.arm.polls(1_000_000);
        var cancel = new CancelToken();
        VaultPlan plan = azure.resources().apply(azure.request(), new AzureWatch() {
            @Override
            public CancelToken cancel() {
                return cancel;
            }

            @Override
            public void waits(String reason, java.time.Duration time) {
                cancel.cancel();
            }
        });
        assertEquals("The operation was cancelled.", plan.failure());
        assertTrue(plan.advice().contains("run it again"), plan.advice());
    }

    @Test
    void wrongTokensAndWrongWordsAreRefused() {
        var wrong = new HashMap<>(azure.variables);
        wrong.put("AZURE_CLIENT_SECRET", "not it");
        var refused = assertThrows(HoldfastException.class,
                () -> new AzureResources(Clock.systemUTC(), wrong).subscriptions());
        assertEquals(Problem.ACCESS_DENIED, refused.problem());
        assertTrue(String.valueOf(refused.getMessage()).contains("secret of the application is wrong"));

        var unknown = assertThrows(HoldfastException.class,
                () -> azure.resources().groups("11111111-2222-3333-4444-555555555555"));
        assertTrue(unknown.advice().contains("azure subscriptions"), unknown.advice());
        var mistakes = assertThrows(HoldfastException.class, () -> azure.resources().plan(new VaultRequest("x", "g",
                "West Europe", "UPPER", "c", Redundancy.LRS, false, 0, "1k", "me"), AzureWatch.none()));
        assertEquals(Problem.INVALID_REQUEST, mistakes.problem());
        assertTrue(String.valueOf(mistakes.getMessage()).contains("lower-case"));
    }
}

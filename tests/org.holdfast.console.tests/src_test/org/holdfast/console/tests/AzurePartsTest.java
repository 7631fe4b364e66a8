package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.RecoveryVaultId;
import org.holdfast.api.azure.RecoveryVaultRequest;
import org.holdfast.api.azure.Redundancy;
import org.holdfast.api.azure.VaultPlan;
import org.holdfast.api.azure.VaultRequest;
import org.holdfast.azure.doubles.ArmDouble;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.TestTls;
import org.holdfast.azure.resources.AzureResources;
import org.holdfast.console.azure.internal.AzureSite;
import org.holdfast.console.azure.internal.AzureTasks;
import org.holdfast.console.azure.internal.PlaceDialog;
import org.holdfast.console.azure.internal.PlaceJob;
import org.holdfast.console.azure.internal.PlaceWizard;
import org.holdfast.console.azure.internal.RecoveryPart;
import org.holdfast.console.azure.internal.ResultDialog;
import org.holdfast.console.ui.Formats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Azure in the console with real widgets, against doubles of Entra ID and of the resource manager. */
class AzurePartsTest {
    @TempDir
    private Path folder;

    private EntraDouble entra;
    private ArmDouble arm;
    private AzureResources azure;
    private AzureTasks tasks;
    private Screen screen;
    private String subscription;

    @BeforeEach
    void start() throws Exception {
        Clock clock = Clock.systemUTC();
        TestTls tls = TestTls.make("localhost", clock.instant());
        entra = new EntraDouble(tls, clock);
        arm = new ArmDouble(tls, clock, entra.key());
        subscription = arm.subscription("Backups");
        Map<String, String> variables = new HashMap<>();
        variables.put("AZURE_TENANT_ID", EntraDouble.TENANT);
        variables.put("AZURE_CLIENT_ID", entra.application("a secret of the test"));
        variables.put("AZURE_CLIENT_SECRET", "a secret of the test");
        variables.put("AZURE_AUTHORITY_HOST", entra.authority());
        variables.put("HOLDFAST_AZURE_MANAGEMENT", arm.url());
        variables.put("HOLDFAST_AZURE_CA", tls.certificateFile(folder).toString());
        azure = new AzureResources(clock, variables);
        tasks = new AzureTasks(azure);
        screen = new Screen();
    }

    @AfterEach
    void stop() {
        screen.close();
        tasks.close();
        arm.close();
        entra.close();
    }

    private VaultRequest request() {
        return new VaultRequest(subscription, "backups", "westeurope", "contosobackups", "vault", Redundancy.ZRS, true,
                14, "contoso-keys", "");
    }

    @Test
    void thePlanIsSeenBeforeAnythingIsMade() {
        arm.storage().taken("contosobackups");
        var agreed = new ArrayList<VaultRequest>();
        var dialog = new PlaceDialog(screen.open().shell(), new PlaceWizard(tasks, agreed::add));
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("place");
        Combo regions = Screen.find(shell, "place.region", Combo.class);
        screen.until("regions", () -> regions.getItemCount() == 3);
        Combo groups = Screen.find(shell, "place.group", Combo.class);
        groups.setText("backups");
        Text account = Screen.find(shell, "place.account", Text.class);
        Button next = Screen.find(shell, "place.next", Button.class);
        Screen.type(account, "No Good");
        screen.settle();
        assertFalse(next.isEnabled());
        assertTrue(String.valueOf(dialog.getCurrentPage().getName()).equals("place"));
        Screen.type(account, "contosofree");
        screen.until("the name is free", next::isEnabled);
        Screen.find(shell, "place.keyVault", Text.class).setText("contoso-keys");
        screen.until("checked again", next::isEnabled);
        assertEquals(List.of(), AccessibilityTest.clashes(shell));
        screen.picture(shell, "azure-place");
        Button finish = Screen.find(shell, "place.finish", Button.class);
        assertFalse(finish.isEnabled(), "made without a plan");

        Screen.click(next);
        Table steps = Screen.find(shell, "plan.table", Table.class);
        screen.until("the plan", () -> steps.getItemCount() == 11 && finish.isEnabled());
        assertTrue(Screen.find(shell, "plan.commands", Text.class).getText()
                .contains("az storage account create --subscription " + subscription));
        assertEquals(List.of(), AccessibilityTest.clashes(shell));
        screen.picture(shell, "azure-plan");
        assertTrue(arm.asked().stream().noneMatch(line -> line.startsWith("PUT")));
        Screen.click(finish);
        assertEquals("contosofree", agreed.getFirst().account());
    }

    @Test
    void theWorkIsAJobAndItsResultIsShown() throws Exception {
        var told = new ArrayList<VaultPlan>();
        var job = new PlaceJob(tasks, request(), told::add);
        job.schedule();
        job.join();
        assertEquals("", told.getFirst().failure());
        assertEquals(told.getFirst(), tasks.last());
        assertTrue(told.getFirst().isComplete());

        var dialog = new ResultDialog(screen.open().shell(), told.getFirst());
        dialog.setBlockOnOpen(false);
        dialog.open();
        Shell shell = screen.dialog("place.result");
        assertEquals("holdfast-vault serve --data DIR --store azure://contosobackups.blob.core.windows.net/vault",
                Screen.find(shell, "result.serve", Text.class).getText());
        screen.picture(shell, "azure-result");
        Screen.click(Screen.find(shell, "result.close", Button.class));

        arm.forbid("/managementpolicies/");
        arm.storage().deleted("other-keys");
        var half = new PlaceJob(tasks, new VaultRequest(subscription, "backups", "westeurope", "contosohalf", "vault",
                Redundancy.LRS, true, 14, "", ""), told::add);
        half.schedule();
        half.join();
        assertTrue(told.getLast().failure().contains("AuthorizationFailed"), told.getLast().failure());
    }

    @Test
    void serversOfMicrosoftsAgentAreCandidates() throws Exception {
        azure.apply(request(), AzureWatch.none());
        var id = new RecoveryVaultId(subscription, "backups", "branch-offices");
        azure.create(new RecoveryVaultRequest(id, "westeurope", Redundancy.ZRS, false, 30, false, true),
                AzureWatch.none());
        Instant night = Clock.systemUTC().instant().minus(Duration.ofHours(8));
        try (Fleet fleet = new Fleet(folder, 3)) {
            fleet.connect();
            String ours = fleet.console().sessions().getFirst().live().servers().snapshot().getFirst().name();
            arm.recovery().server(id.path(), "FILES-01", night, "Failed");
            arm.recovery().server(id.path(), ours.toUpperCase(java.util.Locale.ROOT) + ".contoso.com", night,
                    "Completed");
            var asked = new ArrayList<Map<String, String>>();
            var part = new RecoveryPart(new AzureSite(tasks, fleet.console()), Formats.local(),
                    (command, parameters) -> asked.add(parameters));
            part.create(screen.shell());
            screen.open();
            Table servers = screen.find("recovery.servers", Table.class);
            screen.until("servers", () -> servers.getItemCount() == 2);
            assertEquals(List.of("FILES-01"), part.candidateNames());
            assertEquals(1, screen.find("recovery.vaults", Table.class).getItemCount());
            assertEquals(List.of("ZoneRedundant (for good)"),
                    Screen.rows(screen.find("recovery.vaults", Table.class), 2));
            assertFalse(screen.find("recovery.register", Button.class).isEnabled());
            Screen.select(servers, Screen.rows(servers, 1).indexOf("FILES-01"));
            screen.settle();
            assertEquals(1, screen.find("recovery.items", Table.class).getItemCount());
            assertEquals(List.of("The volume is not there."),
                    Screen.rows(screen.find("recovery.jobs", Table.class), 4));
            screen.picture("azure-recovery");
            screen.click("recovery.register");
            assertEquals(List.of(Map.of("org.holdfast.console.install.register.hosts", "FILES-01")), asked);
        }
    }

    @Test
    void whoMayNothingIsTold() {
        entra.close();
        var part = new RecoveryPart(new AzureSite(tasks, new org.holdfast.console.client.fleet.VaultConnections(folder,
                Clock.systemUTC())), Formats.local(), (command, parameters) -> {
                });
        part.create(screen.shell());
        screen.open();
        screen.until("why", () -> Screen.shows(screen.shell(), "recovery.message"));
    }
}

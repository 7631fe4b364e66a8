package org.holdfast.cli.internal.azure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.holdfast.api.CancelToken;
import org.holdfast.api.azure.AzureManagement;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.PlanStep;
import org.holdfast.api.azure.Redundancy;
import org.holdfast.api.azure.VaultPlan;
import org.holdfast.api.azure.VaultRequest;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Table;
import org.holdfast.protocol.common.Json;

/** What there is in Azure, and a vault's place in it. */
public final class AzureVaultCommands {
    private AzureVaultCommands() {
    }

    /** {@code azure subscriptions}. */
    public static Command subscriptions() {
        return AzureCommand.of("azure subscriptions", "List the subscriptions that this identity sees", List.of(),
                List.of(), (call, azure) -> {
                    var all = azure.subscriptions();
                    if (!call.json() && !call.quiet()) {
                        call.err().println("As " + azure.identity() + ".");
                    }
                    return Lists.print(call, all, "No subscriptions.", new String[] { "NAME", "STATE", "ID", "TENANT" },
                            s -> new String[] { s.name(), s.state(), s.id(), s.tenant() });
                });
    }

    /** {@code azure groups}. */
    public static Command groups() {
        return AzureCommand.in("azure groups", "List the resource groups of a subscription", List.of(), List.of(),
                (call, azure) -> Lists.print(call, azure.groups(AzureCommand.subscription(call, azure)),
                        "No resource groups.", new String[] { "NAME", "LOCATION" },
                        g -> new String[] { g.name(), g.region() }));
    }

    /** {@code azure locations}. */
    public static Command locations() {
        return AzureCommand.in("azure locations", "List the regions of a subscription", List.of(), List.of(),
                (call, azure) -> Lists.print(call, azure.regions(AzureCommand.subscription(call, azure)),
                        "No regions.", new String[] { "NAME", "TITLE", "PAIR", "RECOMMENDED" },
                        r -> new String[] { r.name(), r.title(), r.pair().isEmpty() ? "-" : r.pair(),
                                r.recommended() ? "yes" : "-" }));
    }

    /** {@code azure create-vault}. */
    public static Command createVault() {
        return AzureCommand.in("azure create-vault", "Make the place in which a vault keeps its data",
                List.of(CliOption.flag("--plan", "Only tell what is there and what would be made"),
                        CliOption.value("--group", "GROUP", "Resource group; made when it is not there"),
                        CliOption.value("--location", "REGION", "Region of everything that is made"),
                        CliOption.value("--container", "NAME", "Container (default: vault)"),
                        CliOption.choice("--redundancy", "KIND", "Redundancy (default: grs)",
                                List.of("lrs", "zrs", "grs", "ra-grs", "gzrs", "ra-gzrs")),
                        CliOption.flag("--no-immutability", "Objects cannot be locked against removal"),
                        CliOption.value("--soft-delete-days", "N",
                                "Days for which deleted objects can be had back, 1 to 365 (default: 14)"),
                        CliOption.value("--key-vault", "NAME", "Key Vault for passphrases; made when it is not there"),
                        CliOption.value("--identity", "OBJECT-ID", "Identity of the vault server, which gets the roles"
                                + " (default: the one of this program)")),
                List.of(CliOperand.one("ACCOUNT", "Name of the storage account, unique in the cloud")),
                AzureVaultCommands::create)
                .saying("A storage account with TLS 1.2, without public access and without shared keys; versions and"
                        + " soft delete of its objects; a container; the roles that a vault server needs, and no more.")
                .saying("What is there already stays. After a failure, run it again: it goes on from there.")
                .example("azure create-vault contosobackups --group backups --location westeurope --plan")
                .example("azure create-vault contosobackups --group backups --location westeurope --redundancy zrs"
                        + " --key-vault contoso-backup-keys");
    }

    private static int create(Invocation call, AzureManagement azure) {
        for (String needed : List.of("--group", "--location")) {
            if (call.value(needed) == null) {
                throw Invocation.usage("Give " + needed + ".");
            }
        }
        String container = call.value("--container");
        String redundancy = call.value("--redundancy");
        String keyVault = call.value("--key-vault");
        String identity = call.value("--identity");
        var request = new VaultRequest(AzureCommand.subscription(call, azure), call.value("--group"),
                call.value("--location").replace(" ", "").toLowerCase(Locale.ROOT), call.operand("ACCOUNT"),
                container == null ? "vault" : container,
                redundancy == null ? Redundancy.GRS : Redundancy.parse(redundancy), !call.flag("--no-immutability"),
                call.number("--soft-delete-days", 1, 365, 14), keyVault == null ? "" : keyVault,
                identity == null ? "" : identity);
        boolean only = call.flag("--plan");
        VaultPlan plan = only ? azure.plan(request, new Teller(call)) : azure.apply(request, new Teller(call));
        if (call.json()) {
            call.out().println(Json.text(plan));
        } else {
            show(call, plan, only);
        }
        if (!plan.failure().isEmpty()) {
            return Command.FAILED;
        }
        return plan.isBlocked() ? Command.WARNINGS : Command.DONE;
    }

    private static void show(Invocation call, VaultPlan plan, boolean only) {
        if (only || !plan.failure().isEmpty()) {
            var table = new Table("STATE", "WHAT", "NAME", "DETAIL");
            plan.steps().forEach(step -> table.row(word(step.state()), kind(step.kind()), step.resource(),
                    detail(step)));
            table.print(call.out());
        }
        if (!plan.failure().isEmpty()) {
            call.err().println(plan.failure());
            if (!plan.advice().isEmpty()) {
                call.err().println(plan.advice());
            }
            return;
        }
        if (only && !plan.commands().isEmpty()) {
            call.out().println();
            call.out().println("The same with Azure's own command line:");
            plan.commands().forEach(call.out()::println);
        }
        call.out().println();
        call.out().println(plan.isComplete() ? "Everything is there. Start a vault server on it:" : "Afterwards:");
        plan.variables().forEach(line -> call.out().println("export " + line));
        call.out().println(plan.serve());
        if (!plan.keyVault().isEmpty()) {
            call.out().println("Key Vault: " + plan.keyVault());
        }
        if (plan.isComplete() && !only) {
            call.err().println("Roles count some minutes after they are given: check with 'holdfast-vault check"
                    + " --data DIR --store " + plan.location() + "'.");
        }
    }

    private static String detail(PlanStep step) {
        boolean days = step.kind() == PlanStep.Kind.BLOB_SERVICE;
        return step.differences().isEmpty() ? step.detail() + (days ? " days" : "")
                : String.join(", ", step.differences().stream()
                        .map(d -> d.setting() + ": " + d.is() + ", wanted " + d.wanted()).toList());
    }

    private static String word(PlanStep.State state) {
        return switch (state) {
            case THERE -> "there";
            case TO_MAKE -> "to make";
            case DIFFERS -> "differs";
            case BLOCKED -> "in the way";
        };
    }

    private static String kind(PlanStep.Kind kind) {
        return switch (kind) {
            case PROVIDER -> "service of the subscription";
            case GROUP -> "resource group";
            case ACCOUNT -> "storage account";
            case BLOB_SERVICE -> "versions and soft delete";
            case LIFECYCLE -> "rule for old versions";
            case CONTAINER -> "container";
            case KEY_VAULT -> "Key Vault";
            case ROLE -> "role on";
        };
    }

    /** Tells what goes on, for people. */
    record Teller(Invocation call) implements AzureWatch {
        @Override
        public CancelToken cancel() {
            return call.cancel();
        }

        @Override
        public void begins(PlanStep step, int number, int total) {
            if (!call.quiet() && !call.json()) {
                call.err().println(number + "/" + total + " " + kind(step.kind()) + " " + step.resource()
                        + (step.detail().isEmpty() ? "" : ": " + detail(step)));
                call.err().flush();
            }
        }

        @Override
        public void waits(String reason, Duration time) {
            if (!call.quiet() && !call.json() && time.toSeconds() >= 10) {
                call.err().println("    waiting " + time.toSeconds() + " s: " + reason);
                call.err().flush();
            }
        }
    }
}

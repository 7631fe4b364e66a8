package org.holdfast.cli.internal.azure;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.azure.AzureManagement;
import org.holdfast.api.azure.MarsServer;
import org.holdfast.api.azure.RecoveryCredentials;
import org.holdfast.api.azure.RecoveryVault;
import org.holdfast.api.azure.RecoveryVaultId;
import org.holdfast.api.azure.RecoveryVaultRequest;
import org.holdfast.api.azure.Redundancy;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.fleet.Registered;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.input.PrivateFile;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.protocol.common.Json;

/** Recovery Services vaults, and the servers that Microsoft's agent protects. */
public final class RecoveryVaultCommands {
    private static final CliOperand VAULT_NAME = CliOperand.one("VAULT", "Name of the vault, or GROUP/NAME");

    private RecoveryVaultCommands() {
    }

    /** {@code azure recovery-vaults list}. */
    public static Command list() {
        return AzureCommand.in("azure recovery-vaults list", "List Recovery Services vaults", List.of(), List.of(),
                (call, azure) -> Lists.print(call, azure.recoveryVaults(AzureCommand.subscription(call, azure)),
                        "No Recovery Services vaults.", new String[] { "NAME", "GROUP", "LOCATION", "STATE" },
                        v -> new String[] { v.id().name(), v.id().group(), v.region(), v.state() }));
    }

    /** {@code azure recovery-vaults show}. */
    public static Command show() {
        return AzureCommand.in("azure recovery-vaults show", "Show the settings of a Recovery Services vault",
                List.of(), List.of(VAULT_NAME),
                (call, azure) -> tell(call, azure.recoveryVault(AzureCommand.vault(call, azure))));
    }

    private static int tell(Invocation call, RecoveryVault vault) {
        if (call.json()) {
            call.out().println(Json.text(vault));
            return Command.DONE;
        }
        call.out().println("Recovery Services vault " + vault.id().name());
        new Facts().add("group", vault.id().group()).add("location", vault.region()).add("state", vault.state())
                .add("redundancy", Lists.text(vault.redundancy())
                        + (vault.redundancyLocked() ? " (for good: it protects something)" : ""))
                .add("cross region restore", Lists.text(vault.crossRegionRestore()))
                .add("soft delete", Lists.text(vault.softDelete())
                        + (vault.softDeleteDays() == 0 ? "" : ", " + vault.softDeleteDays() + " days"))
                .add("immutability", Lists.text(vault.immutability()))
                .add("second person", Lists.text(vault.multiUser()))
                .add("public access", Lists.text(vault.publicAccess()))
                .add("servers", Units.count(vault.servers())).add("items", Units.count(vault.items()))
                .print(call.out());
        return Command.DONE;
    }

    /** {@code azure recovery-vaults create}. */
    public static Command create() {
        return AzureCommand.in("azure recovery-vaults create", "Make a Recovery Services vault with all its settings",
                List.of(CliOption.value("--group", "GROUP", "Resource group, which has to be there"),
                        CliOption.value("--location", "REGION", "Region"),
                        CliOption.choice("--redundancy", "KIND",
                                "Redundancy, which is for good from the first item on (default: grs)",
                                List.of("lrs", "zrs", "grs")),
                        CliOption.flag("--cross-region-restore", "The second region can be restored from (grs)"),
                        CliOption.value("--soft-delete-days", "N", "14 to 180 (default: 14)"),
                        CliOption.flag("--always-soft-delete", "Soft delete can never be turned off again"),
                        CliOption.flag("--immutable", "Recovery points cannot be removed before their time")),
                List.of(CliOperand.one("VAULT", "Name: 2 to 50 letters, digits and hyphens")), (call, azure) -> {
                    for (String needed : List.of("--group", "--location")) {
                        if (call.value(needed) == null) {
                            throw Invocation.usage("Give " + needed + ".");
                        }
                    }
                    String kind = call.value("--redundancy");
                    var id = new RecoveryVaultId(AzureCommand.subscription(call, azure), call.value("--group"),
                            call.operand("VAULT"));
                    return tell(call, azure.create(new RecoveryVaultRequest(id,
                            call.value("--location").replace(" ", "").toLowerCase(Locale.ROOT),
                            kind == null ? Redundancy.GRS : Redundancy.parse(kind),
                            call.flag("--cross-region-restore"), call.number("--soft-delete-days", 14, 180, 14),
                            call.flag("--always-soft-delete"), call.flag("--immutable")),
                            new AzureVaultCommands.Teller(call)));
                }).example("azure recovery-vaults create branch-offices --group backups --location westeurope"
                        + " --redundancy zrs --soft-delete-days 30");
    }

    /** {@code azure recovery-vaults credentials}. */
    public static Command credentials() {
        return AzureCommand.in("azure recovery-vaults credentials", "Make a credentials file for Microsoft's agent",
                List.of(CliOption.value("--out", "FILE",
                        "File to make (default: the name that Microsoft's portal would choose)")),
                List.of(VAULT_NAME), RecoveryVaultCommands::credentials)
                .saying("The file is a secret: whoever has it registers servers, for ten days. It makes those that"
                        + " were made before useless.")
                .example("azure recovery-vaults credentials branch-offices --out branch.VaultCredentials");
    }

    private static int credentials(Invocation call, AzureManagement azure) throws IOException {
        RecoveryCredentials made = azure.credentials(AzureCommand.vault(call, azure));
        String given = call.value("--out");
        Path file = NativePaths.path(call.path(given == null ? made.fileName() : given));
        try {
            PrivateFile.create(file, made.content());
        } catch (FileAlreadyExistsException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + file + "' is there already.",
                    "Name another file with --out.", e);
        }
        if (call.json()) {
            call.out().println(Json.text(Map.of("file", file.toString(), "expires", made.expires())));
        } else if (!call.quiet()) {
            call.out().println("Made " + file + ". It counts until " + Lists.time(call, made.expires())
                    + "; keep it secret, and delete it when the servers are registered.");
        }
        return Command.DONE;
    }

    /** {@code azure recovery-vaults servers}. */
    public static Command servers() {
        return AzureCommand.in("azure recovery-vaults servers", "List the servers with Microsoft's agent",
                List.of(CliOption.flag("--items", "List what they protect instead"),
                        CliOption.flag("--candidates", "Only servers that the vault server of the sign-in does not"
                                + " protect")),
                List.of(VAULT_NAME), RecoveryVaultCommands::servers)
                .saying("Candidates are compared by name, without the domain. Register them with"
                        + " 'holdfast server install'.")
                .example("azure recovery-vaults servers branch-offices --candidates");
    }

    private static int servers(Invocation call, AzureManagement azure) {
        RecoveryVaultId vault = AzureCommand.vault(call, azure);
        Set<String> known = call.flag("--candidates") ? Registered.names(call) : Set.of();
        if (call.flag("--items")) {
            return Lists.print(call,
                    azure.items(vault).stream().filter(i -> !known.contains(Registered.plain(i.server()))).toList(),
                    "No items.", new String[] { "SERVER", "ITEM", "STATE", "LAST BACKUP", "STATUS", ">POINTS",
                            "OLDEST" },
                    i -> new String[] { i.server(), i.name(), i.state(), Lists.time(call, i.lastBackup()),
                            Lists.text(i.lastStatus()), Units.count(i.points()), Lists.time(call, i.oldest()) });
        }
        List<MarsServer> all = azure.servers(vault).stream()
                .filter(s -> !known.contains(Registered.plain(s.name()))).toList();
        return Lists.print(call, all, "No such servers.",
                new String[] { "NAME", "AGENT", "HEALTH", "LAST STATUS", "REFRESHED", ">ITEMS", "PROBLEMS" },
                s -> new String[] { s.name(), Lists.text(s.agent()), Lists.text(s.health()),
                        Lists.text(s.lastStatus()), Lists.time(call, s.refreshed()), Units.count(s.items()),
                        Lists.text(String.join(" ", s.problems())) });
    }

    /** {@code azure recovery-vaults jobs}. */
    public static Command jobs() {
        return AzureCommand.in("azure recovery-vaults jobs", "List the jobs of Microsoft's agents",
                List.of(CliOption.value("--days", "N", "How far back, 1 to 30 (default: 7)")), List.of(VAULT_NAME),
                (call, azure) -> Lists.print(call, azure.jobs(AzureCommand.vault(call, azure),
                        Duration.ofDays(call.number("--days", 1, 30, 7))), "No jobs.",
                        new String[] { "STARTED", "SERVER", "WHAT", "OPERATION", "STATUS", "ERRORS" },
                        j -> new String[] { Lists.time(call, j.started()), j.server(), j.what(), j.operation(),
                                j.status(), Lists.text(String.join(" ", j.errors())) }));
    }

    /** {@code azure recovery-vaults pin}. */
    public static Command pin() {
        return AzureCommand.in("azure recovery-vaults pin",
                "Make a security PIN for a critical operation on a server with Microsoft's agent", List.of(),
                List.of(VAULT_NAME), (call, azure) -> {
                    var pin = azure.securityPin(AzureCommand.vault(call, azure));
                    call.out().println(call.json() ? Json.text(pin)
                            : pin.pin() + "  until " + Lists.time(call, pin.expires()));
                    return Command.DONE;
                });
    }
}

package org.holdfast.cli.internal;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.cli.internal.azure.AzureVaultCommands;
import org.holdfast.cli.internal.azure.RecoveryVaultCommands;
import org.holdfast.cli.internal.commands.BackupCommand;
import org.holdfast.cli.internal.commands.BrowseCommand;
import org.holdfast.cli.internal.commands.CompletionCommand;
import org.holdfast.cli.internal.commands.FindCommand;
import org.holdfast.cli.internal.commands.KeySlotCommands;
import org.holdfast.cli.internal.commands.PassphraseChangeCommand;
import org.holdfast.cli.internal.commands.PointsCommand;
import org.holdfast.cli.internal.commands.RecoveryKeyCreateCommand;
import org.holdfast.cli.internal.commands.RecoveryKeyListCommand;
import org.holdfast.cli.internal.commands.RecoveryKeyRemoveCommand;
import org.holdfast.cli.internal.commands.RestoreCommand;
import org.holdfast.cli.internal.commands.RetainCommand;
import org.holdfast.cli.internal.commands.VaultCreateCommand;
import org.holdfast.cli.internal.commands.VaultInfoCommand;
import org.holdfast.cli.internal.commands.VerifyCommand;
import org.holdfast.cli.internal.demo.DemoCommand;
import org.holdfast.cli.internal.fleet.AgentCommands;
import org.holdfast.cli.internal.fleet.ApprovalCommands;
import org.holdfast.cli.internal.fleet.CredentialsCommands;
import org.holdfast.cli.internal.fleet.DrillCommands;
import org.holdfast.cli.internal.fleet.EntraCommands;
import org.holdfast.cli.internal.fleet.InstallCommands;
import org.holdfast.cli.internal.fleet.JobCommands;
import org.holdfast.cli.internal.fleet.MaintenanceCommands;
import org.holdfast.cli.internal.fleet.NodeCommands;
import org.holdfast.cli.internal.fleet.NotifyRuleCommands;
import org.holdfast.cli.internal.fleet.NotifyTargetCommands;
import org.holdfast.cli.internal.fleet.OverviewCommands;
import org.holdfast.cli.internal.fleet.PointCommands;
import org.holdfast.cli.internal.fleet.PolicyCommands;
import org.holdfast.cli.internal.fleet.RetentionCommands;
import org.holdfast.cli.internal.fleet.SecurityCommands;
import org.holdfast.cli.internal.fleet.SeedCommands;
import org.holdfast.cli.internal.fleet.ServerCommands;
import org.holdfast.cli.internal.fleet.SignInCommands;
import org.holdfast.cli.internal.fleet.UserCommands;
import org.holdfast.cli.internal.fleet.VaultCommands;

/** All commands. Those of ours are made only when they are called for, so that a call loads one command's classes. */
public final class Commands {
    private static final List<String> OWN = List.of("demo", "vault create", "vault info", "backup", "points", "browse",
            "find", "restore", "verify", "retain", "passphrase change", "recovery-key create", "recovery-key list",
            "recovery-key remove", "key-slot add", "key-slot rewrap", "completion", "login", "logout", "whoami",
            "vault list", "vault new", "vault set",
            "vault use", "vault remove", "vault check-name", "credentials create", "credentials list",
            "credentials revoke", "server list", "server show", "server set", "server items", "server assign",
            "server retire", "server install", "server passphrases",
            "server drill", "server seed", "server restore", "server browse", "server find", "server excluded",
            "policy list",
            "policy show",
            "policy create", "policy update", "policy remove",
            "policy assign", "policy preview", "job list", "job show", "job start", "job watch", "job cancel",
            "job pause", "job resume", "job warnings", "point list", "point pin", "point unpin",
            "point forecast", "point delete", "point undelete", "server delete-data", "server undelete-data",
            "vault clock", "vault maintenance", "vault rebuild", "vault scrub", "vault damage",
            "vault collection", "vault nodes",
            "alert list", "alert acknowledge", "alert mute",
            "user list", "user create", "user set", "user remove", "user password", "audit list", "audit verify",
            "sign-in show", "sign-in set", "sign-in map", "sign-in unmap", "sign-in check",
            "audit export", "approval list", "approval approve", "approval deny", "approval withdraw",
            "security show", "security set", "security pin",
            "notify kinds", "notify target list", "notify target show", "notify target set", "notify target remove",
            "notify target test", "notify rule list", "notify rule show", "notify rule set", "notify rule remove",
            "notify messages", "events", "azure subscriptions", "azure groups", "azure locations",
            "azure create-vault", "azure recovery-vaults list", "azure recovery-vaults show",
            "azure recovery-vaults create", "azure recovery-vaults credentials", "azure recovery-vaults servers",
            "azure recovery-vaults jobs", "azure recovery-vaults pin");

    private final List<CliCommand> plugged;

    /** @param plugged commands of other bundles; one with the name of ours is ignored */
    public Commands(List<CliCommand> plugged) {
        this.plugged = plugged.stream().filter(command -> !OWN.contains(command.name())).toList();
    }

    /** Every command, ours first. */
    public List<CliCommand> all() {
        var all = new ArrayList<CliCommand>();
        OWN.forEach(name -> all.add(own(name)));
        all.addAll(plugged);
        return all;
    }

    /** Whether commands of ours begin with a word. */
    static boolean isOwn(String word) {
        return OWN.stream().anyMatch(name -> name.equals(word) || name.startsWith(word + " "));
    }

    /** The commands whose first word is the given one. */
    List<CliCommand> startingWith(String word) {
        var found = new ArrayList<CliCommand>();
        for (var name : OWN) {
            if (name.equals(word) || name.startsWith(word + " ")) {
                found.add(own(name));
            }
        }
        for (var command : plugged) {
            if (command.name().equals(word) || command.name().startsWith(word + " ")) {
                found.add(command);
            }
        }
        return found;
    }

    /** What the commands of a group are about. */
    static String groupSummary(String group) {
        return switch (group) {
            case "vault" -> "Create a vault in a directory, or administer the vaults of a vault server.";
            case "credentials" -> "Vault credentials files, with which servers are registered.";
            case "server" -> "Protected servers of a vault server.";
            case "policy" -> "Backup policies of a vault server.";
            case "job" -> "Backups and other work of protected servers.";
            case "point" -> "Recovery points of a vault server.";
            case "alert" -> "What somebody should look at.";
            case "user" -> "Accounts of people on a vault server.";
            case "audit" -> "Who changed what on a vault server.";
            case "notify" -> "Who is told of alerts, and where.";
            case "notify target" -> "Where notifications are sent to.";
            case "notify rule" -> "Who is told of which alerts, and when.";
            case "azure" -> "Subscriptions of Azure: a vault's place in one, and Recovery Services vaults.";
            case "azure recovery-vaults" -> "Recovery Services vaults, and the servers with Microsoft's agent.";
            case "passphrase" -> "Change the passphrase of a vault.";
            case "recovery-key" -> "Create, list and remove the keys that open a vault when its passphrase is lost.";
            case "key-slot" -> "Let a key of an Azure Key Vault open a vault.";
            default -> "Commands about " + group + ".";
        };
    }

    private static CliCommand own(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "vault create" -> new VaultCreateCommand();
            case "vault info" -> new VaultInfoCommand();
            case "backup" -> new BackupCommand();
            case "points" -> new PointsCommand();
            case "browse" -> new BrowseCommand();
            case "find" -> new FindCommand();
            case "restore" -> new RestoreCommand();
            case "verify" -> new VerifyCommand();
            case "retain" -> new RetainCommand();
            case "passphrase change" -> new PassphraseChangeCommand();
            case "recovery-key create" -> new RecoveryKeyCreateCommand();
            case "recovery-key list" -> new RecoveryKeyListCommand();
            case "recovery-key remove" -> new RecoveryKeyRemoveCommand();
            case "key-slot add" -> KeySlotCommands.add();
            case "key-slot rewrap" -> KeySlotCommands.rewrap();
            case "completion" -> new CompletionCommand();
            case "login" -> SignInCommands.login();
            case "logout" -> SignInCommands.logout();
            case "whoami" -> SignInCommands.whoami();
            case "vault list" -> VaultCommands.list();
            case "vault new" -> VaultCommands.create();
            case "vault set" -> VaultCommands.set();
            case "vault use" -> VaultCommands.use();
            case "vault remove" -> VaultCommands.remove();
            case "vault check-name" -> VaultCommands.checkName();
            case "credentials create" -> CredentialsCommands.create();
            case "credentials list" -> CredentialsCommands.list();
            case "credentials revoke" -> CredentialsCommands.revoke();
            case "server list" -> ServerCommands.list();
            case "server show" -> ServerCommands.show();
            case "server set" -> ServerCommands.set();
            case "server items" -> ServerCommands.items();
            case "server assign" -> ServerCommands.assign();
            case "server retire" -> ServerCommands.retire();
            case "server install" -> InstallCommands.install();
            case "server passphrases" -> InstallCommands.passphrases();
            case "server drill" -> DrillCommands.drill();
            case "server seed" -> SeedCommands.importSeed();
            case "server restore" -> AgentCommands.restore();
            case "server browse" -> AgentCommands.browse();
            case "server find" -> AgentCommands.find();
            case "server excluded" -> AgentCommands.excluded();
            case "policy list" -> PolicyCommands.list();
            case "policy show" -> PolicyCommands.show();
            case "policy create" -> PolicyCommands.create();
            case "policy update" -> PolicyCommands.update();
            case "policy remove" -> PolicyCommands.remove();
            case "policy assign" -> PolicyCommands.assign();
            case "policy preview" -> PolicyCommands.preview();
            case "job list" -> JobCommands.list();
            case "job show" -> JobCommands.show();
            case "job start" -> JobCommands.start();
            case "job watch" -> JobCommands.watch();
            case "job cancel" -> JobCommands.tell("cancel", "End a job before its time; what it stored stays");
            case "job pause" -> JobCommands.tell("pause", "Stop a job for now");
            case "job resume" -> JobCommands.tell("resume", "Let a job that was stopped go on");
            case "job warnings" -> JobCommands.warnings();
            case "point list" -> PointCommands.list();
            case "point pin" -> PointCommands.pin();
            case "point unpin" -> PointCommands.unpin();
            case "point forecast" -> RetentionCommands.forecast();
            case "point delete" -> RetentionCommands.delete();
            case "point undelete" -> RetentionCommands.undelete();
            case "server delete-data" -> RetentionCommands.deleteData();
            case "server undelete-data" -> RetentionCommands.undeleteData();
            case "vault clock" -> RetentionCommands.clock();
            case "vault maintenance" -> MaintenanceCommands.plan();
            case "vault rebuild" -> MaintenanceCommands.rebuild();
            case "vault scrub" -> MaintenanceCommands.scrubs();
            case "vault damage" -> MaintenanceCommands.damage();
            case "vault collection" -> MaintenanceCommands.collection();
            case "vault nodes" -> NodeCommands.nodes();
            case "alert list" -> OverviewCommands.alerts();
            case "alert acknowledge" -> OverviewCommands.acknowledge();
            case "alert mute" -> OverviewCommands.mute();
            case "user list" -> UserCommands.list();
            case "user create" -> UserCommands.create();
            case "user set" -> UserCommands.set();
            case "user remove" -> UserCommands.remove();
            case "user password" -> UserCommands.password();
            case "audit export" -> OverviewCommands.exportAudit();
            case "sign-in show" -> EntraCommands.show();
            case "sign-in set" -> EntraCommands.set();
            case "sign-in map" -> EntraCommands.map();
            case "sign-in unmap" -> EntraCommands.unmap();
            case "sign-in check" -> EntraCommands.check();
            case "approval list" -> ApprovalCommands.list();
            case "approval approve" -> ApprovalCommands.decide("approve", "Approve what somebody else asks for");
            case "approval deny" -> ApprovalCommands.decide("deny", "Deny what somebody else asks for");
            case "approval withdraw" -> ApprovalCommands.withdraw();
            case "audit list" -> OverviewCommands.audit();
            case "security pin" -> SecurityCommands.pin();
            case "security set" -> SecurityCommands.set();
            case "security show" -> SecurityCommands.show();
            case "audit verify" -> OverviewCommands.verifyAudit();
            case "notify kinds" -> NotifyTargetCommands.kinds();
            case "notify target list" -> NotifyTargetCommands.list();
            case "notify target show" -> NotifyTargetCommands.show();
            case "notify target set" -> NotifyTargetCommands.set();
            case "notify target remove" -> NotifyTargetCommands.remove();
            case "notify target test" -> NotifyTargetCommands.test();
            case "notify rule list" -> NotifyRuleCommands.list();
            case "notify rule show" -> NotifyRuleCommands.show();
            case "notify rule set" -> NotifyRuleCommands.set();
            case "notify rule remove" -> NotifyRuleCommands.remove();
            case "notify messages" -> NotifyTargetCommands.messages();
            case "events" -> OverviewCommands.events();
            case "azure subscriptions" -> AzureVaultCommands.subscriptions();
            case "azure groups" -> AzureVaultCommands.groups();
            case "azure locations" -> AzureVaultCommands.locations();
            case "azure create-vault" -> AzureVaultCommands.createVault();
            case "azure recovery-vaults list" -> RecoveryVaultCommands.list();
            case "azure recovery-vaults show" -> RecoveryVaultCommands.show();
            case "azure recovery-vaults create" -> RecoveryVaultCommands.create();
            case "azure recovery-vaults credentials" -> RecoveryVaultCommands.credentials();
            case "azure recovery-vaults servers" -> RecoveryVaultCommands.servers();
            case "azure recovery-vaults jobs" -> RecoveryVaultCommands.jobs();
            case "azure recovery-vaults pin" -> RecoveryVaultCommands.pin();
            default -> throw new IllegalArgumentException(name);
        };
    }
}

package org.holdfast.cli.internal;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.cli.internal.commands.BackupCommand;
import org.holdfast.cli.internal.commands.BrowseCommand;
import org.holdfast.cli.internal.commands.CompletionCommand;
import org.holdfast.cli.internal.commands.FindCommand;
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

/** All commands. Those of ours are made only when they are called for, so that a call loads one command's classes. */
public final class Commands {
    private static final List<String> OWN = List.of("demo", "vault create", "vault info", "backup", "points", "browse",
            "find", "restore", "verify", "retain", "passphrase change", "recovery-key create", "recovery-key list",
            "recovery-key remove", "completion");

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
            case "vault" -> "Create a vault, or tell about one.";
            case "passphrase" -> "Change the passphrase of a vault.";
            case "recovery-key" -> "Create, list and remove the keys that open a vault when its passphrase is lost.";
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
            case "completion" -> new CompletionCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }
}

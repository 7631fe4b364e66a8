package org.holdfast.cli.internal.fleet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.fleet.Redundancy;
import org.holdfast.api.fleet.SoftDelete;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Answer;
import org.holdfast.client.Call;
import org.holdfast.protocol.fleet.CheckName;
import org.holdfast.protocol.fleet.CheckNameAnswer;
import org.holdfast.protocol.fleet.CreateVault;

/** The vaults of a vault server. */
public final class VaultCommands {
    private static final String QUOTA = "--quota";
    private static final CliOperand NAME = CliOperand.one("NAME", "Name of the vault");
    private static final List<CliOption> SETTINGS = List.of(
            CliOption.value("--region", "TEXT", "Label: where it is"),
            CliOption.value("--resource-group", "TEXT", "Label: resource group"),
            CliOption.value("--subscription", "TEXT", "Label: subscription"),
            CliOption.list("--tag", "NAME=VALUE", "A tag; NAME= removes it"),
            CliOption.choice("--redundancy", "KIND", "How many copies there are", List.of("local", "geo")),
            CliOption.choice("--immutability", "STATE", "Whether points can be removed early",
                    List.of("off", "on", "locked")),
            CliOption.value("--soft-delete-days", "N",
                    "How long deleted data can be brought back: 14 to 180 days, 0 for not at all"),
            CliOption.flag("--soft-delete-always", "For ever: that time never becomes shorter again"),
            CliOption.value(QUOTA, "SIZE", "What the vault may keep, such as 2T; 'none' for no limit"),
            CliOption.value("--default-policy", "NAME", "Policy of servers that have no other; empty for none"));

    private VaultCommands() {
    }

    /** {@code vault list}. */
    public static Command list() {
        return RemoteCommand.of("vault list", "List the vaults of the vault server", List.of(), List.of(),
                (call, remote) -> {
                    Output.list(call, remote.all(Call.get(Remote.path("vaults")), VaultSummary.class),
                            "There is no vault yet. Make one with 'holdfast vault new NAME'.",
                            new String[] { "NAME", ">SERVERS", ">POINTS", ">STORED", ">QUOTA", ">ALERTS", "REDUNDANCY",
                                    "IMMUTABILITY", "REGION" },
                            v -> new String[] { v.name(), Units.count(v.servers()), Units.count(v.points()),
                                    Units.size(v.storedBytes()), quota(v), Units.count(v.openAlerts()),
                                    Output.words(v.redundancy()), Output.words(v.immutability()),
                                    Output.text(v.region()) });
                    return RemoteCommand.DONE;
                });
    }

    private static String quota(VaultSummary vault) {
        Long quota = vault.quotaBytes();
        return quota == null ? "-" : Units.size(quota);
    }

    /** {@code vault new}. */
    public static Command create() {
        return RemoteCommand.of("vault new", "Make a vault on the vault server", SETTINGS, List.of(NAME),
                (call, remote) -> {
                    var made = remote.client().post(Remote.path("vaults"), settings(call, call.operand("NAME"), null),
                            VaultSummary.class);
                    Output.done(call, made, "Made the vault " + made.name() + ".");
                    return RemoteCommand.DONE;
                }).example("vault new prod-eu --region westeurope --tag owner=ops");
    }

    /** {@code vault set}. */
    public static Command set() {
        return RemoteCommand.of("vault set", "Change the settings of a vault", SETTINGS, List.of(NAME),
                (call, remote) -> {
                    String path = Remote.path("vaults", call.operand("NAME"));
                    Answer<VaultSummary> now = remote.client().send(Call.get(path), VaultSummary.class);
                    var changed = remote.client().put(path, settings(call, now.body().name(), now.body()),
                            String.valueOf(now.etag()), VaultSummary.class);
                    Output.done(call, changed == null ? now.body() : changed, "Changed.");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code vault use}. */
    public static Command use() {
        return RemoteCommand.of("vault use", "Choose the vault that later commands mean", List.of(), List.of(NAME),
                (call, remote) -> {
                    var vault = remote.client().get(Remote.path("vaults", call.operand("NAME")), VaultSummary.class);
                    new LoginFile(call.environment().variables()).write(remote.login().withVault(vault.name()));
                    Output.done(call, vault, "Commands now mean the vault " + vault.name() + ".");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code vault remove}. */
    public static Command remove() {
        return RemoteCommand.of("vault remove", "Remove a vault that has no servers any more", List.of(),
                List.of(NAME), (call, remote) -> {
                    String path = Remote.path("vaults", call.operand("NAME"));
                    Answer<VaultSummary> now = remote.client().send(Call.get(path), VaultSummary.class);
                    remote.client().delete(path, now.etag());
                    Output.done(call, now.body(), "Removed the vault " + now.body().name() + ".");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code vault check-name}. */
    public static Command checkName() {
        return RemoteCommand.of("vault check-name", "Tell whether a vault can have a name", List.of(), List.of(NAME),
                (call, remote) -> {
                    var answer = remote.client().post(Remote.path("vaults", "check-name"),
                            new CheckName(call.operand("NAME")), CheckNameAnswer.class);
                    Output.done(call, answer, answer.available() ? "The name is free." : answer.message());
                    return answer.available() ? RemoteCommand.DONE : RemoteCommand.FAILED;
                });
    }

    private static CreateVault settings(Invocation call, String name, @Nullable VaultSummary now) {
        var tags = new TreeMap<String, String>(now == null ? Map.of() : now.tags());
        for (String tag : call.values("--tag")) {
            int equals = tag.indexOf('=');
            if (equals < 1) {
                throw Invocation.usage("A tag is given as NAME=VALUE, not '" + tag + "'.");
            }
            if (equals == tag.length() - 1) {
                tags.remove(tag.substring(0, equals));
            } else {
                tags.put(tag.substring(0, equals), tag.substring(equals + 1));
            }
        }
        SoftDelete soft = now == null ? SoftDelete.DEFAULT : now.softDelete();
        return new CreateVault(name, given(call, "--region", now == null ? "" : now.region()),
                given(call, "--resource-group", now == null ? "" : now.resourceGroup()),
                given(call, "--subscription", now == null ? "" : now.subscription()), tags,
                constant(call, "--redundancy", Redundancy.class, now == null ? null : now.redundancy()),
                constant(call, "--immutability", Immutability.class, now == null ? null : now.immutability()),
                new SoftDelete(call.value("--soft-delete-days") == null ? soft.days()
                        : call.number("--soft-delete-days", 0, 180, 14),
                        soft.always() || call.flag("--soft-delete-always")),
                policy(call, now == null ? null : now.defaultPolicy()),
                quota(call, now == null ? null : now.quotaBytes()));
    }

    private static @Nullable Long quota(Invocation call, @Nullable Long now) {
        String given = call.value(QUOTA);
        return given == null ? now : given.equals("none") ? null : Long.valueOf(call.size(QUOTA));
    }

    private static @Nullable String policy(Invocation call, @Nullable String now) {
        String given = call.value("--default-policy");
        return given == null ? now : given.isEmpty() ? null : given;
    }

    private static String given(Invocation call, String option, String otherwise) {
        String value = call.value(option);
        return value == null ? otherwise : value;
    }

    private static <E extends Enum<E>> @Nullable E constant(Invocation call, String option, Class<E> type,
            @Nullable E otherwise) {
        String value = call.value(option);
        return value == null ? otherwise : Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

package org.holdfast.cli.internal.fleet;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Call;
import org.holdfast.protocol.fleet.MaintenancePlan;
import org.holdfast.protocol.fleet.PackDamage;
import org.holdfast.protocol.fleet.RebuildResult;
import org.holdfast.protocol.fleet.ScrubView;
import org.holdfast.protocol.fleet.VaultMaintenance;

/** How a vault server looks after what it keeps. */
public final class MaintenanceCommands {
    private static final String WINDOW = "--window";
    private static final String COLLECT = "--collect-budget";
    private static final String SCRUB = "--scrub-budget";
    private static final String DAYS = "--scrub-days";
    private static final String ZONE = "--zone";
    private static final String NONE = "none";
    private static final String NOW = "--now";

    private MaintenanceCommands() {
    }

    /** {@code vault maintenance}. */
    public static Command plan() {
        return RemoteCommand.of("vault maintenance",
                "Show or say when the vault server cleans up and reads packs again, and how much a day",
                List.of(CliOption.value(WINDOW, "TIME-TIME", "Only between these times, such as 22:00-06:00; 'none'"),
                        CliOption.value(ZONE, "ZONE", "Time zone of the window (default: UTC)"),
                        CliOption.value(COLLECT, "SIZE", "What may be read in a day to move what is needed; 'none'"),
                        CliOption.value(SCRUB, "SIZE", "What may be read again in a day; 'none'"),
                        CliOption.value(DAYS, "N", "Days in which every pack is read again, 7 to 365")),
                List.of(), (call, remote) -> {
                    String path = Remote.path("maintenance");
                    MaintenancePlan now = remote.client().get(path, MaintenancePlan.class);
                    MaintenancePlan wanted = wanted(call, now);
                    if (!wanted.equals(now)) {
                        now = remote.client().send(Call.put(path, wanted), MaintenancePlan.class).body();
                    }
                    if (call.json()) {
                        Output.value(call, now);
                    } else {
                        new Facts().add("window", now.from() == null ? "all day"
                                : now.from() + "-" + now.to() + " "
                                        + (now.zone().isEmpty() ? "UTC" : now.zone()))
                                .add("collection", size(now.collectBytes()))
                                .add("reading again", size(now.scrubBytes()) + ", every pack within "
                                        + now.scrubDays() + " days")
                                .print(call.out());
                    }
                    return RemoteCommand.DONE;
                });
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? "as much as it takes" : Units.size(bytes) + " a day";
    }

    private static MaintenancePlan wanted(Invocation call, MaintenancePlan now) {
        LocalTime from = now.from();
        LocalTime to = now.to();
        String window = call.value(WINDOW);
        if (window != null) {
            try {
                String[] ends = window.split("-", 2);
                from = window.equals(NONE) ? null : LocalTime.parse(ends[0]);
                to = window.equals(NONE) ? null : LocalTime.parse(ends[ends.length - 1]);
            } catch (DateTimeException e) {
                throw Invocation.usage("A window is given as 22:00-06:00, not '" + window + "'.");
            }
        }
        String zone = call.value(ZONE);
        return new MaintenancePlan(from, to, zone == null ? now.zone() : zone, bytes(call, COLLECT, now.collectBytes()),
                bytes(call, SCRUB, now.scrubBytes()),
                call.value(DAYS) == null ? now.scrubDays() : call.number(DAYS, 7, 365, 30));
    }

    private static @Nullable Long bytes(Invocation call, String option, @Nullable Long now) {
        String given = call.value(option);
        return given == null ? now : given.equals(NONE) ? null : Long.valueOf(call.size(option));
    }

    /** {@code vault rebuild}. */
    public static Command rebuild() {
        return RemoteCommand.of("vault rebuild", "Make anew from the store what the vault server's catalogue has lost",
                List.of(), List.of(), (call, remote) -> {
                    var done = remote.client().post(Remote.path("rebuild"), null, RebuildResult.class);
                    Output.done(call, done, Units.count(done.servers(), "server", "servers") + " and "
                            + Units.count(done.points(), "recovery point", "recovery points") + " added."
                            + (done.failed().isEmpty() ? ""
                                    : " Not made out: " + String.join(", ", done.failed())));
                    return done.failed().isEmpty() ? RemoteCommand.DONE : RemoteCommand.FAILED;
                });
    }

    /** {@code vault scrub}. */
    public static Command scrubs() {
        return RemoteCommand.inVault("vault scrub", "Tell when the packs of each server were read again",
                List.of(CliOption.flag(NOW, "Read all of them again now, also outside the window")), List.of(),
                (call, remote) -> {
                    if (call.flag(NOW)) {
                        remote.client().post(remote.inVault("scrub"), null, VaultMaintenance.class);
                    }
                    Output.list(call, remote.all(Call.get(remote.inVault("scrub")), ScrubView.class),
                            "No server has stored anything yet.",
                            new String[] { "SERVER", "ALL READ SINCE", ">PACKS", ">BYTES", "UNDER WAY SINCE", ">READ",
                                    ">DAMAGED" },
                            s -> new String[] { s.server(), Output.time(call, s.lastBegan()),
                                    Units.count(s.lastPacks()), Units.size(s.lastBytes()),
                                    Output.time(call, s.began()), Units.size(s.bytes()), Units.count(s.damaged()) });
                    return RemoteCommand.DONE;
                });
    }

    /** {@code vault collection}. */
    public static Command collection() {
        return RemoteCommand.inVault("vault collection", "Tell what retention and collection did for each server, and"
                + " what they freed", List.of(CliOption.flag(NOW, "Let them run now, also outside the window")),
                List.of(), (call, remote) -> {
                    var all = call.flag(NOW)
                            ? remote.client().post(remote.inVault("collect"), null, VaultMaintenance.class)
                            : remote.client().get(remote.inVault("maintenance"), VaultMaintenance.class);
                    if (call.json()) {
                        Output.value(call, all);
                        return RemoteCommand.DONE;
                    }
                    Output.list(call, all.servers(), "Collection has not run yet.",
                            new String[] { "SERVER", "RAN", ">POINTS DELETED", ">GONE", ">PACKS", ">FREED",
                                    ">FREED IN ALL", ">WAITING" },
                            s -> new String[] { s.server(), Output.time(call, s.ran()), Units.count(s.deleted()),
                                    Units.count(s.purged()), Units.count(s.packsRemoved()),
                                    Units.size(s.bytesFreed()), Units.size(s.freedTotal()),
                                    Units.count(s.packsPending()) });
                    if (all.collecting()) {
                        call.out().println("Collection runs now; call this again to see what it did.");
                    }
                    return RemoteCommand.DONE;
                });
    }

    /** {@code vault damage}. */
    public static Command damage() {
        return RemoteCommand.inVault("vault damage", "List damaged packs and the recovery points they hurt", List.of(
                CliOption.flag("--all", "Also those that hurt nothing any more")), List.of(), (call, remote) -> {
                    var damages = remote.all(Call.get(remote.inVault("damage")), PackDamage.class).stream()
                            .filter(d -> call.flag("--all") || d.healed() == null).toList();
                    Output.list(call, damages, "No damage is known.",
                            new String[] { "FOUND", "SERVER", "PACK", "PROBLEM", ">POINTS", "NEWEST", "HEALED" },
                            d -> new String[] { Output.time(call, d.found()), d.server(), d.object(), d.problem(),
                                    Units.count(d.points().size()),
                                    d.points().isEmpty() ? "-" : Output.id(d.points().getFirst()),
                                    Output.time(call, d.healed()) });
                    return damages.stream().anyMatch(d -> d.healed() == null) ? RemoteCommand.FAILED
                            : RemoteCommand.DONE;
                });
    }
}

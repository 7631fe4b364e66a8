package org.holdfast.console.client.fleet;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.holdfast.protocol.fleet.ClockStanding;
import org.holdfast.protocol.fleet.MaintenancePlan;
import org.holdfast.protocol.fleet.PackDamage;
import org.holdfast.protocol.fleet.ScrubView;
import org.holdfast.protocol.fleet.VaultMaintenance;

/** How a vault server looks after what it keeps. Calls are made in the background. */
public final class MaintenanceCalls {
    private static final String VAULTS = "vaults";
    private static final String PLAN = "maintenance";
    private static final String SCRUB = "scrub";

    private final Caller caller;

    MaintenanceCalls(Caller caller) {
        this.caller = caller;
    }

    /** When what is not urgent is done, and how much of it; for all vaults. */
    public CompletableFuture<MaintenancePlan> plan() {
        return caller.get(MaintenancePlan.class, PLAN);
    }

    /** Changes that. */
    public CompletableFuture<MaintenancePlan> setPlan(MaintenancePlan plan) {
        return caller.put(plan, null, MaintenancePlan.class, PLAN).thenApply(Versioned::value);
    }

    /** What collection did for the servers of a vault. */
    public CompletableFuture<VaultMaintenance> of(String vault) {
        return caller.get(VaultMaintenance.class, VAULTS, vault, PLAN);
    }

    /** Lets retention and collection run for a vault; answers before they are done. */
    public CompletableFuture<VaultMaintenance> collect(String vault) {
        return caller.press(VaultMaintenance.class, VAULTS, vault, "collect");
    }

    /** Lets all packs of a vault be read again; answers before that is done. */
    public CompletableFuture<VaultMaintenance> scrub(String vault) {
        return caller.press(VaultMaintenance.class, VAULTS, vault, SCRUB);
    }

    /** When the packs of each server were read again, longest ago first. */
    public CompletableFuture<List<ScrubView>> scrubs(String vault) {
        return caller.all(ListQuery.all(), ScrubView.class, VAULTS, vault, SCRUB);
    }

    /** Damaged packs, the newest first, also those that hurt nothing any more. */
    public CompletableFuture<List<PackDamage>> damages(String vault) {
        return caller.all(ListQuery.all(), PackDamage.class, VAULTS, vault, "damage");
    }

    /** Says that the vault's clock is right as it is. */
    public CompletableFuture<ClockStanding> acceptClock() {
        return caller.press(ClockStanding.class, "clock", "accept");
    }
}

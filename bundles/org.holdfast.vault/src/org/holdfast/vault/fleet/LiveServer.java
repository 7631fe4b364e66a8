package org.holdfast.vault.fleet;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.LastDrill;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.catalog.fleet.ContactRow;
import org.holdfast.vault.catalog.fleet.DrillRow;
import org.holdfast.vault.catalog.fleet.ServerRow;

/**
 * What the node has in mind of a server that is not retired. All access is under the object's own lock, which is never
 * held while the catalogue is written or somebody is waited for.
 */
final class LiveServer {
    final UUID id;
    final UUID vaultId;
    /** Held while this node takes the server over. */
    final Object taking = new Object();
    /** Whether its agent polls this node, which has the truth about it then; else what is here may be old. */
    volatile boolean mine;
    /** How often the row was read; what was read before the last time is old. */
    volatile long reads;
    String name;
    boolean registered;
    private @Nullable Instant registeredAt;
    String agentVersion;
    String zone;
    ServerItems items;
    @Nullable
    UUID effectivePolicy;
    PolicyOrigin origin;
    /** Resolved when it is first wanted; null again when something it depends on has changed. */
    @Nullable
    AgentPolicy policy;
    String applied;
    @Nullable
    String drift;
    @Nullable
    Instant driftSince;
    boolean driftTold;
    /** In memory only: when it was last heard of, or when the node began to listen. */
    Instant lastSign;
    @Nullable
    Instant lastContact;
    /** Whether watchers have to be told although its state is as before. */
    boolean untold;
    @Nullable
    Instant lastBackup;
    @Nullable
    String lastOutcome;
    @Nullable
    Instant nextBackup;
    ServerState state;
    String reason;
    /** Its last restore drill that came to a result. */
    @Nullable
    LastDrill lastDrill;
    DrillState drillState = DrillState.OFF;
    /** Restore drills are asked for since then; null: they are not. */
    @Nullable
    Instant drillSince;
    /** Whether the catalogue does not have the state of drills that is here. */
    boolean drillUnwritten;
    /** When it will be at risk if nothing happens until then; null: by no date. */
    @Nullable
    Instant riskAt;
    /** Whether a backup that was due was not made, and still is not. */
    boolean missed;
    /** What it is to do holds since then; null: since before the node began. */
    @Nullable
    Instant policySince;
    /** Whether state and {@link #riskAt} are to be worked out anew. */
    boolean stale = true;
    String bootId;
    final Boots boots = new Boots();
    boolean twoTold;
    long pollTurn;
    long commandSequence;
    final Map<UUID, Pending> commands = new LinkedHashMap<>();
    final Map<UUID, LiveJob> jobs = new HashMap<>();
    Set<String> toldToWatch = Set.of();
    private String hostname;
    private String os;
    private String addresses;
    private long clockSkew;
    private String policyTold = "";
    private @Nullable Instant policyToldAt;
    private boolean factsChanged;
    private @Nullable Instant contactWritten;

    LiveServer(ServerRow row, Instant now) {
        id = row.id();
        vaultId = row.vaultId();
        name = row.name();
        registered = row.registered() != null;
        registeredAt = row.registered();
        agentVersion = row.agentVersion();
        zone = row.zone();
        items = Wire.read(row.items(), ServerItems.class);
        effectivePolicy = row.effectivePolicy();
        origin = Wire.to(PolicyOrigin.class, row.effectiveOrigin());
        applied = row.appliedPolicy();
        drift = row.drift();
        driftSince = drift == null ? null : now;
        lastSign = now;
        lastContact = row.lastContact();
        contactWritten = lastContact;
        lastBackup = row.lastBackup();
        lastOutcome = row.lastOutcome();
        nextBackup = row.nextBackup();
        state = Wire.to(ServerState.class, row.state());
        reason = row.reason();
        bootId = row.bootId();
        hostname = row.hostname();
        os = row.os();
        addresses = row.addresses();
        clockSkew = row.clockSkew();
    }

    /** Takes over what the catalogue knows of restore drills. */
    synchronized void drills(DrillRow row) {
        drillState = Wire.to(DrillState.class, row.state());
        drillSince = row.since();
        lastDrill = Wire.readOrNull(row.document(), LastDrill.class);
    }

    /** Takes over what people or a registration have changed. */
    synchronized void refresh(ServerRow row, Instant now) {
        reads++;
        var newItems = Wire.read(row.items(), ServerItems.class);
        if (!newItems.equals(items) || !Objects.equals(effectivePolicy, row.effectivePolicy())) {
            policySince = now;
        }
        name = row.name();
        registered = row.registered() != null;
        registeredAt = row.registered();
        items = newItems;
        effectivePolicy = row.effectivePolicy();
        origin = Wire.to(PolicyOrigin.class, row.effectiveOrigin());
        policy = null;
        if (state == ServerState.REGISTERING) {
            state = Wire.to(ServerState.class, row.state());
        }
        stale = true;
    }

    /**
     * Takes everything from the row: this node looks after it from now on.
     *
     * @param before {@link #reads} before the row was read
     * @return false when somebody has read a newer one meanwhile; then nothing has changed
     */
    synchronized boolean restore(ServerRow row, long before, Instant now) {
        if (reads != before) {
            return false;
        }
        refresh(row, now);
        policySince = null;
        missed = false;
        agentVersion = row.agentVersion();
        zone = row.zone();
        applied = row.appliedPolicy();
        drift = row.drift();
        driftSince = drift == null ? null : now;
        driftTold = false;
        lastSign = now;
        lastContact = row.lastContact();
        contactWritten = lastContact;
        factsChanged = false;
        lastBackup = row.lastBackup();
        lastOutcome = row.lastOutcome();
        nextBackup = row.nextBackup();
        state = Wire.to(ServerState.class, row.state());
        reason = row.reason();
        bootId = row.bootId();
        hostname = row.hostname();
        os = row.os();
        addresses = row.addresses();
        clockSkew = row.clockSkew();
        policyTold = "";
        policyToldAt = null;
        toldToWatch = Set.of();
        if (!bootId.isEmpty()) {
            // It may have called elsewhere meanwhile, or another machine with its identity has.
            boots.heard(bootId, hostname, now);
        }
        mine = true;
        return true;
    }

    /** Takes over what the agent says of itself; the turn of this poll. */
    synchronized long contact(PollRequest said, Instant now) {
        String newHost = Wire.plain(said.hostname(), 255);
        String newOs = Wire.plain(said.os(), 200);
        String newZone = Wire.plain(said.zone(), 64);
        String newVersion = Wire.plain(said.agentVersion(), 64);
        String newBoot = Wire.plain(said.bootId(), 64);
        String newApplied = Wire.plain(said.policyVersion(), 64);
        String newDrift = said.drift() == null ? null : Wire.plain(said.drift(), 500);
        var bounded = new ArrayList<String>();
        said.addresses().stream().limit(16).forEach(a -> bounded.add(Wire.plain(a, 64)));
        String newAddresses = Json.text(bounded);
        Instant newNext = said.nextBackup() == null ? null : clamp(said.nextBackup());
        boolean same = newHost.equals(hostname) && newOs.equals(os) && newZone.equals(zone)
                && newVersion.equals(agentVersion) && newBoot.equals(bootId) && newApplied.equals(applied)
                && Objects.equals(newDrift, drift) && newAddresses.equals(addresses)
                && Objects.equals(newNext, nextBackup);
        if (!same) {
            factsChanged = true;
            stale = true;
        }
        if (newDrift == null) {
            driftSince = null;
        } else if (drift == null || driftSince == null) {
            driftSince = now;
        }
        if (!newBoot.equals(bootId)) {
            commands.values().forEach(pending -> pending.toldAt = null);
            policyToldAt = null;
            toldToWatch = Set.of();
        }
        hostname = newHost;
        os = newOs;
        zone = newZone;
        agentVersion = newVersion;
        bootId = newBoot;
        applied = newApplied;
        drift = newDrift;
        addresses = newAddresses;
        nextBackup = newNext;
        if (said.clock() != null) {
            clockSkew = Duration.between(now, clamp(said.clock())).toMillis();
        }
        boots.heard(newBoot, newHost + (bounded.isEmpty() ? "" : " (" + bounded.getFirst() + ")"), now);
        sign(now);
        return ++pollTurn;
    }

    private static Instant clamp(Instant time) {
        Instant least = Instant.parse("1900-01-01T00:00:00Z");
        Instant most = Instant.parse("9000-01-01T00:00:00Z");
        return time.isBefore(least) ? least : time.isAfter(most) ? most : time;
    }

    /** When its registration was complete; the present before that. */
    synchronized Instant registeredAt(Instant now) {
        Instant at = registeredAt;
        return at == null ? now : at;
    }

    /** It was heard of. */
    synchronized void sign(Instant now) {
        lastSign = now;
        if (lastContact == null) {
            // That it is connected now is news, even when its state stays what it was.
            untold = true;
            stale = true;
        }
        lastContact = now;
        if (state == ServerState.LOST) {
            stale = true;
        }
    }

    /** Whether a policy is to be sent that the agent does not follow; at most once a minute for one start of it. */
    synchronized boolean owesPolicy(AgentPolicy wanted, Instant now) {
        if (wanted.version().equals(applied)) {
            return false;
        }
        Instant told = policyToldAt;
        return told == null || !policyTold.equals(wanted.version())
                || Duration.between(told, now).abs().compareTo(Duration.ofMinutes(1)) >= 0;
    }

    synchronized void policyTold(AgentPolicy wanted, Instant now) {
        policyTold = wanted.version();
        policyToldAt = now;
    }

    /** Commands to be given now: new ones at once, others again after half a minute. */
    synchronized List<Command> due(Instant now) {
        var due = new ArrayList<Command>();
        for (Pending pending : commands.values()) {
            Instant told = pending.toldAt;
            if (now.isBefore(pending.command.expires()) && (told == null
                    || Duration.between(told, now).abs().compareTo(Duration.ofSeconds(30)) >= 0)) {
                due.add(pending.command);
            }
        }
        return due;
    }

    synchronized void told(List<Command> given, Instant now) {
        for (Command command : given) {
            UUID key = Wire.idOrNull(command.id());
            Pending pending = key == null ? null : commands.get(key);
            if (pending != null) {
                pending.toldAt = now;
            }
        }
    }

    /** What is to be written of the contact: facts that changed, and about once a minute the time. */
    synchronized @Nullable ContactRow takeContact(Instant now) {
        Instant contact = lastContact;
        if (contact == null) {
            return null;
        }
        Instant written = contactWritten;
        boolean old = written == null || Duration.between(written, contact).compareTo(Duration.ofMinutes(1)) >= 0;
        if (!factsChanged && !old) {
            return null;
        }
        factsChanged = false;
        contactWritten = contact;
        return new ContactRow(id, hostname, addresses, os, zone, agentVersion, bootId, applied, drift, contact,
                nextBackup, clockSkew);
    }

    /** A contact could not be written after all. */
    synchronized void contactNotWritten() {
        factsChanged = true;
    }

    synchronized ZoneId zoneId() {
        try {
            return zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** Name of the signal that wakes its agent's poll. */
    String signal() {
        return "server:" + id;
    }

    /** A command that has not been acknowledged. */
    static final class Pending {
        final Command command;
        final @Nullable UUID job;
        /** Whether it is in the catalogue too. */
        final boolean stored;
        @Nullable
        Instant toldAt;

        Pending(Command command, @Nullable UUID job, boolean stored) {
            this.command = command;
            this.job = job;
            this.stored = stored;
        }
    }
}

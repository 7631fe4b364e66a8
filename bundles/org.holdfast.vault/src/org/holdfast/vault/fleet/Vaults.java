package org.holdfast.vault.fleet;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.fleet.Redundancy;
import org.holdfast.api.fleet.SoftDelete;
import org.holdfast.api.fleet.VaultNames;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.CheckNameAnswer;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.VaultListRow;
import org.holdfast.vault.catalog.fleet.VaultRow;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.jdbi.v3.core.Handle;
import org.holdfast.vault.people.Critical;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The vaults of an installation. Thread-safe. */
@Component(service = Vaults.class)
public final class Vaults {
    private static final int MOST_TAGS = 50;
    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N} ._:/@+=-]{0,256}");

    private final Catalog catalog;
    private final Clock clock;
    private final ConcurrentMap<UUID, String> names = new ConcurrentHashMap<>();

    /** Vaults of a catalogue. */
    @Activate
    public Vaults(@Reference Catalog catalog, @Reference Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Whether a vault can be made with a name. */
    public CheckNameAnswer checkName(String name) {
        if (!VaultNames.isValid(name)) {
            return new CheckNameAnswer(false, "invalid", VaultNames.RULE);
        }
        return catalog.read(handle -> VaultTable.byName(handle, name)).isPresent()
                ? new CheckNameAnswer(false, "already-exists", "There is a vault \"" + name + "\".")
                : new CheckNameAnswer(true, "", "");
    }

    /**
     * Makes a vault.
     *
     * @throws Refusal when a value cannot be, or the name is taken (code {@code vault-exists})
     */
    public Versioned<VaultSummary> create(CreateVault wanted) {
        check(wanted);
        var row = row(UUID.randomUUID(), wanted, null, null, 1);
        if (!catalog.<Boolean>write(handle -> VaultTable.insert(handle, row))) {
            throw taken(wanted.name());
        }
        return get(row.name());
    }

    /**
     * Edits a vault; its default policy is set by {@link Policies#assign}, and left as it is here.
     *
     * @param version the version that is edited
     * @throws Refusal of kind CHANGED when there is a newer one
     */
    public Versioned<VaultSummary> edit(String name, CreateVault wanted, long version) {
        check(wanted);
        VaultRow edited = catalog.write(handle -> {
            VaultRow now = find(handle, name);
            checkStrength(now, wanted);
            String weaker = weaker(now, wanted);
            if (!weaker.isEmpty()) {
                Critical.require("weaken the vault " + now.name() + ": " + weaker);
            }
            VaultTable.byName(handle, wanted.name()).filter(other -> !other.id().equals(now.id())).ifPresent(other -> {
                throw taken(wanted.name());
            });
            VaultRow next = row(now.id(), wanted, now.defaultPolicy(), now, version + 1);
            if (!VaultTable.update(handle, next)) {
                throw changed();
            }
            return next;
        });
        names.remove(edited.id());
        return get(edited.name());
    }

    /**
     * Takes an empty vault away.
     *
     * @throws Refusal of kind CONFLICT (code {@code vault-not-empty}) while it has servers, retired ones too
     */
    public void delete(String name, long version) {
        catalog.run(handle -> {
            VaultRow row = find(handle, name);
            if (ServerTable.count(handle, row.id()) > 0) {
                throw new Refusal(Kind.CONFLICT, "vault-not-empty", "The vault has servers or their data.",
                        "Retire its servers and delete their data first.");
            }
            VaultTable.byId(handle, row.id()).ifPresent(v -> clearDefault(handle, v));
            if (!VaultTable.delete(handle, row.id(), row.defaultPolicy() == null ? version : version + 1)) {
                throw changed();
            }
        });
        names.clear();
    }

    private static void clearDefault(Handle handle, VaultRow row) {
        if (row.defaultPolicy() != null) {
            VaultTable.update(handle, withDefault(row, null));
        }
    }

    /** The next version of a vault with another default policy. */
    static VaultRow withDefault(VaultRow row, @Nullable UUID policy) {
        return new VaultRow(row.id(), row.name(), row.region(), row.resourceGroup(), row.subscription(), row.tags(),
                row.redundancy(), row.immutability(), row.softDeleteDays(), row.softDeleteAlways(), policy,
                row.created(), row.version() + 1, row.quotaBytes());
    }

    /** A vault by name. */
    public Versioned<VaultSummary> get(String name) {
        return catalog.read(handle -> {
            VaultRow row = find(handle, name);
            VaultListRow listed = VaultTable.list(handle, row.id(), ListRequest.all()).items().getFirst();
            return new Versioned<>(summary(listed), listed.vault().version());
        });
    }

    /** A page of all vaults. */
    public Page<VaultSummary> list(ListRequest request) {
        var page = catalog.read(handle -> VaultTable.list(handle, null, request));
        return new Page<>(page.items().stream().map(Vaults::summary).toList(), page.next(), page.total());
    }

    /**
     * Identity of the vault of a name.
     *
     * @throws Refusal of kind NOT_FOUND when there is none
     */
    public UUID id(String name) {
        return catalog.read(handle -> find(handle, name)).id();
    }

    /** Name of a vault that is there; empty otherwise. */
    public Optional<String> name(UUID id) {
        String known = names.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> found = catalog.read(handle -> VaultTable.byId(handle, id)).map(VaultRow::name);
        found.ifPresent(name -> names.put(id, name));
        return found;
    }

    /** Another node may have renamed any. */
    void forgetNames() {
        names.clear();
    }

    /** The settings of a vault that the data path has to keep to. */
    public Optional<VaultRow> row(UUID id) {
        return catalog.read(handle -> VaultTable.byId(handle, id));
    }

    static VaultRow find(Handle handle, String name) {
        return VaultTable.byName(handle, name).orElseThrow(() -> Refusal.notFound("vault"));
    }

    private VaultRow row(UUID id, CreateVault wanted, @Nullable UUID policy, @Nullable VaultRow now, long version) {
        return new VaultRow(id, wanted.name(), wanted.region(), wanted.resourceGroup(), wanted.subscription(),
                Json.text(wanted.tags()), Wire.of(wanted.redundancy()), Wire.of(wanted.immutability()),
                wanted.softDelete().days(), wanted.softDelete().always(), policy,
                now == null ? clock.instant() : now.created(), version, wanted.quotaBytes());
    }

    private static void check(CreateVault wanted) {
        if (!VaultNames.isValid(wanted.name())) {
            throw Refusal.invalid("name", VaultNames.RULE);
        }
        for (var label : Map.of("region", wanted.region(), "resourceGroup", wanted.resourceGroup(), "subscription",
                wanted.subscription()).entrySet()) {
            if (label.getValue().length() > 100 || !LABEL.matcher(label.getValue()).matches()) {
                throw Refusal.invalid(label.getKey(), "A label has at most 100 letters, digits and . _ : / @ + = -");
            }
        }
        checkLabels("tags", wanted.tags());
        Long quota = wanted.quotaBytes();
        if (quota != null && quota < 1) {
            throw Refusal.invalid("quotaBytes", "A quota is 1 byte or more; leave it out for none.");
        }
        int days = wanted.softDelete().days();
        if (days != 0 && (days < 14 || days > 180) || days == 0 && wanted.softDelete().always()) {
            throw Refusal.invalid("softDelete.days", "Deleted data is kept for 14 to 180 days, or 0 for not at all.");
        }
    }

    /** Refuses labels that are too many, too long or of unusual characters. */
    static void checkLabels(String field, Map<String, String> labels) {
        if (labels.size() > MOST_TAGS) {
            throw Refusal.invalid(field, "At most " + MOST_TAGS + " are possible.");
        }
        labels.forEach((name, value) -> {
            if (name.isBlank() || name.length() > 100 || !LABEL.matcher(name).matches()
                    || !LABEL.matcher(value).matches()) {
                throw Refusal.invalid(field, "Names have 1 to 100 and values at most 256 letters, digits and"
                        + " . _ : / @ + = -");
            }
        });
    }

    /** What becomes weaker, in words; empty for nothing. */
    private static String weaker(VaultRow now, CreateVault wanted) {
        List<String> what = new ArrayList<>();
        if (wanted.immutability() == Immutability.OFF && !now.immutability().equals(Wire.of(Immutability.OFF))) {
            what.add("immutability from " + now.immutability() + " to off");
        }
        if (wanted.softDelete().days() < now.softDeleteDays()) {
            what.add("soft delete from " + now.softDeleteDays() + " to " + wanted.softDelete().days() + " days");
        }
        return String.join(", ", what);
    }

    /** What was made irrevocable stays. */
    private static void checkStrength(VaultRow now, CreateVault wanted) {
        if (now.immutability().equals(Wire.of(Immutability.LOCKED)) && wanted.immutability() != Immutability.LOCKED) {
            throw locked("immutability");
        }
        if (now.softDeleteAlways()
                && (!wanted.softDelete().always() || wanted.softDelete().days() < now.softDeleteDays())) {
            throw locked("softDelete");
        }
    }

    private static Refusal locked(String field) {
        return new Refusal(Kind.CONFLICT, "setting-locked", "The setting was locked and can only become stronger.",
                "There is no date from which that would be possible.",
                field);
    }

    private static Refusal taken(String name) {
        return new Refusal(Kind.CONFLICT, "vault-exists", "There is a vault \"" + name + "\".", "Choose another name.",
                "name");
    }

    static Refusal changed() {
        return new Refusal(Kind.CHANGED, "changed-meanwhile", "Somebody else has changed it meanwhile.",
                "Read it again and decide anew.");
    }

    private static VaultSummary summary(VaultListRow listed) {
        VaultRow v = listed.vault();
        return new VaultSummary(v.id().toString(), v.name(), v.region(), v.resourceGroup(), v.subscription(),
                Wire.labels(v.tags()), Wire.to(Redundancy.class, v.redundancy()),
                Wire.to(Immutability.class, v.immutability()),
                new SoftDelete(v.softDeleteDays(), v.softDeleteAlways()), listed.defaultPolicyName(), v.created(),
                listed.servers(), listed.points(), listed.storedBytes(), listed.openAlerts(), v.quotaBytes());
    }
}

package org.holdfast.vault.notify;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.notify.NotificationRule;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.fleet.VaultRow;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.catalog.notify.RuleRow;
import org.holdfast.vault.catalog.notify.RuleTable;
import org.holdfast.vault.catalog.notify.TargetTable;
import org.holdfast.vault.fleet.Versioned;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The rules of notifications. Thread-safe. */
@Component(service = Rules.class)
public final class Rules {
    private static final int MOST = 200;

    private final Catalog catalog;
    private final Clock clock;

    /** Rules of a catalogue. */
    @Activate
    public Rules(@Reference Catalog catalog, @Reference Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Adds a rule.
     *
     * @throws Refusal when a value cannot be, or the name is taken (code {@code rule-exists})
     */
    public Versioned<NotificationRule> create(NotificationRule wanted, String user) {
        RuleCheck.check(wanted);
        catalog.run(handle -> {
            checkTargets(handle, wanted);
            if (RuleTable.all(handle).size() >= MOST) {
                throw new Refusal(Kind.CONFLICT, "too-many-rules", "There are " + MOST + " rules.",
                        "Remove one first.");
            }
            if (!RuleTable.insert(handle, row(handle, UUID.randomUUID(), wanted, user, 1))) {
                throw new Refusal(Kind.CONFLICT, "rule-exists", "There is a rule \"" + wanted.name() + "\".",
                        "Choose another name.", "name");
            }
        });
        return get(wanted.name());
    }

    /**
     * Changes a rule.
     *
     * @param version the version that is edited
     * @throws Refusal of kind CHANGED when there is a newer one
     */
    public Versioned<NotificationRule> edit(String name, NotificationRule wanted, long version, String user) {
        RuleCheck.check(wanted);
        catalog.run(handle -> {
            RuleRow now = find(handle, name);
            if (!wanted.name().equals(now.name())) {
                throw Refusal.invalid("name", "The name of a rule cannot change.");
            }
            checkTargets(handle, wanted);
            if (!RuleTable.update(handle, row(handle, now.id(), wanted, user, version + 1))) {
                throw Targets.changed();
            }
        });
        return get(name);
    }

    /** Takes a rule away, with what it wanted to be sent. */
    public void delete(String name, long version) {
        catalog.run(handle -> {
            if (!RuleTable.delete(handle, find(handle, name).id(), version)) {
                throw Targets.changed();
            }
        });
    }

    /** A rule by name. */
    public Versioned<NotificationRule> get(String name) {
        return catalog.read(handle -> {
            RuleRow row = find(handle, name);
            return new Versioned<>(document(handle, row), row.version());
        });
    }

    /** A page of all rules. */
    public Page<NotificationRule> list(ListRequest request) {
        return catalog.read(handle -> {
            Page<RuleRow> page = RuleTable.list(handle, request);
            return new Page<>(page.items().stream().map(row -> document(handle, row)).toList(), page.next(),
                    page.total());
        });
    }

    /** The rule of a row. In rows vaults go by identity, so that they can get other names. */
    static NotificationRule document(Handle handle, RuleRow row) {
        NotificationRule kept = Words.read(row.document(), NotificationRule.class);
        return withVaults(kept, kept.vaults().stream().map(id -> VaultTable.byId(handle, UUID.fromString(id))
                // one that is gone goes on to match nothing
                .map(VaultRow::name).orElse(id)).toList());
    }

    private static NotificationRule withVaults(NotificationRule rule, List<String> vaults) {
        return new NotificationRule(rule.name(), rule.enabled(), rule.severity(), rule.kinds(), rule.codes(), vaults,
                rule.tags(), rule.targets(), rule.group(), rule.repeat(), rule.settled(), rule.zone(), rule.quiet(),
                rule.mutedUntil());
    }

    private static RuleRow find(Handle handle, String name) {
        return RuleTable.byName(handle, name).orElseThrow(() -> Refusal.notFound("rule"));
    }

    private static void checkTargets(Handle handle, NotificationRule wanted) {
        for (String target : wanted.targets()) {
            if (TargetTable.byName(handle, target).isEmpty()) {
                throw Refusal.invalid("targets", "There is no target \"" + Words.plain(target, 64) + "\".");
            }
        }
    }

    private static String vault(Handle handle, String name) {
        return VaultTable.byName(handle, name).map(row -> row.id().toString()).orElseThrow(
                () -> Refusal.invalid("vaults", "There is no vault \"" + Words.plain(name, 64) + "\"."));
    }

    private RuleRow row(Handle handle, UUID id, NotificationRule rule, String user, long version) {
        NotificationRule kept = withVaults(rule, rule.vaults().stream().map(name -> vault(handle, name)).toList());
        return new RuleRow(id, rule.name(), TargetTable.key(rule.name()), Json.text(kept), clock.instant(), user,
                version);
    }
}

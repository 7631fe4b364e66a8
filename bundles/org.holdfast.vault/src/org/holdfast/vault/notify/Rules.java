package org.holdfast.vault.notify;

import java.time.Clock;
import java.util.UUID;

import org.holdfast.api.notify.NotificationRule;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
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
            checkReferences(handle, wanted);
            if (RuleTable.all(handle).size() >= MOST) {
                throw new Refusal(Kind.CONFLICT, "too-many-rules", "There are " + MOST + " rules.",
                        "Remove one first.");
            }
            if (!RuleTable.insert(handle, row(UUID.randomUUID(), wanted, user, 1))) {
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
            checkReferences(handle, wanted);
            if (!RuleTable.update(handle, row(now.id(), wanted, user, version + 1))) {
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
        RuleRow row = catalog.read(handle -> find(handle, name));
        return new Versioned<>(document(row), row.version());
    }

    /** A page of all rules. */
    public Page<NotificationRule> list(ListRequest request) {
        Page<RuleRow> page = catalog.read(handle -> RuleTable.list(handle, request));
        return new Page<>(page.items().stream().map(Rules::document).toList(), page.next(), page.total());
    }

    /** The rule of a row. */
    static NotificationRule document(RuleRow row) {
        return Words.read(row.document(), NotificationRule.class);
    }

    private static RuleRow find(Handle handle, String name) {
        return RuleTable.byName(handle, name).orElseThrow(() -> Refusal.notFound("rule"));
    }

    private static void checkReferences(Handle handle, NotificationRule wanted) {
        for (String target : wanted.targets()) {
            if (TargetTable.byName(handle, target).isEmpty()) {
                throw Refusal.invalid("targets", "There is no target \"" + Words.plain(target, 64) + "\".");
            }
        }
        for (String vault : wanted.vaults()) {
            if (VaultTable.byName(handle, vault).isEmpty()) {
                throw Refusal.invalid("vaults", "There is no vault \"" + Words.plain(vault, 64) + "\".");
            }
        }
    }

    private RuleRow row(UUID id, NotificationRule rule, String user, long version) {
        return new RuleRow(id, rule.name(), TargetTable.key(rule.name()), Json.text(rule), clock.instant(), user,
                version);
    }
}

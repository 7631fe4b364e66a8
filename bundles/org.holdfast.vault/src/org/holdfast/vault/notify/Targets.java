package org.holdfast.vault.notify;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.notify.TargetField;
import org.holdfast.api.notify.TargetSummary;
import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.spi.notify.NotificationTarget;
import org.holdfast.api.spi.notify.TargetConfiguration;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.SaveTarget;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.notify.MessageTable;
import org.holdfast.vault.catalog.notify.RuleTable;
import org.holdfast.vault.catalog.notify.TargetRow;
import org.holdfast.vault.catalog.notify.TargetTable;
import org.holdfast.vault.fleet.Alerts;
import org.holdfast.vault.fleet.Versioned;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The targets of notifications. Thread-safe. */
@Component(service = Targets.class)
public final class Targets {
    /** Languages of texts. */
    static final List<String> LANGUAGES = List.of("en", "ja");
    private static final int LONGEST_VALUE = 20_000;
    private static final int MOST = 200;

    private final Catalog catalog;
    private final Clock clock;
    private final TargetKinds kinds;
    private final TargetSecrets secrets;
    private final Alerts alerts;

    /** Targets of a catalogue. */
    @Activate
    public Targets(@Reference Catalog catalog, @Reference Clock clock, @Reference TargetKinds kinds,
            @Reference TargetSecrets secrets, @Reference Alerts alerts) {
        this.catalog = catalog;
        this.clock = clock;
        this.kinds = kinds;
        this.secrets = secrets;
        this.alerts = alerts;
    }

    /**
     * Adds a target.
     *
     * @throws Refusal when a value cannot be, or the name is taken (code {@code target-exists})
     */
    public Versioned<TargetSummary> create(SaveTarget wanted, String user) {
        if (!Words.NAME.matcher(wanted.name()).matches()) {
            throw Refusal.invalid("name", Words.NAME_RULE);
        }
        UUID id = UUID.randomUUID();
        check(wanted, wanted.kind(), wanted.secrets());
        Instant now = clock.instant();
        TargetRow row = row(id, wanted.name(), wanted.kind(), wanted, secrets.seal(id, filled(wanted.secrets())), now,
                user, 1);
        catalog.run(handle -> {
            if (TargetTable.all(handle).size() >= MOST) {
                throw new Refusal(Kind.CONFLICT, "too-many-targets", "There are " + MOST + " targets.",
                        "Remove one first.");
            }
            if (!TargetTable.insert(handle, row)) {
                throw new Refusal(Kind.CONFLICT, "target-exists", "There is a target \"" + wanted.name() + "\".",
                        "Choose another name.", "name");
            }
        });
        return get(row.name());
    }

    /**
     * Changes a target; what waits for it is tried at once.
     *
     * @param version the version that is edited
     * @throws Refusal of kind CHANGED when there is a newer one
     */
    public Versioned<TargetSummary> edit(String name, SaveTarget wanted, long version, String user) {
        TargetRow now = catalog.read(handle -> find(handle, name));
        if (!wanted.name().isEmpty() && !wanted.name().equals(now.name())) {
            throw Refusal.invalid("name", "The name of a target cannot change.");
        }
        if (!wanted.kind().isEmpty() && !wanted.kind().equals(now.kind())) {
            throw Refusal.invalid("kind", "The kind of a target cannot change.");
        }
        Map<String, String> kept = new HashMap<>(
                wanted.secrets().keySet().containsAll(secretFields(now.kind())) ? Map.of() : opened(now));
        kept.putAll(wanted.secrets());
        check(wanted, now.kind(), kept);
        TargetRow next = row(now.id(), now.name(), now.kind(), wanted, secrets.seal(now.id(), filled(kept)),
                clock.instant(), user, version + 1);
        catalog.run(handle -> {
            if (!TargetTable.update(handle, next)) {
                throw changed();
            }
            MessageTable.hurry(handle, now.id(), clock.instant());
        });
        return get(now.name());
    }

    /**
     * Takes a target away, with what waits for it.
     *
     * @throws Refusal of kind CONFLICT (code {@code target-in-use}) while a rule names it
     */
    public void delete(String name, long version) {
        UUID id = catalog.write(handle -> {
            TargetRow row = find(handle, name);
            RuleTable.all(handle).stream().map(rule -> Rules.document(handle, rule))
                    .filter(rule -> rule.targets().stream().anyMatch(row.name()::equalsIgnoreCase)).findFirst()
                    .ifPresent(rule -> {
                        throw new Refusal(Kind.CONFLICT, "target-in-use",
                                "The rule \"" + rule.name() + "\" names the target.", "Change the rule first.");
                    });
            if (!TargetTable.delete(handle, row.id(), version)) {
                throw changed();
            }
            return row.id();
        });
        alerts.settle(AlertKind.NOTIFICATION_FAILED, null, id.toString());
    }

    /** A target by name. */
    public Versioned<TargetSummary> get(String name) {
        TargetRow row = catalog.read(handle -> find(handle, name));
        return new Versioned<>(summary(row), row.version());
    }

    /** A page of all targets. */
    public Page<TargetSummary> list(ListRequest request) {
        Page<TargetRow> page = catalog.read(handle -> TargetTable.list(handle, request));
        return new Page<>(page.items().stream().map(this::summary).toList(), page.next(), page.total());
    }

    /** What a kind of target is told. */
    TargetConfiguration configuration(TargetRow row) {
        return new TargetConfiguration(row.name(), Words.texts(row.settings()),
                secrets.open(row.id(), row.secrets()));
    }

    static TargetRow find(Handle handle, String name) {
        return TargetTable.byName(handle, name).orElseThrow(() -> Refusal.notFound("target"));
    }

    static Refusal changed() {
        return new Refusal(Kind.CHANGED, "changed-meanwhile", "Somebody else has changed it meanwhile.",
                "Read it again and decide anew.");
    }

    private Map<String, String> opened(TargetRow row) {
        return secrets.open(row.id(), row.secrets());
    }

    private Set<String> secretFields(String kind) {
        return kinds.find(kind).stream().flatMap(each -> each.fields().stream()).filter(TargetField::secret)
                .map(TargetField::name).collect(Collectors.toSet());
    }

    private void check(SaveTarget wanted, String kind, Map<String, String> allSecrets) {
        NotificationTarget target = kinds.find(kind).orElseThrow(() -> Refusal.invalid("kind", "Kinds of targets are "
                + kinds.all().stream().map(each -> each.kind()).collect(Collectors.joining(", ")) + "."));
        if (!LANGUAGES.contains(wanted.language())) {
            throw Refusal.invalid("language", "Languages are " + String.join(", ", LANGUAGES) + ".");
        }
        try {
            ZoneId.of(wanted.zone());
        } catch (DateTimeException e) {
            throw Refusal.invalid("zone", "There is no such time zone.");
        }
        Map<String, String> settings = filled(wanted.settings());
        Map<String, String> known = filled(allSecrets);
        checkNames(target.fields(), "settings", settings, false);
        checkNames(target.fields(), "secrets", known, true);
        List<FieldProblem> problems = target.check(new TargetConfiguration(wanted.name(), settings, known));
        if (!problems.isEmpty()) {
            throw Refusal.invalid(place(target.fields(), problems.getFirst().field()),
                    problems.getFirst().message());
        }
    }

    private static String place(List<TargetField> fields, String name) {
        boolean secret = fields.stream().anyMatch(field -> field.name().equals(name) && field.secret());
        return (secret ? "secrets." : "settings.") + name;
    }

    private static void checkNames(List<TargetField> fields, String where, Map<String, String> values,
            boolean secret) {
        Map<String, TargetField> known = fields.stream().filter(field -> field.secret() == secret)
                .collect(Collectors.toMap(TargetField::name, field -> field));
        values.forEach((name, value) -> {
            if (!known.containsKey(name)) {
                throw Refusal.invalid(where, "This kind of target has no \"" + Words.plain(name, 60) + "\"; it has "
                        + String.join(", ", known.keySet().stream().sorted().toList()) + ".");
            }
            if (value.length() > LONGEST_VALUE || value.indexOf('\0') >= 0) {
                throw Refusal.invalid(where + "." + name, "The value is too long, or holds a zero.");
            }
        });
        known.values().stream().filter(field -> field.required() && !values.containsKey(field.name())).findFirst()
                .ifPresent(field -> {
                    throw Refusal.invalid(where + "." + field.name(), "This must be given: " + field.description());
                });
    }

    private static Map<String, String> filled(Map<String, String> values) {
        return values.entrySet().stream().filter(entry -> !entry.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static TargetRow row(UUID id, String name, String kind, SaveTarget wanted, String sealed, Instant now,
            String user, long version) {
        return new TargetRow(id, name, TargetTable.key(name), kind, !Boolean.FALSE.equals(wanted.enabled()),
                wanted.language(), wanted.zone(), Json.text(filled(wanted.settings())), sealed, now, now, user, version,
                0, null, null, null, 0);
    }

    private TargetSummary summary(TargetRow row) {
        Stream<String> stored;
        try {
            stored = opened(row).keySet().stream();
        } catch (RuntimeException e) {
            stored = Stream.of();
        }
        return new TargetSummary(row.name(), row.kind(), row.enabled(), row.language(), row.zone(),
                Words.texts(row.settings()), stored.sorted().toList(), row.waiting(), row.failures(), row.lastSent(),
                row.lastFailure(), row.lastError(), row.changed(), row.changedBy());
    }
}

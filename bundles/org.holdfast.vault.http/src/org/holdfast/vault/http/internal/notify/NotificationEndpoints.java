package org.holdfast.vault.http.internal.notify;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.notify.MessageSummary;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.notify.TargetKind;
import org.holdfast.api.notify.TargetSummary;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.fleet.SaveTarget;
import org.holdfast.protocol.fleet.TargetTested;
import org.holdfast.vault.catalog.notify.MessageTable;
import org.holdfast.vault.catalog.notify.RuleTable;
import org.holdfast.vault.catalog.notify.TargetTable;
import org.holdfast.vault.fleet.Versioned;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.notify.Deliveries;
import org.holdfast.vault.notify.Rules;
import org.holdfast.vault.notify.TargetKinds;
import org.holdfast.vault.notify.Targets;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who is told of alerts: targets, rules and messages. */
@Component(service = Endpoints.class)
public final class NotificationEndpoints implements Endpoints {
    private static final String BASE = "/api/v1/notifications";
    private static final String TARGETS = BASE + "/targets";
    private static final String TARGET = TARGETS + "/{target}";
    private static final String RULES = BASE + "/rules";
    private static final String RULE = RULES + "/{rule}";

    private final TargetKinds kinds;
    private final Targets targets;
    private final Rules rules;
    private final Deliveries deliveries;

    /** Takes what it works with. */
    @Activate
    public NotificationEndpoints(@Reference TargetKinds kinds, @Reference Targets targets, @Reference Rules rules,
            @Reference Deliveries deliveries) {
        this.kinds = kinds;
        this.targets = targets;
        this.rules = rules;
        this.deliveries = deliveries;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("list-notification-kinds", BASE + "/kinds").person(Permissions.NOTIFY_READ)
                        .summary("Lists the kinds of targets and what has to be known of them.")
                        .lists(TargetKind.class).handle(call -> kinds()),
                Route.get("list-notification-targets", TARGETS).person(Permissions.NOTIFY_READ)
                        .summary("Lists where notifications are sent to.")
                        .lists(TargetSummary.class, TargetTable.LISTING.names())
                        .handle(call -> page(targets.list(call.list()))),
                Route.post("create-notification-target", TARGETS).person(Permissions.NOTIFY_MANAGE)
                        .summary("Adds a target of notifications.").takes(SaveTarget.class)
                        .gives(201, TargetSummary.class).handle(call -> {
                            var made = targets.create(call.body(SaveTarget.class), call.person().name());
                            return reply(made).location(TARGETS + "/" + made.value().name());
                        }),
                Route.get("read-notification-target", TARGET).person(Permissions.NOTIFY_READ)
                        .summary("Reads a target, without its secrets.").gives(TargetSummary.class).versioned()
                        .handle(call -> reply(targets.get(call.path("target")))),
                Route.put("edit-notification-target", TARGET).person(Permissions.NOTIFY_MANAGE)
                        .summary("Changes a target; secrets that are not given stay.").takes(SaveTarget.class)
                        .gives(TargetSummary.class).versioned().handle(this::editTarget),
                Route.delete("delete-notification-target", TARGET).person(Permissions.NOTIFY_MANAGE)
                        .summary("Takes a target away that no rule names, with the messages that wait for it.")
                        .versioned().handle(call -> {
                            targets.delete(call.path("target"), call.version());
                            return nothing();
                        }),
                Route.post("test-notification-target", TARGET + "/test").person(Permissions.NOTIFY_MANAGE)
                        .summary("Sends a message for a test at once and tells whether it was taken.")
                        .gives(TargetTested.class)
                        .handle(call -> deliveries.test(call.path("target"), call.person().name())),
                Route.get("list-notification-rules", RULES).person(Permissions.NOTIFY_READ)
                        .summary("Lists the rules of who is told of which alerts.")
                        .lists(NotificationRule.class, RuleTable.LISTING.names())
                        .handle(call -> page(rules.list(call.list()))),
                Route.post("create-notification-rule", RULES).person(Permissions.NOTIFY_MANAGE)
                        .summary("Adds a rule; it counts for alerts that come up from then on.")
                        .takes(NotificationRule.class).gives(201, NotificationRule.class).handle(call -> {
                            var made = rules.create(call.body(NotificationRule.class), call.person().name());
                            return reply(made).location(RULES + "/" + made.value().name());
                        }),
                Route.get("read-notification-rule", RULE).person(Permissions.NOTIFY_READ).summary("Reads a rule.")
                        .gives(NotificationRule.class).versioned()
                        .handle(call -> reply(rules.get(call.path("rule")))),
                Route.put("edit-notification-rule", RULE).person(Permissions.NOTIFY_MANAGE)
                        .summary("Changes a rule.").takes(NotificationRule.class).gives(NotificationRule.class)
                        .versioned().handle(call -> reply(rules.edit(call.path("rule"),
                                call.body(NotificationRule.class), call.version(), call.person().name()))),
                Route.delete("delete-notification-rule", RULE).person(Permissions.NOTIFY_MANAGE)
                        .summary("Takes a rule away, with the messages that wait because of it.").versioned()
                        .handle(call -> {
                            rules.delete(call.path("rule"), call.version());
                            return nothing();
                        }),
                Route.get("list-notification-messages", BASE + "/messages").person(Permissions.NOTIFY_READ)
                        .summary("Lists the messages that wait, and those of the last 30 days.")
                        .lists(MessageSummary.class, MessageTable.LISTING.names())
                        .handle(call -> page(deliveries.list(call.list()))));
    }

    private Reply editTarget(Call call) {
        return reply(targets.edit(call.path("target"), call.body(SaveTarget.class), call.version(),
                call.person().name()));
    }

    private Page<TargetKind> kinds() {
        List<TargetKind> all = kinds.all();
        return new Page<>(all, null, (long) all.size());
    }

    private static <T> Page<T> page(org.holdfast.vault.catalog.Page<T> page) {
        return new Page<>(page.items(), page.next(), page.total());
    }

    private static Reply reply(Versioned<?> versioned) {
        return Reply.of(versioned.value()).version(versioned.version());
    }

    private static @Nullable Object nothing() {
        return null;
    }
}

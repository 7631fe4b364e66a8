package org.holdfast.cli.internal.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.policy.Schedule;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.client.Answer;
import org.holdfast.client.Call;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.PolicyPreview;
import org.holdfast.protocol.fleet.PreviewPolicy;

/** Backup policies. */
public final class PolicyCommands {
    private static final CliOperand NAME = CliOperand.one("NAME", "Name of the policy");

    private PolicyCommands() {
    }

    /** {@code policy list}. */
    public static Command list() {
        return RemoteCommand.inVault("policy list", "List the policies of a vault", List.of(), List.of(),
                (call, remote) -> {
                    Output.list(call, remote.all(Call.get(remote.inVault("policies")), Policy.class),
                            "There are no policies yet. Make one with 'holdfast policy create NAME'.",
                            new String[] { "NAME", ">VERSION", "RUNS", "KEEPS", "ITEMS", "DESCRIPTION" },
                            p -> new String[] { p.name(), Long.toString(p.version()), runs(p), keeps(p.retention()),
                                    String.join(" ", p.items()), p.description() });
                    return RemoteCommand.DONE;
                });
    }

    /** {@code policy show}. */
    public static Command show() {
        return RemoteCommand.inVault("policy show", "Tell all about a policy", List.of(), List.of(NAME),
                (call, remote) -> {
                    var policy = remote.client().get(remote.inVault("policies", call.operand("NAME")), Policy.class);
                    if (call.json()) {
                        Output.value(call, policy);
                        return RemoteCommand.DONE;
                    }
                    var assigned = remote.client().get(
                            remote.inVault("policies", policy.name(), "assignments"), PolicyAssignments.class);
                    call.out().println(policy.name() + ", version " + policy.version());
                    new Facts().addIf(!policy.description().isEmpty(), "for", policy.description())
                            .add("runs", runs(policy)).add("keeps", keeps(policy.retention()))
                            .addIf(!policy.items().isEmpty(), "items", String.join(" ", policy.items()))
                            .addIf(!policy.exclusions().globs().isEmpty(), "leaves out",
                                    String.join(" ", policy.exclusions().globs()))
                            .add("bandwidth", bandwidth(policy.bandwidth()))
                            .add("restore drills", DrillCommands.words(policy.drills()))
                            .addIf(policy.before() != null, "before", String.valueOf(policy.before()))
                            .addIf(policy.after() != null, "after", String.valueOf(policy.after()))
                            .add("assigned to", assigned.vaultDefault() ? "all servers that have no other"
                                    : assigned.tags().isEmpty() ? "servers one by one"
                                            : "tags " + String.join(" ", assigned.tags()))
                            .print(call.out());
                    return RemoteCommand.DONE;
                });
    }

    /** {@code policy create}. */
    public static Command create() {
        return RemoteCommand.inVault("policy create", "Make a policy", PolicyOptions.ALL, List.of(NAME),
                (call, remote) -> {
                    var made = remote.client().post(remote.inVault("policies"),
                            new PolicyOptions(call).apply(Policy.standard(call.operand("NAME"))), Policy.class);
                    Output.done(call, made, "Made the policy " + made.name() + ": runs " + runs(made) + ", keeps "
                            + keeps(made.retention()) + ".");
                    return RemoteCommand.DONE;
                }).example("policy create nightly --item /etc --item /srv --daily-at 22:00 --keep-daily 30");
    }

    /** {@code policy update}. */
    public static Command update() {
        return RemoteCommand.inVault("policy update", "Change a policy; its servers follow within seconds",
                PolicyOptions.ALL, List.of(NAME), (call, remote) -> {
                    String path = remote.inVault("policies", call.operand("NAME"));
                    Answer<Policy> now = remote.client().send(Call.get(path), Policy.class);
                    var changed = remote.client().put(path, new PolicyOptions(call).apply(now.body()),
                            String.valueOf(now.etag()), Policy.class);
                    Output.done(call, changed == null ? now.body() : changed, "Changed.");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code policy remove}. */
    public static Command remove() {
        return RemoteCommand.inVault("policy remove", "Remove a policy that no server follows", List.of(),
                List.of(NAME), (call, remote) -> {
                    String path = remote.inVault("policies", call.operand("NAME"));
                    Answer<Policy> now = remote.client().send(Call.get(path), Policy.class);
                    remote.client().delete(path, now.etag());
                    Output.done(call, now.body(), "Removed.");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code policy assign}. */
    public static Command assign() {
        return RemoteCommand.inVault("policy assign", "Say for which servers a policy is", List.of(
                CliOption.list("--tag", "TAG", "Servers with this tag"),
                CliOption.list("--remove-tag", "TAG", "Servers with this tag no more"),
                CliOption.flag("--default", "All servers that have no other"),
                CliOption.flag("--no-default", "Not any more the default")), List.of(NAME), (call, remote) -> {
                    String path = remote.inVault("policies", call.operand("NAME"), "assignments");
                    Answer<PolicyAssignments> now = remote.client().send(Call.get(path), PolicyAssignments.class);
                    var tags = new ArrayList<>(now.body().tags());
                    tags.removeAll(call.values("--remove-tag"));
                    call.values("--tag").stream().filter(t -> !tags.contains(t)).forEach(tags::add);
                    var wanted = new PolicyAssignments(tags, call.flag("--default")
                            || now.body().vaultDefault() && !call.flag("--no-default"));
                    remote.client().put(path, wanted, String.valueOf(now.etag()), PolicyAssignments.class);
                    Output.done(call, wanted, "Assigned.");
                    return RemoteCommand.DONE;
                }).example("policy assign nightly --default");
    }

    /** {@code policy preview}. */
    public static Command preview() {
        var options = new ArrayList<>(PolicyOptions.ALL);
        options.add(CliOption.value("--runs", "N", "How many next runs to show (default: 10)"));
        options.add(CliOption.value("--days", "N", "For how many days points are simulated (default: 400)"));
        return RemoteCommand.inVault("policy preview", "Show the next runs of a policy, and which points it would keep",
                options, List.of(CliOperand.optional("NAME", "Policy to start from (default: the standard one)")),
                (call, remote) -> {
                    String name = call.operand("NAME");
                    Policy base = name == null ? Policy.standard("preview")
                            : remote.client().get(remote.inVault("policies", name), Policy.class);
                    var preview = remote.client().post(remote.inVault("policies", "preview"),
                            new PreviewPolicy(new PolicyOptions(call).apply(base), null,
                                    call.number("--runs", 1, 1000, 10), call.number("--days", 1, 3660, 400)),
                            PolicyPreview.class);
                    if (call.json()) {
                        Output.value(call, preview);
                        return RemoteCommand.DONE;
                    }
                    call.out().println("Next runs, without jitter:");
                    preview.runs().forEach(run -> call.out().println("  " + Output.time(call, run)));
                    call.out().println("Points that are left after " + call.number("--days", 1, 3660, 400) + " days:");
                    preview.kept().forEach(kept -> call.out().println("  " + Output.time(call, kept.time()) + "  "
                            + String.join(", ", kept.reasons())));
                    return RemoteCommand.DONE;
                });
    }

    /** When a policy runs, in words. */
    static String runs(Policy policy) {
        var plan = policy.plan();
        if (plan == null) {
            return "on demand";
        }
        String when = switch (plan.schedule()) {
            case Schedule.Daily daily -> "daily at " + join(daily.times());
            case Schedule.Weekly weekly -> (weekly.everyWeeks() == 1 ? "" : "every " + weekly.everyWeeks() + " weeks ")
                    + weekly.days().stream().sorted().map(d -> d.name().substring(0, 3).toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(","))
                    + " at " + join(weekly.times());
            case Schedule.Cron cron -> "cron " + cron.expression();
        };
        return when + (plan.zone().isEmpty() ? "" : " " + plan.zone());
    }

    private static String join(List<?> times) {
        return times.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String keeps(RetentionRule rule) {
        var parts = new ArrayList<String>();
        add(parts, rule.last(), "last");
        add(parts, rule.daily(), "daily");
        add(parts, rule.weekly(), "weekly");
        add(parts, rule.monthly(), "monthly");
        add(parts, rule.yearly(), "yearly");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    private static String bandwidth(Bandwidth bandwidth) {
        if (!bandwidth.limits()) {
            return "unlimited";
        }
        return rate(bandwidth.otherRate()) + (bandwidth.workDays().isEmpty() ? ""
                : ", in work hours " + rate(bandwidth.workRate()));
    }

    private static String rate(long bits) {
        return bits == Bandwidth.UNLIMITED ? "unlimited" : bits / 1000 / 1000.0 + " Mbit/s";
    }
}

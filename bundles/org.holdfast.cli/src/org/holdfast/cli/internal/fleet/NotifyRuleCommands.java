package org.holdfast.cli.internal.fleet;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.notify.QuietTime;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.client.Answer;
import org.holdfast.client.Call;

/** Who is told of which alerts. */
public final class NotifyRuleCommands {
    private static final CliOperand NAME = CliOperand.one("NAME", "Name of the rule");
    private static final String BASE = "notifications";
    private static final String RULES = "rules";
    private static final String ANY = "any";

    private NotifyRuleCommands() {
    }

    /** {@code notify rule list}. */
    public static Command list() {
        return RemoteCommand.of("notify rule list", "List the rules", List.of(), List.of(), (call, remote) -> {
            Output.list(call, remote.all(Call.get(Remote.path(BASE, RULES)), NotificationRule.class),
                    "There are no rules yet. Make one with 'holdfast notify rule set NAME --target TARGET'.",
                    new String[] { "NAME", "STATE", "SEVERITY", "ABOUT", "VAULTS", "TAGS", "TARGETS" },
                    r -> new String[] { r.name(), state(call, r), Output.words(r.severity()), kinds(r),
                            words(r.vaults()), words(r.tags()), words(r.targets()) });
            return RemoteCommand.DONE;
        });
    }

    private static String state(Invocation call, NotificationRule rule) {
        Instant muted = rule.mutedUntil();
        return !rule.enabled() ? "disabled"
                : muted != null && muted.isAfter(call.clock().instant())
                        ? "muted until " + Output.time(call, muted)
                        : "active";
    }

    private static String kinds(NotificationRule rule) {
        List<String> all = new ArrayList<>(rule.kinds().stream().map(NotifyRuleCommands::wire).sorted().toList());
        all.addAll(rule.codes());
        return words(all);
    }

    private static String words(List<String> words) {
        return words.isEmpty() ? "all" : String.join(" ", words);
    }

    private static String wire(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code notify rule show}. */
    public static Command show() {
        return RemoteCommand.of("notify rule show", "Tell all about a rule", List.of(), List.of(NAME),
                (call, remote) -> {
                    var rule = remote.client().get(Remote.path(BASE, RULES, call.operand("NAME")),
                            NotificationRule.class);
                    if (call.json()) {
                        Output.value(call, rule);
                        return RemoteCommand.DONE;
                    }
                    call.out().println(rule.name() + ", " + state(call, rule));
                    Duration repeat = rule.repeat();
                    new Facts().add("severity", Output.words(rule.severity()) + " or worse")
                            .add("about", kinds(rule)).add("vaults", words(rule.vaults()))
                            .add("tags", words(rule.tags())).add("targets", words(rule.targets()))
                            .add("one message for", "what comes up within " + length(rule.group()))
                            .add("repeated", repeat == null ? "never" : "every " + length(repeat))
                            .add("when it is over", rule.settled() ? "told" : "not told")
                            .addIf(!rule.quiet().isEmpty(), "quiet", rule.quiet().stream()
                                    .map(NotifyRuleCommands::quiet).collect(Collectors.joining("; ")) + " "
                                    + rule.zone())
                            .print(call.out());
                    return RemoteCommand.DONE;
                });
    }

    private static String length(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String quiet(QuietTime quiet) {
        String days = quiet.days().isEmpty() ? "daily"
                : quiet.days().stream().sorted()
                        .map(NotifyRuleCommands::day).collect(Collectors.joining(","));
        return days + " " + quiet.from() + "-" + quiet.to();
    }

    private static String day(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    /** {@code notify rule set}. */
    public static Command set() {
        return RemoteCommand.of("notify rule set", "Make or change a rule", List.of(
                CliOption.list("--target", "NAME", "Whom to tell; what is given here replaces all before"),
                CliOption.choice("--severity", "SEVERITY", "The least severity (default: warning)",
                        List.of("info", "warning", "critical")),
                CliOption.list("--about", "KIND", "Only alerts of this kind, such as job-failed; 'any' for all"),
                CliOption.list("--code", "CODE", "Only alerts with this code of a problem; 'any' for all"),
                CliOption.list("--in-vault", "NAME", "Only alerts of this vault; 'any' for all"),
                CliOption.list("--tag", "TAG", "Only alerts of servers with this tag; 'any' for all"),
                CliOption.value("--group", "TIME", "What comes up within this time is one message (default: 1m)"),
                CliOption.value("--repeat", "TIME", "Tell again after this time what nobody acknowledged; 'never'"),
                CliOption.flag("--settled", "Tell also when it is over"),
                CliOption.flag("--no-settled", "Do not tell when it is over"),
                CliOption.list("--quiet-time", "TIMES",
                        "When nobody is told, such as 22:00-07:00 or sat,sun@00:00-00:00; 'none'"),
                CliOption.value("--zone", "ZONE", "Time zone of the quiet times (default: UTC)"),
                CliOption.value("--mute-until", "DATE", "Send nothing until then, such as 2d or 2027-01-31; 'now'"),
                CliOption.flag("--disable", "The rule does not count"),
                CliOption.flag("--enable", "The rule counts again")), List.of(NAME), (call, remote) -> {
                    String name = call.operand("NAME");
                    String path = Remote.path(BASE, RULES, name);
                    Answer<NotificationRule> now = existing(remote, name);
                    NotificationRule wanted = wanted(call,
                            now == null ? NotificationRule.of(name, List.of()) : now.body());
                    if (now == null) {
                        var made = remote.client().post(Remote.path(BASE, RULES), wanted, NotificationRule.class);
                        Output.done(call, made, "Made the rule " + made.name() + ".");
                    } else {
                        var changed = remote.client().put(path, wanted, String.valueOf(now.etag()),
                                NotificationRule.class);
                        Output.done(call, changed == null ? now.body() : changed, "Changed.");
                    }
                    return RemoteCommand.DONE;
                }).example("notify rule set oncall --target ops --severity critical --repeat 4h --settled")
                .example("notify rule set office --target chat --quiet-time 18:00-08:00"
                        + " --quiet-time sat,sun@00:00-00:00 --zone Europe/Berlin");
    }

    private static @Nullable Answer<NotificationRule> existing(Remote remote, String name) {
        return remote.all(Call.get(Remote.path(BASE, RULES)), NotificationRule.class).stream()
                .filter(rule -> rule.name().equalsIgnoreCase(name)).findFirst()
                .map(rule -> remote.client().send(Call.get(Remote.path(BASE, RULES, rule.name())),
                        NotificationRule.class))
                .orElse(null);
    }

    private static NotificationRule wanted(Invocation call, NotificationRule now) {
        List<String> targets = call.values("--target");
        String severity = call.value("--severity");
        List<String> about = list(call, "--about", now.kinds().stream().map(NotifyRuleCommands::wire).toList());
        String group = call.value("--group");
        String repeat = call.value("--repeat");
        String zone = call.value("--zone");
        String muted = call.value("--mute-until");
        return new NotificationRule(now.name(), call.flag("--enable") || now.enabled() && !call.flag("--disable"),
                severity == null ? now.severity() : Severity.valueOf(severity.toUpperCase(Locale.ROOT)), kinds(about),
                list(call, "--code", now.codes()), list(call, "--in-vault", now.vaults()),
                list(call, "--tag", now.tags()), targets.isEmpty() ? now.targets() : targets,
                group == null ? now.group() : duration("--group", group),
                repeat == null ? now.repeat() : repeat.equals("never") ? null : duration("--repeat", repeat),
                call.flag("--settled") || now.settled() && !call.flag("--no-settled"),
                zone == null ? now.zone() : zone, quiet(call, now.quiet()),
                muted == null ? now.mutedUntil() : muted.equals("now") ? null : call.time("--mute-until", true, 1));
    }

    private static List<String> list(Invocation call, String option, List<String> now) {
        List<String> given = call.values(option);
        return given.isEmpty() ? now : given.equals(List.of(ANY)) ? List.of() : given;
    }

    private static Set<AlertKind> kinds(List<String> words) {
        Set<AlertKind> kinds = EnumSet.noneOf(AlertKind.class);
        for (String word : words) {
            kinds.add(Arrays.stream(AlertKind.values()).filter(kind -> wire(kind).equals(word)).findFirst()
                    .orElseThrow(() -> Invocation.usage("--about is one of " + Arrays.stream(AlertKind.values())
                            .map(NotifyRuleCommands::wire).sorted(Comparator.naturalOrder())
                            .collect(Collectors.joining(", ")) + ", not '" + word + "'.")));
        }
        return kinds;
    }

    private static List<QuietTime> quiet(Invocation call, List<QuietTime> now) {
        List<String> given = call.values("--quiet-time");
        if (given.isEmpty()) {
            return now;
        }
        return given.equals(List.of("none")) ? List.of() : given.stream().map(NotifyRuleCommands::quiet).toList();
    }

    private static QuietTime quiet(String text) {
        try {
            int at = text.indexOf('@');
            Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
            for (String word : at < 0 ? new String[0] : text.substring(0, at).split(",")) {
                days.add(Arrays.stream(DayOfWeek.values()).filter(day -> day(day).equals(word)).findFirst()
                        .orElseThrow(() -> new DateTimeException(word)));
            }
            String[] times = text.substring(at + 1).split("-", 2);
            return new QuietTime(days, LocalTime.parse(times[0]), LocalTime.parse(times.length < 2 ? "" : times[1]));
        } catch (DateTimeException e) {
            throw Invocation.usage("--quiet-time is like 22:00-07:00 or sat,sun@00:00-00:00, not '" + text + "'.");
        }
    }

    private static Duration duration(String option, String text) {
        try {
            return text.endsWith("d") ? Duration.parse("P" + text) : Duration.parse("PT" + text);
        } catch (DateTimeException e) {
            throw Invocation.usage(option + " is a time such as 30s, 10m, 4h or 2d, not '" + text + "'.");
        }
    }

    /** {@code notify rule remove}. */
    public static Command remove() {
        return RemoteCommand.of("notify rule remove", "Remove a rule", List.of(), List.of(NAME), (call, remote) -> {
            String path = Remote.path(BASE, RULES, call.operand("NAME"));
            Answer<NotificationRule> now = remote.client().send(Call.get(path), NotificationRule.class);
            remote.client().delete(path, now.etag());
            Output.done(call, now.body(), "Removed the rule " + now.body().name() + ".");
            return RemoteCommand.DONE;
        });
    }
}

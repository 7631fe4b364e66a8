package org.holdfast.cli.internal.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.notify.MessageSummary;
import org.holdfast.api.notify.TargetField;
import org.holdfast.api.notify.TargetKind;
import org.holdfast.api.notify.TargetSummary;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Answer;
import org.holdfast.client.Call;
import org.holdfast.protocol.fleet.SaveTarget;
import org.holdfast.protocol.fleet.TargetTested;

/** Where notifications are sent to, and what was sent. */
public final class NotifyTargetCommands {
    private static final CliOperand NAME = CliOperand.one("NAME", "Name of the target");
    private static final String BASE = "notifications";
    private static final String TARGETS = "targets";
    private static final int LONGEST_FILE = 20_000;

    private NotifyTargetCommands() {
    }

    /** {@code notify kinds}. */
    public static Command kinds() {
        return RemoteCommand.of("notify kinds", "List the kinds of targets and their settings", List.of(), List.of(),
                (call, remote) -> {
                    List<TargetKind> kinds = remote.all(Call.get(Remote.path(BASE, "kinds")), TargetKind.class);
                    if (call.json()) {
                        Output.value(call, kinds);
                        return RemoteCommand.DONE;
                    }
                    for (TargetKind kind : kinds) {
                        call.out().println(kind.kind());
                        for (TargetField field : kind.fields()) {
                            call.out().println("  " + field.name() + (field.required() ? " (required)" : "")
                                    + (field.secret() ? " (secret)" : "") + ": " + field.description());
                        }
                    }
                    return RemoteCommand.DONE;
                });
    }

    /** {@code notify target list}. */
    public static Command list() {
        return RemoteCommand.of("notify target list", "List where notifications are sent to", List.of(), List.of(),
                (call, remote) -> {
                    Output.list(call, remote.all(Call.get(Remote.path(BASE, TARGETS)), TargetSummary.class),
                            "There are no targets yet. Make one with 'holdfast notify target set NAME --kind mail'.",
                            new String[] { "NAME", "KIND", "STATE", ">WAITING", "LAST SENT", "LAST ERROR" },
                            t -> new String[] { t.name(), t.kind(), state(t), Units.count(t.waiting()),
                                    Output.time(call, t.lastSent()),
                                    t.failures() == 0 ? "-" : Output.text(t.lastError()) });
                    return RemoteCommand.DONE;
                });
    }

    private static String state(TargetSummary target) {
        return !target.enabled() ? "disabled" : target.failures() > 0 ? "failing" : "ready";
    }

    /** {@code notify target show}. */
    public static Command show() {
        return RemoteCommand.of("notify target show", "Tell all about a target, except for its secrets", List.of(),
                List.of(NAME), (call, remote) -> {
                    var target = remote.client().get(Remote.path(BASE, TARGETS, call.operand("NAME")),
                            TargetSummary.class);
                    if (call.json()) {
                        Output.value(call, target);
                        return RemoteCommand.DONE;
                    }
                    call.out().println(target.name() + ", " + target.kind() + ", " + state(target));
                    var facts = new Facts();
                    new TreeMap<>(target.settings()).forEach((name, value) -> facts.add(name,
                            value.lines().findFirst().orElse("") + (value.contains("\n") ? " ..." : "")));
                    target.secrets().forEach(name -> facts.add(name, "(stored)"));
                    facts.add("language", target.language()).add("zone", target.zone())
                            .add("waiting", Units.count(target.waiting()))
                            .add("last sent", Output.time(call, target.lastSent()))
                            .addIf(target.failures() > 0, "failed", target.failures() + " times, "
                                    + Output.time(call, target.lastFailure()) + ": " + target.lastError())
                            .print(call.out());
                    return RemoteCommand.DONE;
                });
    }

    /** {@code notify target set}. */
    public static Command set() {
        return RemoteCommand.of("notify target set", "Make or change a target", List.of(
                CliOption.value("--kind", "KIND", "Kind of a new target, see 'holdfast notify kinds'"),
                CliOption.list("--setting", "NAME=VALUE", "A setting; NAME= removes it"),
                CliOption.list("--setting-file", "NAME=FILE", "A setting whose value is in a file"),
                CliOption.list("--secret", "NAME", "A secret that is asked for"),
                CliOption.list("--secret-file", "NAME=FILE", "A secret that is the first line of a file"),
                CliOption.list("--remove-secret", "NAME", "A secret that is taken away"),
                CliOption.choice("--language", "LANGUAGE", "Language of the messages", List.of("en", "ja")),
                CliOption.value("--zone", "ZONE", "Time zone of the times in messages, such as Asia/Tokyo"),
                CliOption.flag("--disable", "Send nothing for now"),
                CliOption.flag("--enable", "Send again")), List.of(NAME), (call, remote) -> {
                    String name = call.operand("NAME");
                    String path = Remote.path(BASE, TARGETS, name);
                    Answer<TargetSummary> now = existing(remote, name);
                    SaveTarget wanted =
                            wanted(call, now == null ? name : now.body().name(), now == null ? null : now.body());
                    if (now == null) {
                        var made = remote.client().post(Remote.path(BASE, TARGETS), wanted, TargetSummary.class);
                        Output.done(call, made, "Made the target " + made.name() + ". Try it with 'holdfast notify"
                                + " target test " + made.name() + "'.");
                    } else {
                        var changed = remote.client().put(path, wanted, String.valueOf(now.etag()),
                                TargetSummary.class);
                        Output.done(call, changed == null ? now.body() : changed, "Changed.");
                    }
                    return RemoteCommand.DONE;
                })
                .example("notify target set ops --kind mail --setting host=mail.example.org --setting user=vault"
                        + " --secret password --setting from=vault@example.org --setting to=ops@example.org")
                .example("notify target set chat --kind web-hook --setting url=https://hooks.example.org/backup"
                        + " --secret-file secret=/root/hook.secret");
    }

    private static @Nullable Answer<TargetSummary> existing(Remote remote, String name) {
        return remote.all(Call.get(Remote.path(BASE, TARGETS)), TargetSummary.class).stream()
                .filter(target -> target.name().equalsIgnoreCase(name)).findFirst()
                .map(target -> remote.client().send(Call.get(Remote.path(BASE, TARGETS, target.name())),
                        TargetSummary.class))
                .orElse(null);
    }

    private static SaveTarget wanted(Invocation call, String name, @Nullable TargetSummary now) throws IOException {
        Map<String, String> settings = new TreeMap<>(now == null ? Map.of() : now.settings());
        for (String each : call.values("--setting")) {
            put(settings, each, "--setting");
        }
        for (String each : call.values("--setting-file")) {
            Map<String, String> named = new TreeMap<>();
            put(named, each, "--setting-file");
            for (Map.Entry<String, String> entry : named.entrySet()) {
                settings.put(entry.getKey(), text(call, entry.getValue()));
            }
        }
        String language = call.value("--language");
        String zone = call.value("--zone");
        @Nullable Boolean enabled = call.flag("--disable") ? Boolean.FALSE
                : call.flag("--enable") || now == null ? Boolean.TRUE : Boolean.valueOf(now.enabled());
        return new SaveTarget(name, now == null ? call.value("--kind") : now.kind(), enabled,
                language != null ? language : now == null ? null : now.language(),
                zone != null ? zone : now == null ? null : now.zone(), settings, secrets(call));
    }

    private static Map<String, String> secrets(Invocation call) {
        Map<String, String> secrets = new TreeMap<>();
        call.values("--remove-secret").forEach(each -> secrets.put(each, ""));
        for (String each : call.values("--secret")) {
            char[] typed = call.secrets().askTwice(each + ": ", "The same again: ");
            secrets.put(each, new String(typed));
            Arrays.fill(typed, '\0');
        }
        for (String each : call.values("--secret-file")) {
            Map<String, String> named = new TreeMap<>();
            put(named, each, "--secret-file");
            named.forEach((field, file) -> {
                char[] read = call.secrets().file(NativePaths.path(call.path(file)));
                secrets.put(field, new String(read));
                Arrays.fill(read, '\0');
            });
        }
        return secrets;
    }

    private static void put(Map<String, String> values, String given, String option) {
        int equals = given.indexOf('=');
        if (equals < 1) {
            throw Invocation.usage(option + " is given as NAME=VALUE, not '" + given + "'.");
        }
        values.put(given.substring(0, equals), given.substring(equals + 1));
    }

    private static String text(Invocation call, String file) throws IOException {
        Path path = NativePaths.path(call.path(file));
        if (Files.size(path) > LONGEST_FILE) {
            throw Invocation.usage("'" + file + "' is longer than " + LONGEST_FILE + " bytes.");
        }
        return Files.readString(path);
    }

    /** {@code notify target remove}. */
    public static Command remove() {
        return RemoteCommand.of("notify target remove", "Remove a target that no rule names", List.of(),
                List.of(NAME), (call, remote) -> {
                    String path = Remote.path(BASE, TARGETS, call.operand("NAME"));
                    Answer<TargetSummary> now = remote.client().send(Call.get(path), TargetSummary.class);
                    remote.client().delete(path, now.etag());
                    Output.done(call, now.body(), "Removed the target " + now.body().name() + ".");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code notify target test}. */
    public static Command test() {
        return RemoteCommand.of("notify target test", "Send a message for a test", List.of(), List.of(NAME),
                (call, remote) -> {
                    var tested = remote.client().post(Remote.path(BASE, TARGETS, call.operand("NAME"), "test"),
                            Map.of(), TargetTested.class);
                    Output.done(call, tested, tested.delivered() ? "The target has taken the message."
                            : "The target did not take the message: " + tested.error());
                    return tested.delivered() ? RemoteCommand.DONE : RemoteCommand.FAILED;
                });
    }

    /** {@code notify messages}. */
    public static Command messages() {
        return RemoteCommand.of("notify messages", "List what was sent in the last 30 days, or waits", List.of(
                CliOption.value("--target", "NAME", "Only what is for this target"),
                CliOption.flag("--waiting", "Only what waits")), List.of(), (call, remote) -> {
                    List<MessageSummary> all = remote
                            .all(Call.get(Remote.path(BASE, "messages")), MessageSummary.class).stream()
                            .filter(m -> call.value("--target") == null || m.target().equals(call.value("--target")))
                            .filter(m -> !call.flag("--waiting") || m.ended() == null).toList();
                    Output.list(call, all, "No messages.",
                            new String[] { "MESSAGE", "CREATED", "TARGET", "RULE", "REASON", "ABOUT", ">ALERTS",
                                    "STATE", ">ATTEMPTS", "ERROR" },
                            m -> new String[] { Output.id(m.id()), Output.time(call, m.created()), m.target(),
                                    m.rule(), Output.words(m.reason()), Output.words(m.kind()),
                                    Units.count(m.alerts()), Output.words(m.state()), Long.toString(m.attempts()),
                                    Output.text(m.error()) });
                    return RemoteCommand.DONE;
                });
    }
}

package org.holdfast.cli.internal.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.client.Answer;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.protocol.people.EntraCheck;
import org.holdfast.protocol.people.EntraMapping;
import org.holdfast.protocol.people.EntraSettings;

/** How people sign in to a vault server: Entra ID, what its roles and groups mean, and local accounts. */
public final class EntraCommands {
    private static final Map<String, String> CLOUDS = Map.of("public", "https://login.microsoftonline.com/",
            "usgovernment", "https://login.microsoftonline.us/", "china", "https://login.chinacloudapi.cn/");
    private static final String SETTINGS = Remote.path("sign-in", "entra", "settings");
    private static final CliOption ROLE = CliOption.list("--app-role", "VALUE=ROLE",
            "App role of the application, and what it means: reader, operator, administrator or security-officer");
    private static final CliOption GROUP = CliOption.list("--group", "ID=ROLE",
            "Object id of a group of the tenant, and what it means");

    private EntraCommands() {
    }

    /** {@code sign-in show}. */
    public static Command show() {
        return RemoteCommand.of("sign-in show", "Show how people sign in", List.of(), List.of(), (call, remote) -> {
            told(call, remote.client().get(SETTINGS, EntraSettings.class));
            return RemoteCommand.DONE;
        });
    }

    /** {@code sign-in set}. */
    public static Command set() {
        return RemoteCommand.of("sign-in set", "Let people sign in with Entra ID, or not any more", List.of(
                CliOption.value("--entra-tenant", "ID", "Tenant whose people may sign in; switches Entra ID on"),
                CliOption.value("--entra-client", "ID", "Application (client) id that stands for this vault"),
                CliOption.value("--cloud", "NAME", "public, usgovernment or china (default: public)"),
                CliOption.value("--authority", "URL", "Authority of a private cloud instead of --cloud"),
                CliOption.value("--authority-ca", "FILE", "Certificates in PEM to trust there besides the usual ones"),
                CliOption.flag("--no-entra", "Nobody signs in with Entra ID any more"),
                CliOption.value("--only-local-account", "NAME",
                        "Switch local accounts off, but this administrator for emergencies"),
                CliOption.flag("--all-local-accounts", "Local accounts may sign in again")), List.of(),
                (call, remote) -> {
                    if (call.flag("--no-entra") && call.value("--entra-tenant") != null
                            || call.flag("--all-local-accounts") && call.value("--only-local-account") != null
                            || call.value("--cloud") != null && call.value("--authority") != null) {
                        throw Invocation.usage("These options contradict each other.");
                    }
                    String authority = authority(call);
                    String ca = ca(call);
                    change(call, remote, now -> new EntraSettings(
                            !call.flag("--no-entra") && (now.enabled() || call.value("--entra-tenant") != null),
                            given(call, "--entra-tenant", now.tenant()), given(call, "--entra-client", now.clientId()),
                            authority == null ? now.authority() : authority, ca == null ? now.ca() : ca,
                            call.flag("--all-local-accounts") ? null
                                    : call.value("--only-local-account") == null ? now.breakGlass()
                                            : call.value("--only-local-account"),
                            now.roles()));
                    return RemoteCommand.DONE;
                }).saying("Sessions of people who came from Entra ID end, and are renewed by their programs. Once there"
                        + " is a security officer, that person approves the change.")
                .example("sign-in set --entra-tenant 8f1a3f0e-7a3c-4b52-9a11-3f7b5d2c6e10 --entra-client"
                        + " 0f2d7c1a-93c6-4c1e-8f35-6a1f9a1c2b3d");
    }

    /** {@code sign-in map}. */
    public static Command map() {
        return RemoteCommand.of("sign-in map", "Say what app roles and groups of Entra ID mean", List.of(ROLE, GROUP),
                List.of(), (call, remote) -> {
                    List<EntraMapping> more = mappings(call);
                    change(call, remote, now -> with(now, table(now, more, true)));
                    return RemoteCommand.DONE;
                }).example("sign-in map --app-role Backup.Operator=operator");
    }

    /** {@code sign-in unmap}. */
    public static Command unmap() {
        return RemoteCommand.of("sign-in unmap", "Take back what app roles and groups of Entra ID mean",
                List.of(ROLE, GROUP), List.of(), (call, remote) -> {
                    List<EntraMapping> less = mappings(call);
                    change(call, remote, now -> with(now, table(now, less, false)));
                    return RemoteCommand.DONE;
                }).example("sign-in unmap --app-role Backup.Operator=operator");
    }

    /** {@code sign-in check}. */
    public static Command check() {
        return RemoteCommand.of("sign-in check", "Look whether the vault server reaches Entra ID", List.of(),
                List.of(), (call, remote) -> {
                    EntraCheck check = remote.client().send(Call.post(Remote.path("sign-in", "entra", "check"),
                            new Body.Nothing()), EntraCheck.class).body();
                    if (call.json()) {
                        Output.value(call, check);
                    } else {
                        new Facts().add("reachable", check.reachable() ? "yes" : "no")
                                .add("issuer", Output.text(check.issuer())).add("keys", String.valueOf(check.keys()))
                                .add("problem", Output.text(check.problem())).print(call.out());
                    }
                    return check.reachable() ? RemoteCommand.DONE : RemoteCommand.FAILED;
                });
    }

    private static void change(Invocation call, Remote remote, UnaryOperator<EntraSettings> change) {
        Answer<EntraSettings> now = remote.client().send(Call.get(SETTINGS), EntraSettings.class);
        EntraSettings next = change.apply(now.body());
        EntraSettings done = remote.client().put(SETTINGS, next, String.valueOf(now.etag()), EntraSettings.class);
        told(call, done == null ? next : done);
    }

    private static void told(Invocation call, EntraSettings settings) {
        if (call.json()) {
            Output.value(call, settings);
            return;
        }
        String only = settings.breakGlass();
        new Facts().add("entra id", settings.enabled() ? "on" : "off").add("tenant", Output.text(settings.tenant()))
                .add("application", Output.text(settings.clientId()))
                .add("authority", Output.text(settings.authority()))
                .add("local accounts", only == null ? "on" : "off, but " + only).print(call.out());
        List<EntraMapping> roles = settings.roles() == null ? List.of() : settings.roles();
        Output.list(call, roles, "No app role and no group means anything.", new String[] { "CLAIM", "VALUE", "ROLE" },
                row -> new String[] { row.claim(), row.value(), row.role() });
    }

    private static String given(Invocation call, String option, String otherwise) {
        String value = call.value(option);
        return value == null ? otherwise : value;
    }

    private static @Nullable String authority(Invocation call) {
        String cloud = call.value("--cloud");
        if (cloud != null && !CLOUDS.containsKey(cloud)) {
            throw Invocation.usage("--cloud is one of public, usgovernment, china.");
        }
        return cloud == null ? call.value("--authority") : CLOUDS.get(cloud);
    }

    private static @Nullable String ca(Invocation call) throws IOException {
        String file = call.value("--authority-ca");
        try {
            return file == null ? null : Files.readString(NativePaths.path(call.path(file)));
        } catch (IOException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "Cannot read '" + file + "': " + e.getMessage(),
                    "Give a file with certificates in PEM.", e);
        }
    }

    private static List<EntraMapping> mappings(Invocation call) {
        var all = new ArrayList<EntraMapping>();
        call.values("--app-role").forEach(each -> all.add(mapping("role", each)));
        call.values("--group").forEach(each -> all.add(mapping("group", each)));
        if (all.isEmpty()) {
            throw Invocation.usage("Give at least one --app-role or --group.");
        }
        return all;
    }

    private static EntraMapping mapping(String claim, String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 1) {
            throw Invocation.usage("'" + text + "' is not of the form VALUE=ROLE.");
        }
        return new EntraMapping(claim, text.substring(0, equals), text.substring(equals + 1));
    }

    private static List<EntraMapping> table(EntraSettings now, List<EntraMapping> some, boolean add) {
        var all = new ArrayList<>(now.roles() == null ? List.of() : now.roles());
        all.removeAll(some);
        if (add) {
            all.addAll(some);
        }
        return all;
    }

    private static EntraSettings with(EntraSettings now, List<EntraMapping> roles) {
        return new EntraSettings(now.enabled(), now.tenant(), now.clientId(), now.authority(), now.ca(),
                now.breakGlass(), roles);
    }
}

package org.holdfast.cli.internal.fleet;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.client.Call;
import org.holdfast.client.ClientSettings;
import org.holdfast.client.Identity;
import org.holdfast.client.Trust;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.common.Page;

/** The vault server of the sign-in: a client, and how to find things by the names people use. */
final class Remote implements AutoCloseable {
    private static final String API = "/api/v1";
    private static final int PAGE = 500;

    private final Invocation call;
    private final Login login;
    private final VaultClient client;

    private Remote(Invocation call, Login login, VaultClient client) {
        this.call = call;
        this.login = login;
        this.client = client;
    }

    /** Connects with the sign-in of this user. */
    static Remote open(Invocation call) {
        Login login = EntraDoor.current(call.environment().variables(), call.environment().clock());
        if (login == null) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "You are not signed in to a vault server.",
                    "Use 'holdfast login HOST:PORT'.");
        }
        Map<String, String> variables = call.environment().variables();
        return new Remote(call, login, new VaultClient(settings(login.address(), login.fingerprint())
                .as(identity(login, variables, call.environment().clock())), new TypedPins(call, login.user())));
    }

    /** A client of somebody who is signed in. */
    static VaultClient client(Login login, Map<String, String> variables, Clock clock) {
        return new VaultClient(settings(login.address(), login.fingerprint())
                .as(identity(login, variables, clock)));
    }

    /** A session of Entra ID is renewed while somebody works with it. */
    private static Identity identity(Login login, Map<String, String> variables, Clock clock) {
        return login.entra() == null ? new Identity.Token(login.token())
                : new Identity.Session(EntraDoor.session(login, variables, clock));
    }

    /** A client of a server whose authority has the given fingerprint. */
    static VaultClient client(String address, String fingerprint, @Nullable String token) {
        var settings = settings(address, fingerprint);
        return new VaultClient(token == null ? settings : settings.as(new Identity.Token(token)));
    }

    private static ClientSettings settings(String address, String fingerprint) {
        return ClientSettings.of(List.of(address), new Trust.Pinned(fingerprint));
    }

    /** The client itself. */
    VaultClient client() {
        return client;
    }

    /** The sign-in. */
    Login login() {
        return login;
    }

    /** A path below the API. */
    static String path(String... segments) {
        var path = new StringBuilder(API);
        for (String segment : segments) {
            path.append('/').append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return path.toString();
    }

    /** A path below the vault that is meant. */
    String inVault(String... segments) {
        return path("vaults", vault()) + path(segments).substring(API.length());
    }

    /** Name of the vault that is meant. */
    String vault() {
        String named = call.value(RemoteCommand.VAULT_OPTION);
        if (named != null) {
            return named;
        }
        String usual = login.vault();
        if (usual != null) {
            return usual;
        }
        List<VaultSummary> vaults = all(Call.get(path("vaults")), VaultSummary.class);
        if (vaults.size() == 1) {
            return vaults.getFirst().name();
        }
        throw new HoldfastException(Problem.INVALID_REQUEST,
                vaults.isEmpty() ? "There is no vault yet."
                        : "There are several vaults: "
                                + vaults.stream().map(VaultSummary::name).collect(Collectors.joining(", ")) + ".",
                vaults.isEmpty() ? "Make one with 'holdfast vault new NAME'."
                        : "Say which one with --vault, or for good with 'holdfast vault use NAME'.");
    }

    /** All parts of a list. */
    <T> List<T> all(Call list, Class<T> type) {
        return all(client, list, type);
    }

    /** All parts of a list. */
    static <T> List<T> all(VaultClient client, Call list, Class<T> type) {
        var items = new ArrayList<T>();
        String after = null;
        do {
            Call part = list.query("limit", PAGE);
            Page<T> page = client.list(after == null ? part : part.query("after", after), type);
            items.addAll(page.items());
            after = page.next();
        } while (after != null);
        return items;
    }

    /** The server with a name or an id, or the beginning of an id. */
    ServerSummary server(String text) {
        return pick("server", text, all(Call.get(inVault("servers")), ServerSummary.class), ServerSummary::id,
                ServerSummary::name);
    }

    /** The id of the job with an id or the beginning of it. */
    String job(String text) {
        if (text.length() == 36) {
            return text;
        }
        return pick("job", text, all(Call.get(inVault("jobs")), JobSummary.class), JobSummary::id, job -> "").id();
    }

    /** What people mean by a text: a name, an id, or the beginning of an id. */
    static <T> T pick(String kind, String text, List<T> all, Function<T, String> id, Function<T, String> name) {
        List<T> found = all.stream().filter(t -> id.apply(t).equals(text) || name.apply(t).equals(text)).toList();
        if (found.isEmpty() && text.length() >= 4) {
            found = all.stream().filter(t -> id.apply(t).startsWith(text)).toList();
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "There is no " + kind + " '" + text + "'.",
                    "'holdfast " + kind + " list' shows what there is.");
        }
        throw new HoldfastException(Problem.INVALID_REQUEST, "Several are called '" + text + "': "
                + found.stream().map(t -> id.apply(t).substring(0, 8) + " " + name.apply(t))
                        .collect(Collectors.joining(", "))
                + ".", "Give the id, or the beginning of it.");
    }

    @Override
    public void close() {
        client.close();
    }
}

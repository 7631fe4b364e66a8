package org.holdfast.azure.doubles;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.holdfast.azure.doubles.KeyVaultObjects.KeyVersion;
import org.holdfast.azure.doubles.KeyVaultObjects.Secret;
import org.holdfast.azure.doubles.KeyVaultObjects.Version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A Key Vault with soft delete: secrets with their versions, and RSA keys that wrap and unwrap. Without a token it
 * answers with its challenge; tokens have to be of our double of Entra ID, for a Key Vault, and of now, and an
 * application may do what it was granted. Shapes are those of api-version 7.4.
 */
public final class KeyVaultDouble extends HttpsDouble {
    /** Whom tokens have to be for. */
    public static final String AUDIENCE = "https://vault.azure.net";
    /** Largest value of a secret, bytes. */
    public static final int MAX_VALUE = 25_600;
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z-]{1,127}");
    private static final int PAGE = 25;
    private static final Duration KEPT = Duration.ofDays(90);

    private final EntraDouble entra;
    private final String recoveryLevel;
    private final Map<String, Set<Right>> rights = new ConcurrentHashMap<>();
    private final Map<String, Secret> secrets = new TreeMap<>();
    private final Map<String, Secret> deleted = new TreeMap<>();
    private final Map<String, List<KeyVersion>> keys = new TreeMap<>();
    private String closed = "";
    private boolean policies;
    private boolean forgetful;

    /** What an application may be granted. */
    public enum Right {
        /** Read a secret. */
        GET,
        /** Make a version of a secret, and change its attributes. */
        SET,
        /** Names of secrets and versions. */
        LIST,
        /** Delete a secret. */
        DELETE,
        /** Bring a deleted one back. */
        RECOVER,
        /** Delete a deleted one for good. */
        PURGE,
        /** Public part of a key. */
        KEY_GET,
        /** Wrap with a key. */
        WRAP,
        /** Unwrap with a key. */
        UNWRAP
    }

    /** What the answer is instead of a success. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        RefusedException(Answer answer) {
            this.answer = answer;
        }
    }

    /**
     * Starts it.
     *
     * @param tls what it shows
     * @param clock what it thinks the time is
     * @param entra whose tokens it takes
     * @param purgeProtection whether nobody can delete for good before the time
     */
    public KeyVaultDouble(TestTls tls, Clock clock, EntraDouble entra, boolean purgeProtection) {
        super(tls, clock);
        this.entra = entra;
        this.recoveryLevel = purgeProtection ? "Recoverable" : "Recoverable+Purgeable";
    }

    /** Lets an application do that and no more. */
    public void grant(String client, Right... what) {
        rights.put(client, what.length == 0 ? Set.of() : EnumSet.copyOf(List.of(what)));
    }

    /** Lets an application do everything. */
    public void grantAll(String client) {
        grant(client, Right.values());
    }

    /** Whether rights are given by access policies and not by roles, which changes how it refuses. */
    public void accessPolicies(boolean on) {
        policies = on;
    }

    /** Refuses everybody with a code from now on ({@code ForbiddenByFirewall}); an empty one opens it again. */
    public void closeWith(String innerCode) {
        closed = innerCode;
    }

    /** Gives back something else than what was set from now on. */
    public void forgetful(boolean on) {
        forgetful = on;
    }

    /** Makes a version of an RSA key; returns its id, which is an URL. */
    public synchronized String makeKey(String name) {
        KeyVersion version = KeyVersion.make(clock().instant());
        keys.computeIfAbsent(lower(name), n -> new ArrayList<>()).add(version);
        return url() + "/keys/" + name + "/" + version.id();
    }

    /** Values of a secret's versions, oldest first; empty when there is none. */
    public synchronized List<String> values(String name) {
        Secret secret = secrets.get(lower(name));
        return secret == null ? List.of() : secret.versions().stream().map(v -> v.value).toList();
    }

    /** Whether each version may be read, oldest first. */
    public synchronized List<Boolean> enabled(String name) {
        Secret secret = secrets.get(lower(name));
        return secret == null ? List.of() : secret.versions().stream().map(v -> v.enabled).toList();
    }

    /** Tags of the newest version. */
    public synchronized Map<String, String> tags(String name) {
        return Map.copyOf(secrets.get(lower(name)).newest().tags);
    }

    /** Names of secrets that are not deleted. */
    public synchronized List<String> names() {
        return secrets.values().stream().map(Secret::name).toList();
    }

    /** Deletes a secret as an administrator in the portal does. */
    public synchronized void delete(String name) {
        deleted.put(lower(name), secrets.remove(lower(name)));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    protected synchronized Answer answer(Asked asked) {
        try {
            String client = authenticated(asked);
            if (!closed.isEmpty()) {
                throw refused(403, "Forbidden", closed, "Client address is not authorized.");
            }
            if (!"7.4".equals(asked.query().get("api-version"))) {
                throw refused(400, "BadParameter", "", "The specified version is not recognized.");
            }
            String[] parts = asked.path().substring(1).split("/");
            return switch (parts[0]) {
                case "secrets" -> secrets(asked, client, parts);
                case "deletedsecrets" -> deleted(asked, client, parts);
                case "keys" -> keys(asked, client, parts);
                default -> Answer.status(404);
            };
        } catch (RefusedException e) {
            return e.answer;
        }
    }

    /** The application that asks. */
    private String authenticated(Asked asked) {
        String header = asked.header("Authorization");
        Answer challenge = error(401, "Unauthorized", "", "AKV10000: Request is missing a Bearer or PoP token.")
                .with("WWW-Authenticate", "Bearer authorization=\"" + entra.url() + "/" + EntraDouble.TENANT
                        + "\", resource=\"" + AUDIENCE + "\"");
        if (!header.startsWith("Bearer ")) {
            throw new RefusedException(challenge);
        }
        JsonNode claims;
        try {
            Jwt jwt = Jwt.parse(header.substring("Bearer ".length()));
            if (!jwt.isSignedWith(entra.key())) {
                throw new IllegalArgumentException("signature");
            }
            claims = jwt.claims();
        } catch (IllegalArgumentException e) {
            throw refused(401, "Unauthorized", "", "AKV10022: Invalid token.");
        }
        long now = clock().instant().getEpochSecond();
        if (claims.path("exp").asLong() <= now || claims.path("nbf").asLong() > now + 300) {
            throw refused(401, "Unauthorized", "", "AKV10001: Token is expired.");
        }
        if (!claims.path("aud").asText().equals(AUDIENCE)) {
            throw refused(401, "Unauthorized", "", "AKV10022: Invalid audience. Expected " + AUDIENCE + ", found: "
                    + claims.path("aud").asText() + ".");
        }
        if (!claims.path("tid").asText().equals(EntraDouble.TENANT)) {
            throw refused(401, "Unauthorized", "", "AKV10032: Invalid issuer. Expected one of https://sts.windows.net/"
                    + EntraDouble.TENANT + "/, found " + claims.path("iss").asText() + ".");
        }
        return claims.path("appid").asText();
    }

    private void require(String client, Right right) {
        if (!rights.getOrDefault(client, Set.of()).contains(right)) {
            throw refused(403, "Forbidden", policies ? "AccessDenied" : "ForbiddenByRbac", policies
                    ? "The user, group or application 'appid=" + client + "' does not have secrets permission."
                    : "Caller is not authorized to perform action on resource. Caller: appid=" + client);
        }
    }

    private Answer secrets(Asked asked, String client, String[] parts) {
        if (parts.length == 1) {
            require(client, Right.LIST);
            List<ObjectNode> all = secrets.values().stream()
                    .map(s -> item(url() + "/secrets/" + s.name(), s.newest())).toList();
            return page(asked, all);
        }
        String name = parts[1];
        if (!NAME.matcher(name).matches()) {
            throw refused(400, "BadParameter", "", "The request URI contains an invalid name: " + name);
        }
        if (asked.method().equals("PUT")) {
            return set(asked, client, name);
        }
        require(client, asked.method().equals("GET") && parts.length > 2 && parts[2].equals("versions") ? Right.LIST
                : asked.method().equals("GET") ? Right.GET : asked.method().equals("PATCH") ? Right.SET : Right.DELETE);
        Secret secret = secrets.get(lower(name));
        if (secret == null) {
            throw notFound(name);
        }
        if (asked.method().equals("DELETE")) {
            delete(name);
            return Answer.json(200, deletedBundle(secret));
        }
        if (parts.length > 2 && parts[2].equals("versions")) {
            return page(asked, secret.versions().reversed().stream().map(v -> item(id(secret, v), v)).toList());
        }
        Version version = parts.length < 3 ? secret.newest() : secret.version(parts[2]);
        if (version == null) {
            throw notFound(name);
        }
        if (asked.method().equals("PATCH")) {
            version.change(body(asked), clock().instant());
            return Answer.json(200, item(id(secret, version), version));
        }
        if (!version.enabled) {
            throw refused(403, "Forbidden", "SecretDisabled",
                    "Operation get is not allowed on a disabled secret.");
        }
        ObjectNode found = item(id(secret, version), version);
        return Answer.json(200, found.put("value", forgetful ? version.value + "?" : version.value));
    }

    private Answer set(Asked asked, String client, String name) {
        require(client, Right.SET);
        if (deleted.containsKey(lower(name))) {
            throw refused(409, "Conflict", "ObjectIsDeletedButRecoverable", "Secret " + name
                    + " is currently in a deleted but recoverable state, and its name cannot be reused.");
        }
        JsonNode body = body(asked);
        String value = body.path("value").asText("");
        if (!body.has("value") || value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE) {
            throw refused(400, "BadParameter", "", "Property value has an invalid length.");
        }
        Secret secret = secrets.computeIfAbsent(lower(name), n -> new Secret(name, new ArrayList<>()));
        Version version = new Version(value, clock().instant());
        version.change(body, clock().instant());
        secret.versions().add(version);
        return Answer.json(200, item(id(secret, version), version).put("value", value));
    }

    private Answer deleted(Asked asked, String client, String[] parts) {
        if (parts.length == 1) {
            require(client, Right.LIST);
            return page(asked, deleted.values().stream().map(this::deletedBundle).toList());
        }
        Secret secret = deleted.get(lower(parts[1]));
        boolean recover = asked.method().equals("POST") && parts.length == 3 && parts[2].equals("recover");
        require(client, recover ? Right.RECOVER : asked.method().equals("DELETE") ? Right.PURGE : Right.GET);
        if (secret == null) {
            throw notFound(parts[1]);
        }
        if (recover) {
            secrets.put(lower(parts[1]), deleted.remove(lower(parts[1])));
            return Answer.json(200, item(id(secret, secret.newest()), secret.newest()));
        }
        if (asked.method().equals("DELETE")) {
            if (!recoveryLevel.contains("Purgeable")) {
                throw refused(403, "Forbidden", "VaultPolicyViolation", "Operation purge is not allowed.");
            }
            deleted.remove(lower(parts[1]));
            return Answer.status(204);
        }
        return Answer.json(200, deletedBundle(secret));
    }

    private Answer keys(Asked asked, String client, String[] parts) {
        String name = parts.length > 1 ? parts[1] : "";
        String verb = parts.length > 3 ? parts[3] : "";
        require(client, verb.equals("wrapkey") ? Right.WRAP : verb.equals("unwrapkey") ? Right.UNWRAP : Right.KEY_GET);
        List<KeyVersion> versions = keys.get(lower(name));
        KeyVersion version = versions == null ? null
                : parts.length < 3 ? versions.getLast()
                        : versions.stream().filter(v -> v.id().equals(parts[2])).findFirst().orElse(null);
        if (version == null) {
            throw refused(404, "KeyNotFound", "", "A key with (name/id) " + name + " was not found in this key vault.");
        }
        String id = url() + "/keys/" + name + "/" + version.id();
        if (verb.isEmpty()) {
            return Answer.json(200, version.bundle(id, recoveryLevel));
        }
        JsonNode body = body(asked);
        try {
            return Answer.json(200, JSON.createObjectNode().put("kid", id).put("value",
                    version.apply(verb, body.path("alg").asText(), body.path("value").asText())));
        } catch (IllegalArgumentException e) {
            throw refused(400, "BadParameter", "", String.valueOf(e.getMessage()));
        }
    }

    private String id(Secret secret, Version version) {
        return url() + "/secrets/" + secret.name() + "/" + version.id;
    }

    private ObjectNode item(String id, Version version) {
        ObjectNode out = JSON.createObjectNode().put("id", id);
        if (!version.contentType.isEmpty()) {
            out.put("contentType", version.contentType);
        }
        out.putObject("attributes").put("enabled", version.enabled).put("created", version.created.getEpochSecond())
                .put("updated", version.updated.getEpochSecond()).put("recoveryLevel", recoveryLevel);
        if (!version.tags.isEmpty()) {
            ObjectNode tags = out.putObject("tags");
            version.tags.forEach(tags::put);
        }
        return out;
    }

    private ObjectNode deletedBundle(Secret secret) {
        ObjectNode out = item(id(secret, secret.newest()), secret.newest());
        return out.put("recoveryId", url() + "/deletedsecrets/" + secret.name())
                .put("deletedDate", clock().instant().getEpochSecond())
                .put("scheduledPurgeDate", clock().instant().plus(KEPT).getEpochSecond());
    }

    private Answer page(Asked asked, List<ObjectNode> all) {
        int size = Integer.parseInt(asked.query().getOrDefault("maxresults", String.valueOf(PAGE)));
        if (size < 1 || size > PAGE) {
            throw refused(400, "BadParameter", "", "maxresults must be between 1 and 25.");
        }
        int from = Integer.parseInt(asked.query().getOrDefault("$skiptoken", "0"));
        int to = Math.min(all.size(), from + size);
        ObjectNode out = JSON.createObjectNode();
        ArrayNode value = out.putArray("value");
        all.subList(from, to).forEach(value::add);
        return Answer.json(200, out.put("nextLink", to == all.size() ? null
                : url() + asked.path() + "?api-version=7.4&$skiptoken=" + to + "&maxresults=" + size));
    }

    private static JsonNode body(Asked asked) {
        try {
            return JSON.readTree(asked.body());
        } catch (java.io.IOException e) {
            throw refused(400, "BadParameter", "", "The request body is not JSON.");
        }
    }

    private static RefusedException notFound(String name) {
        return refused(404, "SecretNotFound", "", "A secret with (name/id) " + name
                + " was not found in this key vault.");
    }

    private static RefusedException refused(int status, String code, String inner, String message) {
        return new RefusedException(error(status, code, inner, message));
    }

    /** An error as it writes them. */
    public static Answer error(int status, String code, String inner, String message) {
        ObjectNode out = JSON.createObjectNode();
        ObjectNode error = out.putObject("error").put("code", code).put("message", message);
        if (!inner.isEmpty()) {
            error.putObject("innererror").put("code", inner);
        }
        return Answer.json(status, out);
    }
}

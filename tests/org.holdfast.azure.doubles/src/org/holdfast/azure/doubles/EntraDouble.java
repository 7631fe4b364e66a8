package org.holdfast.azure.doubles;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Entra ID for one tenant: tokens of applications with a secret, a certificate or the word of another issuer, and of
 * managed identities, signed with RS256; its published keys and its description. What proves an application is
 * verified: secrets are compared, assertions have to be signed with the registered key, for this tenant, and of now.
 */
public final class EntraDouble extends HttpsDouble {
    /** The tenant. */
    public static final String TENANT = "8f1a3f0e-7a3c-4b52-9a11-3f7b5d2c6e10";
    private static final String KEY_ID = "holdfast-double-1";
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Map<String, Application> applications = new ConcurrentHashMap<>();
    private final Map<String, Federation> federations = new ConcurrentHashMap<>();
    private final Map<String, KeyPair> keys = new LinkedHashMap<>();
    private final EntraPeople people;
    private String signing = KEY_ID;
    private volatile Duration lifetime = Duration.ofHours(1);

    private record Application(String secret, PublicKey key) {
    }

    private record Federation(String issuer, String subject, PublicKey key) {
    }

    /**
     * Starts it.
     *
     * @param tls what it shows, and what it signs tokens with
     * @param clock what it thinks the time is
     */
    public EntraDouble(TestTls tls, Clock clock) {
        super(tls, clock);
        keys.put(KEY_ID, tls.pair());
        people = new EntraPeople(this);
    }

    /** People, and what they sign in to. */
    public EntraPeople people() {
        return people;
    }

    /** Signs with a new key from now on; returns its id. The ones before stay published unless they are withdrawn. */
    public String rotate(boolean withdraw) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair fresh = generator.generateKeyPair();
            synchronized (keys) {
                if (withdraw) {
                    keys.clear();
                }
                signing = "holdfast-double-" + UUID.randomUUID();
                keys.put(signing, fresh);
                return signing;
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs claims with the key of now. */
    public String sign(ObjectNode claims) {
        synchronized (keys) {
            return Jwt.sign(signing, keys.get(signing).getPrivate(), claims);
        }
    }

    /** Id of the key of now. */
    public String keyId() {
        synchronized (keys) {
            return signing;
        }
    }

    /** How long tokens count. */
    Duration lifetime() {
        return lifetime;
    }

    /** What it thinks the time is. */
    Instant now() {
        return clock().instant();
    }

    /** For {@code AZURE_AUTHORITY_HOST}. */
    public String authority() {
        return url() + "/";
    }

    /** Registers an application with a secret; returns its id. */
    public String application(String secret) {
        String id = UUID.randomUUID().toString();
        applications.put(id, new Application(secret, tls().pair().getPublic()));
        return id;
    }

    /** Registers an application with a certificate; returns its id. */
    public String application(TestTls certificate) {
        String id = UUID.randomUUID().toString();
        applications.put(id, new Application("", certificate.pair().getPublic()));
        return id;
    }

    /** Lets an application be vouched for by another issuer, as for workloads. */
    public void federate(String application, String issuer, String subject, PublicKey key) {
        federations.put(application, new Federation(issuer, subject, key));
    }

    /** How long tokens count from now on. */
    public void lifetime(Duration time) {
        lifetime = time;
    }

    /** A token as it would be given out, for tests of those who take tokens. */
    public String token(String client, String audience) {
        Instant now = clock().instant();
        ObjectNode claims = JSON.createObjectNode().put("aud", audience)
                .put("iss", "https://sts.windows.net/" + TENANT + "/").put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond()).put("exp", now.plus(lifetime).getEpochSecond()).put("appid", client)
                .put("idtyp", "app").put("oid", UUID.nameUUIDFromBytes(client.getBytes()).toString())
                .put("sub", UUID.nameUUIDFromBytes(client.getBytes()).toString()).put("tid", TENANT).put("ver", "1.0");
        return Jwt.sign(KEY_ID, tls().pair().getPrivate(), claims);
    }

    /** The key that its tokens are signed with. */
    public PublicKey key() {
        return tls().pair().getPublic();
    }

    @Override
    protected Answer answer(Asked asked) {
        String path = asked.path();
        if (path.equals("/msi/token")) {
            return managed(asked);
        }
        if (!path.startsWith("/" + TENANT + "/")) {
            return error(400, "invalid_request", 90002, "Tenant not found.");
        }
        return switch (path.substring(TENANT.length() + 1)) {
            case "/oauth2/v2.0/token" -> asked.method().equals("POST") ? token(asked.form()) : Answer.status(405);
            case "/oauth2/v2.0/authorize" -> people.authorize(asked.query());
            case "/oauth2/v2.0/devicecode" ->
                asked.method().equals("POST") ? people.device(asked.form()) : Answer.status(405);
            case "/discovery/v2.0/keys" -> Answer.json(200, keys());
            case "/v2.0/.well-known/openid-configuration" -> Answer.json(200, description());
            default -> Answer.status(404);
        };
    }

    private Answer token(Map<String, String> form) {
        if (people.grants(form)) {
            return people.token(form);
        }
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return error(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        }
        String client = form.getOrDefault("client_id", "");
        Application application = applications.get(client);
        if (application == null) {
            return error(400, "unauthorized_client", 700016, "Application with identifier '" + client
                    + "' was not found in the directory.");
        }
        if (form.containsKey("client_assertion")) {
            Answer refusal = refusal(client, application, form);
            if (refusal != null) {
                return refusal;
            }
        } else if (application.secret().isEmpty() || !application.secret().equals(form.get("client_secret"))) {
            return error(401, "invalid_client", 7000215, "Invalid client secret provided.");
        }
        // Clients of Microsoft add scopes of OpenID, in no certain order.
        String scope = Arrays.stream(form.getOrDefault("scope", "").split(" ")).filter(s -> s.endsWith("/.default"))
                .findFirst().orElse("");
        if (scope.isEmpty()) {
            return error(400, "invalid_scope", 1002012, "The provided value for scope is not valid.");
        }
        String audience = scope.substring(0, scope.length() - "/.default".length());
        return Answer.json(200, JSON.createObjectNode().put("token_type", "Bearer")
                .put("expires_in", lifetime.toSeconds()).put("ext_expires_in", lifetime.toSeconds())
                .put("access_token", people.isApplication(audience) ? sign(people.claimsOfApplication(client, audience))
                        : token(client, audience)));
    }

    private Answer refusal(String client, Application application, Map<String, String> form) {
        if (!ASSERTION_TYPE.equals(form.get("client_assertion_type"))) {
            return error(400, "invalid_request", 900144, "The request body must contain client_assertion_type.");
        }
        Jwt jwt;
        try {
            jwt = Jwt.parse(form.get("client_assertion"));
        } catch (IllegalArgumentException e) {
            return error(400, "invalid_request", 50027, "JWT token is invalid or malformed.");
        }
        JsonNode claims = jwt.claims();
        long now = clock().instant().getEpochSecond();
        if (claims.path("exp").asLong() < now || claims.path("nbf").asLong() > now + 300) {
            return error(401, "invalid_client", 700024, "Client assertion is not within its valid time range.");
        }
        Federation federation = federations.get(client);
        if (federation != null && claims.path("iss").asText().equals(federation.issuer())) {
            boolean fits = claims.path("sub").asText().equals(federation.subject())
                    && claims.path("aud").asText().equals("api://AzureADTokenExchange")
                    && jwt.isSignedWith(federation.key());
            return fits ? null : error(401, "invalid_client", 700213, "No matching federated identity record found.");
        }
        if (!application.secret().isEmpty() || !jwt.isSignedWith(application.key())) {
            return error(401, "invalid_client", 700027, "The certificate with identifier used to sign the client "
                    + "assertion is not registered on application.");
        }
        boolean own = claims.path("iss").asText().equals(client) && claims.path("sub").asText().equals(client)
                && claims.path("aud").asText().equals(url() + "/" + TENANT + "/oauth2/v2.0/token");
        return own ? null
                : error(401, "invalid_client", 700021, "Client assertion application identifier or audience "
                        + "does not match.");
    }

    /** As App Service and Azure Arc have it: {@code IDENTITY_ENDPOINT} with {@code IDENTITY_HEADER}. */
    private Answer managed(Asked asked) {
        if (!asked.header("X-IDENTITY-HEADER").equals("secret-of-this-machine")) {
            return Answer.json(401, JSON.createObjectNode().put("statusCode", 401).put("message", "No header."));
        }
        String resource = asked.query().getOrDefault("resource", "");
        return Answer.json(200, JSON.createObjectNode().put("access_token", people.isApplication(resource)
                ? sign(people.claimsOfApplication("managed", resource))
                : token("managed", resource))
                .put("expires_on", String.valueOf(clock().instant().plus(lifetime).getEpochSecond()))
                .put("resource", resource).put("token_type", "Bearer").put("client_id", "managed"));
    }

    private JsonNode keys() {
        ObjectNode all = JSON.createObjectNode();
        var list = all.putArray("keys");
        synchronized (keys) {
            keys.forEach((id, pair) -> {
                RSAPublicKey key = (RSAPublicKey) pair.getPublic();
                list.add(JSON.createObjectNode().put("kty", "RSA").put("use", "sig").put("kid", id).put("x5t", id)
                        .put("n", number(key.getModulus().toByteArray()))
                        .put("e", number(key.getPublicExponent().toByteArray()))
                        .put("issuer", url() + "/" + TENANT + "/v2.0"));
            });
        }
        return all;
    }

    private static String number(byte[] bytes) {
        int skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(
                Arrays.copyOfRange(bytes, skip, bytes.length));
    }

    private JsonNode description() {
        String tenant = url() + "/" + TENANT;
        return JSON.createObjectNode().put("token_endpoint", tenant + "/oauth2/v2.0/token")
                .put("authorization_endpoint", tenant + "/oauth2/v2.0/authorize")
                .put("device_authorization_endpoint", tenant + "/oauth2/v2.0/devicecode")
                .put("jwks_uri", tenant + "/discovery/v2.0/keys").put("issuer", tenant + "/v2.0");
    }

    Answer error(int status, String error, int code, String text) {
        ObjectNode body = JSON.createObjectNode().put("error", error)
                .put("error_description", "AADSTS" + code + ": " + text).put("timestamp", clock().instant().toString())
                .put("trace_id", UUID.randomUUID().toString()).put("correlation_id", UUID.randomUUID().toString())
                .put("error_uri", url() + "/error?code=" + code);
        body.putArray("error_codes").add(code);
        return Answer.json(status, body);
    }
}

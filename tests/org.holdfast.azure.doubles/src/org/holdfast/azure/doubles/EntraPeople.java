package org.holdfast.azure.doubles;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.holdfast.azure.doubles.HttpsDouble.Answer;

/**
 * People of the tenant of {@link EntraDouble}, and the flows by which they sign in: authorization code with proof of
 * possession (RFC 7636), device code (RFC 8628) and refresh tokens, which are renewed at each use. Answers as in
 * <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow">the description of the
 * protocol</a>. Whoever comes is signed in as the person of the moment, without a question, unless it is told to
 * refuse.
 */
public final class EntraPeople {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

    private final EntraDouble entra;
    private final String application = UUID.randomUUID().toString();
    private final Map<String, List<String>> assigned = new ConcurrentHashMap<>();
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, Device> devices = new ConcurrentHashMap<>();
    private final Map<String, Person> refresh = new ConcurrentHashMap<>();
    private volatile Person person = Person.of("anna@contoso.example", "Anna Example", "administrator");
    private volatile Refusal refusal;
    private volatile boolean approving;
    private volatile Consumer<String> shown = code -> {
    };

    /**
     * Somebody.
     *
     * @param objectId id in the tenant
     * @param user name to sign in with
     * @param name of the person
     * @param roles app roles that are assigned
     * @param groups ids of groups
     * @param overage whether there are more groups than a token can hold
     */
    public record Person(String objectId, String user, String name, List<String> roles, List<String> groups,
            boolean overage) {
        /** Somebody with app roles. */
        public static Person of(String user, String name, String... roles) {
            return new Person(UUID.nameUUIDFromBytes(user.getBytes(StandardCharsets.UTF_8)).toString(), user, name,
                    List.of(roles), List.of(), false);
        }
    }

    /** Why nobody is signed in. */
    private record Refusal(String error, int code, String text) {
    }

    private record Code(String challenge, String redirect, Person person) {
    }

    /** A device that waits; its person is null until somebody types the code. */
    private static final class Device {
        private final Instant expires;
        private final String userCode;
        private volatile Person person;
        private volatile boolean declined;

        private Device(Instant expires, String userCode) {
            this.expires = expires;
            this.userCode = userCode;
        }
    }

    EntraPeople(EntraDouble entra) {
        this.entra = entra;
    }

    /** Id of the one application that people sign in to; it gives tokens of version 2.0. */
    public String application() {
        return application;
    }

    boolean isApplication(String id) {
        return application.equals(id) || ("api://" + application).equals(id);
    }

    /** Who signs in from now on. */
    public void person(Person who) {
        person = who;
    }

    /** Everybody is refused from now on, at the page and when a token is refreshed. */
    public void refuse(String error, int code, String text) {
        refusal = new Refusal(error, code, text);
    }

    /** Nobody is refused any more. */
    public void admit() {
        refusal = null;
    }

    /** Takes all refresh tokens back. */
    public void revoke() {
        refresh.clear();
    }

    /** Gives app roles to an application with a secret, or to {@code managed}. */
    public void assign(String client, String... roles) {
        assigned.put(client, List.of(roles));
    }

    /** Whether somebody types every code at once. */
    public void approveAll(boolean yes) {
        approving = yes;
    }

    /** Told of each code that a device shows. */
    public void onDevice(Consumer<String> told) {
        shown = told;
    }

    /** Somebody types the code of a device. */
    public void approve(String userCode) {
        device(userCode).person = person;
    }

    /** Somebody says no. */
    public void decline(String userCode) {
        device(userCode).declined = true;
    }

    private Device device(String userCode) {
        return devices.values().stream().filter(each -> each.userCode.equals(userCode)).findFirst().orElseThrow();
    }

    /** Claims of an access token of a person, for tests to spoil. */
    public ObjectNode claims(Person who) {
        ObjectNode claims = base(application).put("azp", application).put("azpacr", "0").put("name", who.name())
                .put("oid", who.objectId()).put("preferred_username", who.user()).put("scp", "sign-in")
                .put("sub", "pairwise-" + who.objectId());
        texts(claims, "roles", who.roles());
        if (who.overage()) {
            claims.putObject("_claim_names").put("groups", "src1");
            claims.putObject("_claim_sources").putObject("src1").put("endpoint",
                    "https://graph.example/v1.0/users/" + who.objectId() + "/getMemberObjects");
        } else {
            texts(claims, "groups", who.groups());
        }
        return claims;
    }

    /** Claims of an access token of an application of its own. */
    ObjectNode claimsOfApplication(String client, String audience) {
        String object = UUID.nameUUIDFromBytes(client.getBytes(StandardCharsets.UTF_8)).toString();
        ObjectNode claims = base(application).put("azp", client).put("azpacr", "1").put("oid", object)
                .put("sub", object).put("idtyp", "app");
        texts(claims, "roles", assigned.getOrDefault(client, List.of()));
        return claims;
    }

    private static void texts(ObjectNode claims, String name, List<String> values) {
        if (!values.isEmpty()) {
            var array = claims.putArray(name);
            values.forEach(array::add);
        }
    }

    private ObjectNode base(String audience) {
        Instant now = entra.now();
        return JSON.createObjectNode().put("aud", audience)
                .put("iss", entra.url() + "/" + EntraDouble.TENANT + "/v2.0").put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond()).put("exp", now.plus(entra.lifetime()).getEpochSecond())
                .put("tid", EntraDouble.TENANT).put("uti", UUID.randomUUID().toString()).put("ver", "2.0");
    }

    /** The page in the browser. */
    Answer authorize(Map<String, String> query) {
        String redirect = query.getOrDefault("redirect_uri", "");
        if (!application.equals(query.get("client_id"))) {
            return entra.error(400, "unauthorized_client", 700016, "Application was not found in the directory.");
        }
        if (!redirect.startsWith("http://localhost")) {
            return entra.error(400, "invalid_request", 50011, "The redirect URI does not match.");
        }
        boolean right = "code".equals(query.get("response_type")) && "S256".equals(query.get("code_challenge_method"))
                && query.getOrDefault("code_challenge", "").length() == 43 && scoped(query.get("scope"));
        Refusal now = refusal;
        if (!right) {
            return entra.error(400, "invalid_request", 900144, "The request is not what a public client sends.");
        }
        String state = query.getOrDefault("state", "");
        if (now != null) {
            return back(query, redirect, Map.of("error", now.error(), "error_description",
                    "AADSTS" + now.code() + ": " + now.text(), "state", state));
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, new Code(query.get("code_challenge"), redirect, person));
        return back(query, redirect, Map.of("code", code, "state", state));
    }

    private boolean scoped(String scope) {
        return scope != null && List.of(scope.split(" ")).contains(application + "/.default");
    }

    /** With a form that sends itself, or with a redirection. */
    private static Answer back(Map<String, String> query, String redirect, Map<String, String> values) {
        if ("form_post".equals(query.get("response_mode"))) {
            StringBuilder page = new StringBuilder("<html><body><form method=\"POST\" action=\"" + redirect + "\">");
            values.forEach((name, value) -> page.append("<input type=\"hidden\" name=\"").append(name)
                    .append("\" value=\"").append(value.replace("\"", "&quot;")).append("\"/>"));
            return new Answer(200, Map.of("Content-Type", "text/html; charset=utf-8"),
                    page.append("</form></body></html>").toString().getBytes(StandardCharsets.UTF_8));
        }
        StringBuilder target = new StringBuilder(redirect);
        values.forEach((name, value) -> target.append(target.indexOf("?") < 0 ? '?' : '&').append(name).append('=')
                .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return Answer.status(302).with("Location", target.toString());
    }

    /** A device begins. */
    Answer device(Map<String, String> form) {
        if (!application.equals(form.get("client_id")) || !scoped(form.get("scope"))) {
            return entra.error(400, "invalid_request", 900144, "The request is not what a public client sends.");
        }
        String device = UUID.randomUUID().toString();
        String user = UUID.randomUUID().toString().substring(0, 8).toUpperCase(java.util.Locale.ROOT);
        devices.put(device, new Device(entra.now().plusSeconds(900), user));
        if (approving) {
            approve(user);
        }
        shown.accept(user);
        String page = entra.url() + "/common/oauth2/deviceauth";
        return Answer.json(200, JSON.createObjectNode().put("user_code", user).put("device_code", device)
                .put("verification_uri", page).put("expires_in", 900).put("interval", 1)
                .put("message", "To sign in, use a web browser to open the page " + page + " and enter the code " + user
                        + " to authenticate."));
    }

    boolean grants(Map<String, String> form) {
        return List.of("authorization_code", "refresh_token", DEVICE, "device_code")
                .contains(form.getOrDefault("grant_type", ""));
    }

    /** A token, for a code or for an older token. */
    Answer token(Map<String, String> form) {
        if (!application.equals(form.get("client_id"))) {
            return entra.error(400, "unauthorized_client", 700016, "Application was not found in the directory.");
        }
        return switch (form.get("grant_type")) {
            case "authorization_code" -> code(form);
            case "refresh_token" -> refreshed(form);
            default -> polled(form);
        };
    }

    private Answer code(Map<String, String> form) {
        Code code = codes.remove(form.getOrDefault("code", ""));
        boolean right = code != null && code.redirect().equals(form.get("redirect_uri"))
                && code.challenge().equals(challenge(form.getOrDefault("code_verifier", "")));
        return right ? tokens(code.person())
                : entra.error(400, "invalid_grant", 501481, "The Code_Verifier does not match the code_challenge.");
    }

    private Answer refreshed(Map<String, String> form) {
        Refusal now = refusal;
        if (now != null) {
            return entra.error(400, now.error(), now.code(), now.text());
        }
        Person who = refresh.remove(form.getOrDefault("refresh_token", ""));
        return who == null
                ? entra.error(400, "invalid_grant", 70043, "The refresh token has expired or is invalid.")
                : tokens(who);
    }

    private Answer polled(Map<String, String> form) {
        Device device = devices.get(form.getOrDefault("device_code", ""));
        Refusal now = refusal;
        if (device == null || !entra.now().isBefore(device.expires)) {
            return entra.error(400, "expired_token", 70020, "The provided value for the input parameter 'device_code' "
                    + "is not valid. This device code has expired.");
        }
        if (now != null) {
            return entra.error(400, now.error(), now.code(), now.text());
        }
        if (device.declined) {
            return entra.error(400, "authorization_declined", 70018, "The end user denied the authorization request.");
        }
        if (device.person == null) {
            return entra.error(400, "authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is "
                    + "pending. Continue polling.");
        }
        devices.remove(form.get("device_code"));
        return tokens(device.person);
    }

    private Answer tokens(Person who) {
        String next = UUID.randomUUID().toString();
        refresh.put(next, who);
        ObjectNode id = base(application).put("name", who.name()).put("oid", who.objectId())
                .put("preferred_username", who.user()).put("sub", "pairwise-" + who.objectId());
        String info = JSON.createObjectNode().put("uid", who.objectId()).put("utid", EntraDouble.TENANT).toString();
        return Answer.json(200, JSON.createObjectNode().put("token_type", "Bearer")
                .put("scope", application + "/sign-in " + application + "/.default")
                .put("expires_in", entra.lifetime().toSeconds()).put("ext_expires_in", entra.lifetime().toSeconds())
                .put("access_token", entra.sign(claims(who))).put("refresh_token", next)
                .put("id_token", entra.sign(id)).put("client_info", Base64.getUrlEncoder().withoutPadding()
                        .encodeToString(info.getBytes(StandardCharsets.UTF_8))));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256")
                    .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.EntraPeople.Person;
import org.holdfast.azure.doubles.HttpsDouble.Answer;
import org.holdfast.azure.doubles.Jwt;
import org.holdfast.azure.doubles.TestTls;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.people.AuditVerification;
import org.holdfast.protocol.people.EntraCheck;
import org.holdfast.protocol.people.EntraLogin;
import org.holdfast.protocol.people.EntraMapping;
import org.holdfast.protocol.people.EntraSettings;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.Me;
import org.holdfast.protocol.people.RequestPin;
import org.holdfast.protocol.people.SecurityPin;
import org.holdfast.protocol.people.SignInMethods;
import org.holdfast.protocol.people.UserView;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.people.SignIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node over TLS and a double of Entra ID: who gets in, and everybody who does not. */
class EntraSignInTest {
    private static final String SETTINGS = "/api/v1/sign-in/entra/settings";
    private static final Person ANNA = Person.of("Anna@Contoso.example", "Anna Example", "administrator");
    private static final Person OTTO = Person.of("otto@contoso.example", "Otto Example", "operator");

    @TempDir
    private Path folder;
    private final TestClock clock = TestClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private EntraDouble entra;
    private VaultNode node;
    private NodeClient admin;
    private String ca;

    @BeforeEach
    void start() throws IOException {
        entra = new EntraDouble(TestTls.make("entra", Instant.now()), clock);
        ca = Files.readString(entra.tls().certificateFile(folder));
        node = VaultNode.in(folder.resolve("node")).clock(clock).start();
        admin = node.signIn();
        assertEquals(200, set(0, settings(null, null)).statusCode());
    }

    @AfterEach
    void stop() {
        node.close();
        entra.close();
    }

    private EntraSettings settings(String breakGlass, List<EntraMapping> roles) {
        return new EntraSettings(true, EntraDouble.TENANT, entra.people().application(), entra.authority(), ca,
                breakGlass, roles);
    }

    private HttpResponse<String> set(int version, EntraSettings settings) {
        return admin.send("PUT", SETTINGS, Json.text(settings), "If-Match", "\"" + version + "\"");
    }

    private String token(Person who) {
        return entra.sign(entra.people().claims(who));
    }

    private HttpResponse<String> exchange(String token) {
        try (NodeClient nobody = node.client()) {
            return nobody.send("POST", "/api/v1/sign-in/entra", Json.text(new EntraLogin(token)));
        }
    }

    private LoginAnswer login(Person who) throws IOException {
        HttpResponse<String> answer = exchange(token(who));
        assertEquals(200, answer.statusCode(), answer::body);
        return Json.read(answer.body(), LoginAnswer.class);
    }

    private void refused(int status, String code, String token) {
        HttpResponse<String> answer = exchange(token);
        assertEquals(status, answer.statusCode(), answer::body);
        assertTrue(answer.body().contains("\"" + code + "\""), answer::body);
        // Failed attempts of one address are counted; this is a test of something else.
        clock.advance(Duration.ofSeconds(1));
        entra.lifetime(Duration.ofHours(1));
    }

    @Test
    void tokenBecomesSessionThatEndsWithIt() throws IOException {
        try (NodeClient nobody = node.client()) {
            var methods = nobody.call("GET", "/api/v1/sign-in/methods", null, SignInMethods.class);
            assertTrue(methods.password());
            assertEquals(entra.people().application() + "/.default", methods.entra().scope());
            assertEquals(entra.authority() + EntraDouble.TENANT,
                    methods.entra().authority() + methods.entra().tenant());
        }
        LoginAnswer anna = login(ANNA);
        assertEquals("anna@contoso.example", anna.user());
        assertEquals(List.of("administrator"), anna.roles());
        Me me = admin.as(anna.token()).call("GET", "/api/v1/me", null, Me.class);
        assertEquals("Anna Example", me.fullName());
        assertTrue(me.permissions().contains("user.manage"));
        assertEquals(ANNA.objectId(), admin.call("GET", "/api/v1/users/anna@contoso.example", null, UserView.class)
                .objectId());
        assertNull(admin.call("GET", "/api/v1/users/admin", null, UserView.class).objectId());

        String audit = admin.send("GET", "/api/v1/audit?sort=seq", null).body();
        assertTrue(audit.contains("object " + ANNA.objectId()) && audit.contains("Anna Example"), audit);
        assertTrue(admin.call("GET", "/api/v1/audit/verify", null, AuditVerification.class).intact());

        clock.advance(Duration.ofMinutes(61));
        assertEquals(200, admin.as(anna.token()).send("GET", "/api/v1/me", null).statusCode(), "clocks may differ");
        clock.advance(Duration.ofMinutes(2));
        HttpResponse<String> over = admin.as(anna.token()).send("GET", "/api/v1/me", null);
        assertTrue(over.statusCode() == 401 && over.body().contains("token-expired"), over::body);
    }

    @Test
    void everythingWrongWithATokenIsRefusedByName() throws Exception {
        assertEquals(200, exchange(token(ANNA)).statusCode());
        var people = entra.people();
        refused(401, "entra-wrong-tenant", entra.sign(people.claims(ANNA).put("tid", UUID.randomUUID().toString())));
        refused(401, "entra-wrong-tenant", entra.sign(people.claims(ANNA).put("iss", "https://evil.example/v2.0")));
        refused(401, "entra-wrong-audience", entra.sign(people.claims(ANNA).put("aud", "https://graph.example")));
        ObjectNode two = people.claims(ANNA);
        two.putArray("aud").add(people.application()).add("https://graph.example");
        refused(401, "entra-wrong-audience", entra.sign(two));
        refused(401, "entra-v1-token", entra.sign(people.claims(ANNA).put("ver", "1.0")));
        refused(401, "entra-no-access-token", entra.sign((ObjectNode) people.claims(ANNA).without("azp")));
        refused(401, "entra-no-access-token", entra.sign((ObjectNode) people.claims(ANNA).without("scp")));
        String good = token(ANNA);
        String[] parts = good.split("\\.");
        refused(401, "entra-unsigned", encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        refused(401, "entra-signature-kind", hmac(parts[1]));
        refused(401, "entra-bad-signature", parts[0] + "."
                + encoded(people.claims(ANNA).put("oid", UUID.randomUUID().toString()).toString()) + "." + parts[2]);
        TestTls other = TestTls.make("other", Instant.now());
        refused(401, "entra-bad-signature", Jwt.sign(entra.keyId(), other.pair().getPrivate(), people.claims(ANNA)));
        refused(401, "entra-unknown-key", Jwt.sign("own", other.pair().getPrivate(), people.claims(ANNA)));
        refused(401, "entra-malformed", "nonsense");
        refused(401, "entra-malformed", entra.sign((ObjectNode) people.claims(ANNA).without("exp")));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The old trick: the public key, as everybody can have it, taken for the secret of an HMAC. */
    private String hmac(String claims) throws Exception {
        String text = encoded("{\"alg\":\"HS256\",\"kid\":\"" + entra.keyId() + "\"}") + "." + claims;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(entra.key().getEncoded(), "HmacSHA256"));
        return text + "." + Base64.getUrlEncoder().withoutPadding()
                .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void timesOfTokensAreJudgedByTheVaultsClock() throws IOException {
        String token = token(ANNA);
        clock.advance(Duration.ofMinutes(63));
        refused(401, "entra-expired", token);
        ObjectNode early = entra.people().claims(ANNA);
        long now = clock.instant().getEpochSecond();
        refused(401, "entra-not-yet", entra.sign(early.put("nbf", now + 300)));
        login(OTTO);
        assertEquals(200, exchange(entra.sign(entra.people().claims(ANNA).put("nbf", now + 60))).statusCode());
    }

    @Test
    void rolesAndGroupsMeanWhatTheTableSays() throws IOException {
        String group = UUID.randomUUID().toString();
        Person nobody = Person.of("nora@contoso.example", "Nora");
        Person other = Person.of("olaf@contoso.example", "Olaf", "Task.Write");
        Person member = new Person(UUID.randomUUID().toString(), "greta@contoso.example", "Greta", List.of(),
                List.of(UUID.randomUUID().toString(), group), false);
        Person many = new Person(UUID.randomUUID().toString(), "many@contoso.example", "Many", List.of(), List.of(),
                true);
        refused(403, "entra-not-assigned", token(nobody));
        refused(403, "entra-no-role", token(other));
        refused(403, "entra-not-assigned", token(many));
        assertTrue(admin.send("GET", "/api/v1/audit?sort=-seq", null).body().contains("entra-not-assigned"));

        LoginAnswer before = login(OTTO);
        assertEquals(200, set(1, settings(null, List.of(new EntraMapping("group", group, "reader"),
                new EntraMapping("role", "Task.Write", "operator"),
                new EntraMapping("role", "Officer", "security-officer"),
                new EntraMapping("role", "Boss", "administrator")))).statusCode());
        assertEquals(401, admin.as(before.token()).send("GET", "/api/v1/me", null).statusCode(),
                "what roles meant before is over");
        assertEquals(List.of("reader"), login(member).roles());
        assertEquals(List.of("operator"), login(other).roles());
        refused(403, "entra-groups-overage", token(many));
        refused(403, "entra-no-role", token(OTTO));
        refused(422, "roles-conflict", token(Person.of("b@contoso.example", "B", "Officer", "Boss")));
        assertEquals(List.of("operator", "reader"), login(new Person(other.objectId(), other.user(), "Olaf",
                List.of("Task.Write"), List.of(group), false)).roles(), "the next token has other roles");
        assertEquals(400, set(2, settings(null, List.of(new EntraMapping("group", "Admins", "reader")))).statusCode());
        assertEquals(412, set(1, settings(null, null)).statusCode());
    }

    @Test
    void accountBelongsToTheObjectAndNotToTheName() throws IOException {
        LoginAnswer first = login(ANNA);
        Person namesake = new Person(UUID.randomUUID().toString(), ANNA.user(), "Another Anna", List.of("reader"),
                List.of(), false);
        LoginAnswer second = login(namesake);
        assertEquals("oid-" + namesake.objectId() + "@entra", second.user());
        assertEquals(first.user(), login(new Person(ANNA.objectId(), "married@contoso.example", "Anna Married",
                List.of("reader"), List.of(), false)).user());
        assertEquals("admin@entra", login(Person.of("admin", "False Admin", "reader")).user());

        HttpResponse<String> answer = admin.send("PATCH", "/api/v1/users/" + first.user(),
                "{\"roles\":[\"administrator\"]}", "If-Match", "\"2\"");
        assertTrue(answer.statusCode() == 409 && answer.body().contains("roles-of-entra"), answer::body);
        answer = admin.send("POST", "/api/v1/users/" + first.user() + "/password",
                "{\"newPassword\":\"a long enough secret\"}");
        assertTrue(answer.statusCode() == 409 && answer.body().contains("no-password"), answer::body);
        try (NodeClient nobody = node.client()) {
            assertEquals(401, nobody.send("POST", "/api/v1/login", Json.text(Map.of("user", first.user(), "password",
                    "entra:" + ANNA.objectId()))).statusCode());
        }
        assertEquals(200, admin.send("PATCH", "/api/v1/users/" + first.user(), "{\"disabled\":true}", "If-Match",
                "\"2\"").statusCode());
        assertEquals(401, admin.as(first.token()).send("GET", "/api/v1/me", null).statusCode());
        refused(403, "entra-disabled", token(ANNA));
    }

    @Test
    void keysAreRenewedWhileItRunsAndOutlastTheAuthority() throws IOException {
        String old = token(ANNA);
        login(ANNA);
        long asked = keysAsked();
        entra.rotate(false);
        refused(401, "entra-unknown-key", token(ANNA));
        assertEquals(asked, keysAsked(), "it has asked less than half a minute ago");
        clock.advance(Duration.ofSeconds(31));
        login(ANNA);
        assertEquals(200, exchange(old).statusCode(), "the key before is still published");
        clock.advance(Duration.ofSeconds(31));
        entra.rotate(true);
        login(ANNA);
        refused(401, "entra-unknown-key", old);

        entra.fail(Answer.status(503), 1000);
        clock.advance(Duration.ofHours(30));
        login(ANNA);
        clock.advance(Duration.ofDays(5));
        login(ANNA);
        clock.advance(Duration.ofDays(2));
        refused(503, "entra-authority-away", token(ANNA));
        EntraCheck check = admin.login("admin", VaultNode.PASSWORD).call("POST", "/api/v1/sign-in/entra/check", null,
                EntraCheck.class);
        assertTrue(!check.reachable() && check.problem().contains("503"), check::toString);
    }

    private long keysAsked() {
        return entra.asked().stream().filter(each -> each.contains("/discovery/v2.0/keys")).count();
    }

    @Test
    void authorityThatWasNeverThereIsSaidToBeAway() {
        assertEquals(200, set(1, new EntraSettings(true, EntraDouble.TENANT, entra.people().application(),
                entra.authority(), null, null, null)).statusCode());
        refused(503, "entra-authority-away", token(ANNA));
        assertEquals(200, admin.send("POST", "/api/v1/sign-in/entra/check", null).statusCode());
    }

    @Test
    void applicationsComeWithTheirAppRoles() throws IOException {
        String client = entra.application("secret");
        entra.people().assign(client, "operator");
        JsonNode answer = Json.mapper().readTree(form(Map.of("grant_type", "client_credentials", "client_id", client,
                "client_secret", "secret", "scope", entra.people().application() + "/.default")));
        HttpResponse<String> session = exchange(answer.get("access_token").textValue());
        assertEquals(200, session.statusCode(), session::body);
        LoginAnswer login = Json.read(session.body(), LoginAnswer.class);
        assertEquals("app-" + client + "@entra", login.user());
        assertEquals(List.of("operator"), login.roles());
    }

    private String form(Map<String, String> values) throws IOException {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&").append(name).append('=')
                .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8)));
        try (var client = java.net.http.HttpClient.newBuilder().sslContext(entra.tls().context()).build()) {
            return client.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                    entra.authority() + EntraDouble.TENANT + "/oauth2/v2.0/token"))
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(text.toString())).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void localAccountsGoOffOnlyWithOneForEmergencies() throws IOException {
        admin.send("POST", "/api/v1/users", "{\"name\":\"olga\",\"password\":\"a long enough secret\","
                + "\"roles\":[\"administrator\"]}");
        HttpResponse<String> answer = set(1, settings("olga", null));
        assertTrue(answer.statusCode() == 409 && answer.body().contains("break-glass-unfit"), answer::body);
        login(ANNA);
        assertEquals(409, set(1, settings("anna@contoso.example", null)).statusCode(), "not a local account");
        assertEquals(409, set(1, settings("nobody", null)).statusCode());
        assertEquals(200, set(1, settings("admin", null)).statusCode());

        try (NodeClient nobody = node.client()) {
            assertFalse(nobody.call("GET", "/api/v1/sign-in/methods", null, SignInMethods.class).password());
            answer = nobody.send("POST", "/api/v1/login", "{\"user\":\"olga\",\"password\":\"a long enough secret\"}");
            assertTrue(answer.statusCode() == 403 && answer.body().contains("local-sign-in-off"), answer::body);
        }
        admin = admin.login("admin", VaultNode.PASSWORD);
        for (String change : List.of("{\"disabled\":true}", "{\"roles\":[\"reader\"]}")) {
            answer = admin.send("PATCH", "/api/v1/users/admin", change, "If-Match", "\"2\"");
            assertTrue(answer.statusCode() == 409 && answer.body().contains("break-glass-account"), answer::body);
        }
        assertEquals(400, set(2, new EntraSettings(false, "", "", null, null, "admin", null)).statusCode());

        node.get(SignIn.class).rescue();
        try (NodeClient nobody = node.client()) {
            assertTrue(nobody.call("GET", "/api/v1/sign-in/methods", null, SignInMethods.class).password());
        }
    }

    @Test
    void anAdministratorOfEntraIsNotTheLastOne() throws IOException {
        NodeClient anna = admin.as(login(ANNA).token());
        HttpResponse<String> answer = anna.send("PATCH", "/api/v1/users/admin", "{\"disabled\":true}", "If-Match",
                "\"2\"");
        assertTrue(answer.statusCode() == 409 && answer.body().contains("last-administrator"), answer::body);
        assertEquals(409, anna.send("DELETE", "/api/v1/users/admin", null, "If-Match", "\"2\"").statusCode());
    }

    @Test
    void aFreshSignInStandsForThePasswordOfAPin() throws IOException {
        assertEquals(200, admin.send("PUT", "/api/v1/security", "{\"pinRequired\":true}").statusCode());
        NodeClient anna = admin.as(login(ANNA).token());
        String eve = "{\"name\":\"eve\",\"roles\":[\"operator\"],\"password\":\"a long enough secret\"}";
        assertEquals(403, anna.send("POST", "/api/v1/users", eve).statusCode());
        String pin = anna.call("POST", "/api/v1/security/pin", new RequestPin(""), SecurityPin.class).pin();
        assertEquals(201, anna.send("POST", "/api/v1/users", eve, SecurityPin.HEADER, pin).statusCode());
        clock.advance(Duration.ofMinutes(6));
        HttpResponse<String> late = anna.send("POST", "/api/v1/security/pin", "{\"password\":\"\"}");
        assertTrue(late.statusCode() == 403 && late.body().contains("\"pin-sign-in-again\""), late::body);
    }

    @Test
    void settingsAreForAdministratorsAndNeedASecondPersonOnceThereIsOne() throws IOException {
        NodeClient otto = admin.as(login(OTTO).token());
        assertEquals(403, otto.send("GET", SETTINGS, null).statusCode());
        assertEquals(403, otto.send("PUT", SETTINGS, Json.text(settings(null, null)), "If-Match", "\"1\"")
                .statusCode());
        admin.send("POST", "/api/v1/users", "{\"name\":\"olga\",\"password\":\"a long enough secret\","
                + "\"roles\":[\"security-officer\"]}");
        HttpResponse<String> answer = set(1, settings(null, List.of(new EntraMapping("role", "x", "administrator"))));
        assertTrue(answer.statusCode() == 409 && answer.body().contains("approval-needed"), answer::body);
        String audit = admin.send("GET", "/api/v1/audit?sort=seq", null).body();
        assertTrue(audit.contains("change-sign-in-settings") && audit.contains("tenant " + EntraDouble.TENANT), audit);
        assertEquals(200, exchange(token(ANNA)).statusCode(), "nothing has changed");
    }

    @Test
    void whenItIsNotOfferedNoTokenHelps() {
        assertEquals(200, set(1, new EntraSettings(false, "", "", null, null, null, null)).statusCode());
        refused(403, "entra-not-offered", token(ANNA));
    }
}

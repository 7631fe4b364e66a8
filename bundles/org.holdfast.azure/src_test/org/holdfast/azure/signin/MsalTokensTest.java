package org.holdfast.azure.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.signin.EntraTokens.Offer;
import org.holdfast.api.spi.signin.EntraTokens.Tokens;
import org.holdfast.azure.doubles.EntraBrowser;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.EntraPeople.Person;
import org.holdfast.azure.doubles.Jwt;
import org.holdfast.azure.doubles.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The flows of MSAL against a double that checks what a public client has to send. */
@Timeout(60)
class MsalTokensTest {
    @TempDir
    private Path folder;
    private EntraDouble entra;
    private EntraBrowser browser;
    private MsalTokens tokens;
    private Offer offer;

    @BeforeEach
    void start() throws IOException {
        entra = new EntraDouble(TestTls.make("entra", Instant.now()), Clock.systemUTC());
        browser = new EntraBrowser(entra);
        tokens = new MsalTokens(variables());
        offer = new Offer(entra.authority(), EntraDouble.TENANT, entra.people().application());
    }

    private Map<String, String> variables() throws IOException {
        return Map.of("AZURE_AUTHORITY_HOST", entra.url(), "HOLDFAST_AZURE_CA",
                entra.tls().certificateFile(folder).toString());
    }

    @AfterEach
    void stop() {
        browser.close();
        entra.close();
    }

    private static void isOf(Tokens token, String user) {
        assertEquals(user, Jwt.parse(token.accessToken()).claims().get("preferred_username").asText());
    }

    @Test
    void browserSignsInAndIsRenewedWithoutIt() {
        entra.people().person(Person.of("bea@contoso.example", "Bea", "reader"));
        Tokens first = tokens.browser(offer, browser::open, new CancelToken());
        isOf(first, "bea@contoso.example");
        assertEquals("bea@contoso.example", first.account());
        String cache = Objects.requireNonNull(first.cache());
        Tokens second = tokens.renew(offer, cache, new CancelToken());
        isOf(second, "bea@contoso.example");
        assertNotEquals(first.accessToken(), second.accessToken());
        assertNotNull(second.cache());
        assertEquals(1, browser.opened().size());
        assertTrue(browser.opened().getFirst().getQuery().contains("code_challenge"), "PKCE");

        entra.people().revoke();
        refused(Problem.ACCESS_DENIED, "is over", () -> tokens.renew(offer, second.cache(), new CancelToken()));
    }

    @Test
    void deviceCodeSignsInWhenItWasTyped() {
        Tokens token = tokens.deviceCode(offer, code -> {
            assertTrue(code.page().startsWith(entra.url()) && code.seconds() == 900, code::toString);
            entra.people().approve(code.code());
        }, new CancelToken());
        isOf(token, "anna@contoso.example");
    }

    @Test
    void refusalsSayWhatToDo() {
        refused(Problem.ACCESS_DENIED, "declined", () -> tokens.deviceCode(offer,
                code -> entra.people().decline(code.code()), new CancelToken()));
        Map<Integer, String> all = Map.of(65001, "consented", 50105, "assigned", 50076, "second factor", 50020,
                "tenant", 53003, "conditional access", 7000218, "public clients");
        all.forEach((number, words) -> {
            entra.people().refuse("invalid_grant", number, "Something in the words of Entra ID.");
            refused(Problem.ACCESS_DENIED, words,
                    () -> tokens.deviceCode(offer, code -> entra.people().approve(code.code()), new CancelToken()));
        });
        entra.people().refuse("interaction_required", 500121, "Authentication failed during strong authentication.");
        var page = new AtomicReference<CompletableFuture<String>>();
        refused(Problem.ACCESS_DENIED, "came back without",
                () -> tokens.browser(offer, uri -> page.set(browser.open(uri)), new CancelToken()));
        assertTrue(page.get().join().contains("AADSTS500121"), () -> page.get().join());
        entra.people().refuse("expired_token", 70020, "This device code has expired.");
        refused(Problem.ACCESS_DENIED, "expired", () -> tokens.deviceCode(offer, code -> {
        }, new CancelToken()));
    }

    @Test
    void nobodyWaitsForeverAndNobodyIsSentToStrangers() throws IOException {
        var cancel = new CancelToken();
        refused(Problem.CANCELLED, "cancelled", () -> tokens.deviceCode(offer, code -> cancel.cancel(), cancel));
        var stranger = new MsalTokens(Map.of());
        refused(Problem.ACCESS_DENIED, "not Microsoft's",
                () -> stranger.browser(offer, browser::open, new CancelToken()));
        assertTrue(browser.opened().isEmpty());
        var gone = new Offer("https://localhost:1/", EntraDouble.TENANT, offer.clientId());
        var alone = new MsalTokens(Map.of("AZURE_AUTHORITY_HOST", "https://localhost:1"));
        refused(Problem.STORE_UNAVAILABLE, "cannot be reached", () -> alone.deviceCode(gone, code -> {
        }, new CancelToken()));
    }

    @Test
    void applicationsUseTheirOwnIdentity() throws IOException {
        String client = entra.application("secret");
        entra.people().assign(client, "operator");
        var all = new java.util.HashMap<>(variables());
        all.putAll(Map.of("AZURE_TENANT_ID", EntraDouble.TENANT, "AZURE_CLIENT_ID", client, "AZURE_CLIENT_SECRET",
                "secret"));
        Tokens token = new MsalTokens(all).own(offer);
        assertEquals("operator", Jwt.parse(token.accessToken()).claims().get("roles").get(0).asText());
        all.put("AZURE_CLIENT_SECRET", "wrong");
        refused(Problem.ACCESS_DENIED, "secret", () -> new MsalTokens(all).own(offer));
        all.put("HOLDFAST_AZURE_CREDENTIAL", "development-key");
        refused(Problem.INVALID_REQUEST, "no identity", () -> new MsalTokens(all).own(offer));
    }

    private static void refused(Problem problem, String words, Supplier<?> work) {
        HoldfastException e = assertThrows(HoldfastException.class, work::get);
        assertTrue(e.problem() == problem && String.valueOf(e.getMessage()).contains(words)
                && (problem == Problem.CANCELLED || !e.advice().isEmpty()), e::toString);
    }
}

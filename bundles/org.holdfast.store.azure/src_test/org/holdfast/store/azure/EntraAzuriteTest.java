package org.holdfast.store.azure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.remote.DirectAccess;
import org.holdfast.api.spi.store.remote.DirectAccess.Access;
import org.holdfast.api.spi.store.remote.Permit;
import org.holdfast.api.spi.store.remote.StoreCheck.Finding;
import org.holdfast.api.spi.store.remote.StoreCheck.Level;
import org.holdfast.azure.doubles.Azurite;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.HttpsDouble.Answer;
import org.holdfast.azure.doubles.Jwt;
import org.holdfast.azure.doubles.TestTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Stores in Azurite over TLS with tokens, and what permits are good for, and what not. */
@Timeout(120)
class EntraAzuriteTest {
    private static final byte[] BYTES = "some bytes of a pack".getBytes();
    private static @TempDir Path folder = Path.of("");
    private static TestTls tls;
    private static EntraDouble entra;
    private static Azurite azurite;
    private static int next;

    @BeforeAll
    static void start() {
        tls = TestTls.make("localhost", Instant.now());
        entra = new EntraDouble(tls, Clock.systemUTC());
        azurite = Azurite.secure(tls);
    }

    @AfterAll
    static void stop() {
        if (azurite != null) {
            azurite.close();
        }
        entra.close();
    }

    private static Map<String, String> variables(String client) throws IOException {
        return new HashMap<>(Map.of("AZURE_TENANT_ID", EntraDouble.TENANT, "AZURE_CLIENT_ID", client,
                "AZURE_AUTHORITY_HOST", entra.authority(), "HOLDFAST_AZURE_CA",
                tls.certificateFile(folder).toString(), "HOLDFAST_AZURE_API_VERSION", Azurite.SERVICE_VERSION));
    }

    private static Map<String, String> withSecret() throws IOException {
        Map<String, String> variables = variables(entra.application("a secret"));
        variables.put("HOLDFAST_AZURE_SECRET_FILE",
                Files.writeString(folder.resolve("secret"), "a secret\n").toString());
        return variables;
    }

    private static AzureStoreProvider provider(Map<String, String> variables) {
        return new AzureStoreProvider(Clock.systemUTC(), variables);
    }

    private static BlobStore store(Map<String, String> variables) throws IOException {
        return provider(variables).create(azurite.location("entra") + "/s" + next++);
    }

    private static void assertWorks(Map<String, String> variables) throws IOException {
        try (BlobStore store = store(variables)) {
            assertTrue(store.put("config", ByteBuffer.wrap(BYTES)));
            assertArrayEquals(BYTES, store.get("config", 100));
        }
    }

    @Test
    void aSecretIsEnough() throws IOException {
        assertWorks(withSecret());
    }

    @Test
    void aCertificateIsEnough() throws IOException {
        TestTls own = TestTls.make("application", Instant.now());
        Path files = Files.createDirectory(folder.resolve("certificate"));
        Map<String, String> variables = variables(entra.application(own));
        variables.put("AZURE_CLIENT_CERTIFICATE_PATH", own.bothFile(files).toString());
        assertWorks(variables);
    }

    @Test
    void aCertificateOfSomebodyElseIsNot() throws IOException {
        Path files = Files.createDirectory(folder.resolve("other"));
        Map<String, String> variables = variables(entra.application(TestTls.make("application", Instant.now())));
        variables.put("AZURE_CLIENT_CERTIFICATE_PATH", TestTls.make("x", Instant.now()).bothFile(files).toString());
        var e = assertThrows(AccessDeniedException.class, () -> store(variables));
        assertTrue(e.getReason().contains("not one of the application's"), e::getMessage);
    }

    @Test
    void aWorkloadIsVouchedFor() throws IOException {
        TestTls issuer = TestTls.make("cluster", Instant.now());
        String client = entra.application("never used");
        entra.federate(client, "https://cluster.example", "system:backup", issuer.pair().getPublic());
        Map<String, String> variables = variables(client);
        variables.put("AZURE_FEDERATED_TOKEN_FILE", Files.writeString(folder.resolve("token"),
                Jwt.sign("k", issuer.pair().getPrivate(), new ObjectMapper().createObjectNode()
                        .put("iss", "https://cluster.example").put("sub", "system:backup")
                        .put("aud", "api://AzureADTokenExchange")
                        .put("exp", Instant.now().plusSeconds(600).getEpochSecond())))
                .toString());
        assertWorks(variables);

        variables.put("AZURE_FEDERATED_TOKEN_FILE", Files.writeString(folder.resolve("token2"),
                Jwt.sign("k", tls.pair().getPrivate(), new ObjectMapper().createObjectNode()
                        .put("iss", "https://cluster.example").put("sub", "system:backup")
                        .put("aud", "api://AzureADTokenExchange")
                        .put("exp", Instant.now().plusSeconds(600).getEpochSecond())))
                .toString());
        var e = assertThrows(AccessDeniedException.class, () -> store(variables));
        assertTrue(e.getReason().contains("federated"), e::getMessage);
    }

    @Test
    void aWrongSecretIsExplained() throws IOException {
        Map<String, String> variables = withSecret();
        variables.put("HOLDFAST_AZURE_SECRET_FILE",
                Files.writeString(folder.resolve("wrong"), "another secret\n").toString());
        var e = assertThrows(AccessDeniedException.class, () -> store(variables));
        assertTrue(e.getReason().contains("The secret of the application is wrong"), e::getMessage);
        List<Finding> found = provider(variables).check(azurite.location("entra"));
        assertEquals(List.of(Level.GOOD, Level.BAD), found.stream().map(Finding::level).toList(), found::toString);
        assertTrue(found.get(1).text().contains("The secret of the application is wrong"), found::toString);
    }

    @Test
    void anAuthorityThatIsAwayForAMomentCostsTimeOnly() throws IOException {
        Map<String, String> variables = withSecret();
        entra.fail(Answer.status(503).with("Retry-After", "1"), 2);
        assertWorks(variables);
    }

    @Test
    void theCheckSaysThatLocksDoNotHoldHere() throws IOException {
        Map<String, String> variables = withSecret();
        store(variables).close();
        List<Finding> found = provider(variables).check(azurite.location("entra") + "/check");
        assertEquals(List.of("credential", "token", "redundancy", "writing", "lock"),
                found.stream().map(Finding::what).toList(), found::toString);
        assertEquals(Level.WARNING, found.getLast().level());
        variables.put("HOLDFAST_AZURE_LOCK_DAYS", "14");
        Finding lock = provider(variables).check(azurite.location("entra") + "/check").getLast();
        assertEquals(Level.BAD, lock.level());
        assertTrue(lock.text().startsWith("does not hold"), lock::text);
    }

    private static int send(String method, URI address, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(tls.context()).build()) {
            var request = HttpRequest.newBuilder(address).method(method, BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            return answer.statusCode();
        }
    }

    private static URI other(Permit permit, String from, String to) {
        return URI.create(permit.address().toString().replace(from, to));
    }

    @Test
    void aPermitToMakeAnObjectIsGoodForNothingElse() throws Exception {
        try (BlobStore store = store(withSecret())) {
            String name = "data/" + "1".repeat(64);
            Permit permit = ((DirectAccess) store).permit(name, Access.CREATE, Duration.ofMinutes(15));
            Map<String, String> headers = permit.headers();
            assertEquals(201, send("PUT", permit.address(), headers, BYTES));
            assertArrayEquals(BYTES, store.get(name, 100));
            assertEquals(BYTES.length, ((DirectAccess) store).arrived(name));

            byte[] none = {};
            Map<String, String> over = new HashMap<>(headers);
            over.remove("If-None-Match");
            assertRefused(send("PUT", permit.address(), over, "other".getBytes()), "overwritten");
            assertRefused(send("GET", permit.address(), Map.of(), none), "read");
            assertRefused(send("HEAD", permit.address(), Map.of(), none), "looked at");
            assertRefused(send("DELETE", permit.address(), Map.of(), none), "deleted");
            assertRefused(send("PUT", URI.create(permit.address() + "&comp=metadata"), Map.of("x-ms-meta-a", "b"),
                    none), "changed");
            assertRefused(send("PUT", other(permit, "1".repeat(64), "2".repeat(64)), headers, BYTES), "another name");
            URI container = URI.create(permit.address().toString().replaceFirst("/entra/[^?]*\\?",
                    "/entra?restype=container&comp=list&"));
            assertRefused(send("GET", container, Map.of(), none), "listed");
            assertRefused(send("PUT", other(permit, "sp=c", "sp=racwd"), headers, BYTES), "rights changed");
            assertArrayEquals(BYTES, store.get(name, 100));
            assertEquals(-1, store.size("data/" + "2".repeat(64)));
        }
    }

    private static void assertRefused(int status, String what) {
        assertTrue(status == 403 || status == 409 || status == 401, () -> what + ": " + status);
    }

    @Test
    void aPermitToReadReadsAndNothingElse() throws Exception {
        try (BlobStore store = store(withSecret())) {
            store.put("data/" + "3".repeat(64), ByteBuffer.wrap(BYTES));
            Permit permit = ((DirectAccess) store).permit("data/" + "3".repeat(64), Access.READ,
                    Duration.ofMinutes(15));
            assertEquals(200, send("GET", permit.address(), permit.headers(), new byte[0]));
            assertRefused(send("DELETE", permit.address(), Map.of(), new byte[0]), "deleted");
            assertRefused(send("PUT", permit.address(), Map.of("x-ms-blob-type", "BlockBlob"), BYTES), "overwritten");
        }
    }

    @Test
    void aPermitEnds() throws Exception {
        try (BlobStore store = store(withSecret())) {
            Permit over = ((DirectAccess) store).permit("data/" + "4".repeat(64), Access.CREATE,
                    Duration.ofMinutes(-1));
            assertRefused(send("PUT", over.address(), over.headers(), BYTES), "expired");
            assertEquals(-1, store.size("data/" + "4".repeat(64)));
        }
    }
}

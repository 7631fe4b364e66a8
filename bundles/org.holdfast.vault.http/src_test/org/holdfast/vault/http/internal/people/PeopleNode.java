package org.holdfast.vault.http.internal.people;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.crypto.PasswordHash;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.ProblemBody;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.LoginRequest;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.CatalogSettings;
import org.holdfast.vault.enrol.AgentCertificates;
import org.holdfast.vault.enrol.Credentials;
import org.holdfast.vault.enrol.Enrolment;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.fleet.Alerts;
import org.holdfast.vault.fleet.Presence;
import org.holdfast.vault.fleet.ServerNews;
import org.holdfast.vault.fleet.ServerRegistry;
import org.holdfast.vault.fleet.ServerViews;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.http.Doorkeepers;
import org.holdfast.vault.http.HttpServer;
import org.holdfast.vault.http.HttpSettings;
import org.holdfast.vault.http.internal.system.CatalogIdempotency;
import org.holdfast.vault.http.internal.system.MetricsEndpoints;
import org.holdfast.vault.http.internal.system.PkiIdentity;
import org.holdfast.vault.people.Accounts;
import org.holdfast.vault.people.AddressThrottle;
import org.holdfast.vault.people.Approvals;
import org.holdfast.vault.people.AuditLog;
import org.holdfast.vault.people.FirstAdministrator;
import org.holdfast.vault.people.Passwords;
import org.holdfast.vault.people.EntraSignIn;
import org.holdfast.vault.people.SecurityPins;
import org.holdfast.vault.people.SignIn;
import org.holdfast.vault.people.SignInSettings;
import org.holdfast.vault.people.entra.EntraKeys;
import org.holdfast.vault.people.entra.EntraTokens;
import org.holdfast.vault.pki.Pki;

/** A node with people, credentials and registration over real TLS, and a client for it. */
final class PeopleNode implements AutoCloseable {

    static final String PASSWORD = "correct horse battery";

    final Catalog catalog;
    final Pki pki;
    final Vaults vaults;
    final AuditLog audit;
    final FirstAdministrator first;
    private final Presence presence;
    private final EventBus bus = new EventBus();
    private final HttpServer server;

    PeopleNode(Path folder) {
        Clock clock = Clock.systemUTC();
        catalog = new Catalog(CatalogSettings.inMemory("people-" + UUID.randomUUID()));
        VaultSettings settings = VaultSettings.embedded(folder, "127.0.0.1", 0, List.of("localhost:8443"));
        pki = new Pki(settings, clock);
        vaults = new Vaults(catalog, clock);
        presence = new Presence(catalog, clock);
        ServerRegistry servers = new ServerRegistry(catalog, clock, presence,
                new ServerNews(catalog, bus, new ServerViews(presence)));
        audit = new AuditLog(catalog, clock);
        AddressThrottle throttle = new AddressThrottle(clock);
        Passwords passwords = new Passwords(new PasswordHash(64, 1, 1));
        SignIn signIn = new SignIn(catalog, clock, passwords, audit, throttle);
        first = signIn.first().orElseThrow();
        SecurityPins pins = new SecurityPins(catalog, clock, signIn);
        pins.setRequired(false);
        Accounts accounts = new Accounts(catalog, clock, passwords);
        Credentials credentials = new Credentials(catalog, clock, pki, vaults, settings,
                new Alerts(catalog, clock, bus));
        AgentCertificates certificates = new AgentCertificates(catalog, clock, pki, audit);
        Enrolment enrolment = new Enrolment(catalog, clock, pki, credentials, certificates, servers, vaults, audit,
                throttle, List.of());
        PeopleDoor people = new PeopleDoor(signIn);
        Doorkeepers doors = new Doorkeepers(people, new AgentDoor(certificates), people,
                new AuditDoor(audit, new Approvals(catalog, clock, pins, List.of())));
        MetricsEndpoints metrics = new MetricsEndpoints(List.of());
        EntraKeys keys = new EntraKeys(clock);
        SignInEndpoints door = new SignInEndpoints(signIn,
                new EntraSignIn(catalog, clock, audit, throttle, new EntraTokens(keys, clock)),
                new SignInSettings(catalog, clock, keys));
        server = new HttpServer(HttpSettings.of("127.0.0.1", 0), new PkiIdentity(pki), doors,
                new CatalogIdempotency(catalog, clock), new Signals(), bus, metrics,
                List.of(door, new AccountEndpoints(accounts, signIn, audit, throttle),
                        new CredentialsEndpoints(credentials, certificates, servers, vaults),
                        new EnrolEndpoints(enrolment, certificates)));
        server.start();
    }

    /** The administrator's token, with the password changed. */
    String administrator() throws Exception {
        String once = login(first.name(), first.secret()).token();
        expect(204, call(once).post("/api/v1/users/admin/password", new ChangePassword(first.secret(), PASSWORD)));
        return login(first.name(), PASSWORD).token();
    }

    LoginAnswer login(String user, String password) throws Exception {
        return read(expect(200, call("").post("/api/v1/login", new LoginRequest(user, password))), LoginAnswer.class);
    }

    /** Calls of a person; without a token when it is empty. */
    Caller call(String token) throws Exception {
        return new Caller(client(null, null), token);
    }

    /** Calls of an agent. */
    Caller call(KeyPair keys, String chain) throws Exception {
        return new Caller(client(keys, chain), "");
    }

    private HttpClient client(@Nullable KeyPair keys, @Nullable String chain)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(pki.trustStore());
        KeyManager[] own = null;
        if (keys != null && chain != null) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", keys.getPrivate(), new char[0],
                    Pem.certificates(chain).toArray(Certificate[]::new));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            own = managers.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(20)).build();
    }

    /** Somebody who calls. */
    final class Caller {

        private final HttpClient client;
        private final String token;

        private Caller(HttpClient client, String token) {
            this.client = client;
            this.token = token;
        }

        HttpResponse<byte[]> get(String path) throws Exception {
            return send("GET", path, null, null);
        }

        HttpResponse<byte[]> post(String path, @Nullable Object body) throws Exception {
            return send("POST", path, body, null);
        }

        HttpResponse<byte[]> send(String method, String path, @Nullable Object body, @Nullable String version)
                throws Exception {
            HttpRequest.Builder request = HttpRequest
                    .newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
                    .timeout(Duration.ofSeconds(60)).method(method, body == null ? BodyPublishers.noBody()
                            : BodyPublishers.ofByteArray(Json.bytes(body)));
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            if (version != null) {
                request.header("If-Match", version);
            }
            return client.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    static HttpResponse<byte[]> expect(int status, HttpResponse<byte[]> response) {
        if (response.statusCode() != status) {
            throw new AssertionError("expected " + status + ", got " + response.statusCode() + " "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response;
    }

    static String code(HttpResponse<byte[]> response) throws IOException {
        return response.statusCode() < 400 ? "ok"
                : response.statusCode() + " " + read(response, ProblemBody.class).code();
    }

    static <T> T read(HttpResponse<byte[]> response, Class<T> type) throws IOException {
        return Json.read(response.body(), type);
    }

    @Override
    public void close() {
        server.close();
        presence.close();
        bus.close();
        catalog.close();
    }
}

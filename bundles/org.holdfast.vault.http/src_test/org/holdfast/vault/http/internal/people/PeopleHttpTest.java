package org.holdfast.vault.http.internal.people;

import static org.holdfast.vault.http.internal.people.PeopleNode.PASSWORD;
import static org.holdfast.vault.http.internal.people.PeopleNode.code;
import static org.holdfast.vault.http.internal.people.PeopleNode.expect;
import static org.holdfast.vault.http.internal.people.PeopleNode.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.holdfast.crypto.DomainProof;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.crypto.x509.Authority;
import org.holdfast.crypto.x509.CertificateRequest;
import org.holdfast.crypto.x509.EcKeys;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.people.AuditVerification;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.ChangeUser;
import org.holdfast.protocol.people.CompleteRegistration;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;
import org.holdfast.protocol.people.Me;
import org.holdfast.protocol.people.RegistrationAnswer;
import org.holdfast.protocol.people.RenewCertificate;
import org.holdfast.protocol.people.RenewedCertificate;
import org.holdfast.protocol.people.UserView;
import org.holdfast.vault.catalog.ListRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleHttpTest {

    private static final String DOMAIN = "00112233445566778899aabbccddeeff";
    private static final String MACHINE = "machine-0123456789abcdef";

    @TempDir
    private Path folder;
    private PeopleNode node;

    @BeforeEach
    void start() {
        node = new PeopleNode(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void theFirstAdministratorHasToChangeTheSecret() throws Exception {
        String once = node.login("ADMIN", node.first.secret()).token();
        assertEquals("403 password-change-required", code(node.call(once).get("/api/v1/users")));
        Me me = read(expect(200, node.call(once).get("/api/v1/me")), Me.class);
        assertTrue(me.mustChange());
        assertEquals(List.of(), me.permissions());
        String token = node.administrator();
        assertEquals("401 token-invalid", code(node.call(once).get("/api/v1/me")));
        me = read(expect(200, node.call(token).get("/api/v1/me")), Me.class);
        assertFalse(me.mustChange());
        assertEquals(List.of("administrator"), me.roles());
        assertTrue(me.permissions().contains("vault.manage"));
        expect(200, node.call(token).get("/api/v1/users"));
        expect(204, node.call(token).post("/api/v1/logout", null));
        assertEquals("401 token-invalid", code(node.call(token).get("/api/v1/me")));
        assertEquals("401 sign-in-required", code(node.call("").get("/api/v1/me")));
    }

    @Test
    void wrongPasswordsLock() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertEquals("401 sign-in-failed", code(login("admin", "wrong")));
        }
        HttpResponse<byte[]> locked = login("admin", node.first.secret());
        assertEquals("429 account-locked", code(locked));
        assertTrue(locked.headers().firstValue("Retry-After").isPresent());
        assertEquals("401 sign-in-failed", code(login("nobody", "wrong")));
    }

    @Test
    void accountsAreMadeAndChangedByThoseWhoMay() throws Exception {
        var admin = node.call(node.administrator());
        HttpResponse<byte[]> made = expect(201,
                admin.post("/api/v1/users", new CreateUser("rita", "Rita", List.of("reader"), PASSWORD)));
        assertEquals("/api/v1/users/rita", made.headers().firstValue("Location").orElseThrow());
        String etag = made.headers().firstValue("ETag").orElseThrow();
        assertEquals("409 user-exists",
                code(admin.post("/api/v1/users", new CreateUser("rita", null, List.of("reader"), PASSWORD))));

        String first = node.login("rita", PASSWORD).token();
        expect(204, node.call(first).post("/api/v1/users/rita/password", new ChangePassword(PASSWORD, PASSWORD + 1)));
        var rita = node.call(node.login("rita", PASSWORD + 1).token());
        for (String path : List.of("/api/v1/users", "/api/v1/users/admin", "/api/v1/audit", "/api/v1/audit/verify")) {
            assertEquals("403 not-permitted", code(rita.get(path)), path);
        }
        assertEquals("403 not-permitted",
                code(rita.post("/api/v1/users", new CreateUser("mole", null, List.of("administrator"), PASSWORD))));
        assertEquals("403 not-permitted",
                code(rita.post("/api/v1/users/admin/password", new ChangePassword(null, PASSWORD + 2))));
        assertEquals("403 not-permitted",
                code(rita.send("PATCH", "/api/v1/users/rita", new ChangeUser(null, List.of("administrator"), null),
                        etag)));

        assertEquals("428 etag-required",
                code(admin.send("PATCH", "/api/v1/users/rita", new ChangeUser("R", null, null), null)));
        assertEquals("412 changed-meanwhile",
                code(admin.send("PATCH", "/api/v1/users/rita", new ChangeUser("R", null, null), etag)));
        String now = expect(200, admin.get("/api/v1/users/rita")).headers().firstValue("ETag").orElseThrow();
        UserView changed = read(expect(200,
                admin.send("PATCH", "/api/v1/users/rita", new ChangeUser("R", List.of("operator"), null), now)),
                UserView.class);
        assertEquals(List.of("operator"), changed.roles());
        assertEquals("409 last-administrator", code(admin.send("DELETE", "/api/v1/users/admin", null,
                admin.get("/api/v1/users/admin").headers().firstValue("ETag").orElseThrow())));
        expect(204, admin.send("DELETE", "/api/v1/users/rita", null, "\"" + changed.version() + "\""));
        assertEquals("401 token-invalid", code(rita.get("/api/v1/me")));
        assertEquals("404 not-found", code(admin.get("/api/v1/users/rita")));
    }

    @Test
    void everyChangeIsInTheAuditAndNoSecretIs() throws Exception {
        String token = node.administrator();
        var admin = node.call(token);
        admin.post("/api/v1/users", new CreateUser("rita", null, List.of("reader"), PASSWORD));
        admin.post("/api/v1/users", new CreateUser("rita", null, List.of("reader"), PASSWORD));
        List<String> entries = node.audit.list(new ListRequest(100, null, "seq", List.of())).items().stream()
                .map(e -> e.actor() + " " + e.action() + " " + e.target() + " " + e.result()).toList();
        assertEquals(List.of("vault create-user users/admin ok", "admin login users/admin ok",
                "admin set-password users/admin/password ok", "admin login users/admin ok",
                "admin create-user users ok", "admin create-user users user-exists"), entries);
        String all = new String(expect(200, admin.get("/api/v1/audit?limit=1000")).body(), StandardCharsets.UTF_8);
        assertFalse(all.contains(token) || all.contains(PASSWORD) || all.contains(node.first.secret()));
        assertTrue(read(expect(200, admin.get("/api/v1/audit/verify")), AuditVerification.class).intact());
        node.catalog.run(handle -> handle.execute("update audit set actor = 'rita' where seq = 3"));
        AuditVerification broken = read(admin.get("/api/v1/audit/verify"), AuditVerification.class);
        assertEquals(3, broken.brokenAt());
    }

    @Test
    void registersRenewsAndRevokesOverTls() throws Exception {
        node.vaults.create(CreateVault.of("main"));
        var admin = node.call(node.administrator());
        KeyPair keys = EcKeys.generate();
        CredentialsFile file = file(admin, "main");
        EnrolAnswer answer = enrol(file, keys);
        var agent = node.call(keys, answer.certificates());
        try (SecretBytes seed = SecretBytes.random(32)) {
            byte[] key = Signatures.publicKey(seed);
            RegistrationAnswer done = read(expect(200, agent.post("/agent/v1/registration/complete",
                    new CompleteRegistration(DOMAIN, key, new byte[32], "file:/x", null))), RegistrationAnswer.class);
            assertEquals("host", done.name());
            RenewedCertificate renewed = read(expect(200, agent.post("/agent/v1/certificate",
                    new RenewCertificate(CertificateRequest.create(keys, "x")))), RenewedCertificate.class);
            var next = node.call(keys, renewed.certificates());
            expect(204, next.post("/agent/v1/registration/abandon", null));

            KeyPair other = EcKeys.generate();
            EnrolAnswer again = enrol(file(admin, "main"), other);
            assertEquals(answer.serverId(), again.serverId());
            var unproven = node.call(other, again.certificates());
            assertEquals("403 registration-incomplete", code(unproven.post("/agent/v1/certificate",
                    new RenewCertificate(CertificateRequest.create(other, "x")))));
            byte[] proof = DomainProof.sign(seed, CompleteRegistration.PROOF_PURPOSE, again.challenge());
            expect(200, unproven.post("/agent/v1/registration/complete",
                    new CompleteRegistration(DOMAIN, key, new byte[32], "file:/x", proof)));
            assertEquals("401 certificate-revoked", code(agent.post("/agent/v1/registration/abandon", null)));
            assertEquals("401 certificate-revoked", code(next.post("/agent/v1/registration/abandon", null)));

            expect(204, admin.send("DELETE", "/api/v1/vaults/main/servers/" + again.serverId() + "/certificates",
                    null, null));
            assertEquals("401 certificate-revoked", code(unproven.post("/agent/v1/registration/abandon", null)));
        }
        assertTrue(node.audit.verify().intact());
    }

    @Test
    void othersCertificatesAndNoneAreRefused() throws Exception {
        assertEquals("401 certificate-required",
                code(node.call("").post("/agent/v1/registration/abandon", null)));
        KeyPair keys = EcKeys.generate();
        Authority foreign =
                Authority.create("foreign", Instant.now().minusSeconds(60), Instant.now().plusSeconds(3600));
        String chain = Pem.ofCertificates(List.of(foreign.issueClient(keys.getPublic(), "x", "holdfast:server:x",
                Instant.now().minusSeconds(60), Instant.now().plusSeconds(3600)), foreign.certificate()));
        boolean refused;
        try {
            refused = node.call(keys, chain).post("/agent/v1/registration/abandon", null).statusCode() == 401;
        } catch (IOException e) {
            refused = true;
        }
        assertTrue(refused);
        var unknown = node.pki.issueAgent(CertificateRequest.create(keys, "x"), UUID.randomUUID().toString());
        assertEquals("401 certificate-unknown",
                code(node.call(keys, unknown.chainPem()).post("/agent/v1/registration/abandon", null)));
    }

    @Test
    void credentialsBelongToTheirVault() throws Exception {
        node.vaults.create(CreateVault.of("main"));
        node.vaults.create(CreateVault.of("other"));
        var admin = node.call(node.administrator());
        HttpResponse<byte[]> made = expect(201,
                admin.post("/api/v1/vaults/main/credentials", new CreateCredentials(null, List.of("a"), 5, 2)));
        String place = made.headers().firstValue("Location").orElseThrow();
        assertEquals("main", CredentialsFile.read(made.body()).vault());
        String id = place.substring(place.lastIndexOf('/') + 1);
        expect(200, admin.get(place));
        assertEquals("404 not-found", code(admin.get("/api/v1/vaults/other/credentials/" + id)));
        assertEquals("404 not-found",
                code(admin.send("DELETE", "/api/v1/vaults/other/credentials/" + id, null, null)));
        assertEquals("404 not-found", code(admin.get("/api/v1/vaults/none/credentials")));
        assertEquals("400 malformed-request", code(admin.get("/api/v1/vaults/main/credentials/..%2f..%2fx")));
        assertEquals("400 invalid-request",
                code(admin.post("/api/v1/vaults/main/credentials", Map.of("days", 0, "tags", List.of()))));
        expect(204, admin.send("DELETE", place, null, null));
        assertEquals("403 credentials-revoked", code(node.call("").post("/agent/v1/enrol",
                request(CredentialsFile.read(made.body()), EcKeys.generate()))));
        String list = new String(admin.get("/api/v1/vaults/main/credentials").body(), StandardCharsets.UTF_8);
        assertTrue(list.contains("revoked"));
        assertFalse(list.contains(CredentialsFile.read(made.body()).token()));
    }

    private HttpResponse<byte[]> login(String user, String password) throws Exception {
        return node.call("").post("/api/v1/login", Map.of("user", user, "password", password));
    }

    private static CredentialsFile file(PeopleNode.Caller admin, String vault) throws Exception {
        return CredentialsFile.read(expect(201, admin.post("/api/v1/vaults/" + vault + "/credentials",
                new CreateCredentials(null, List.of(), null, null))).body());
    }

    private EnrolAnswer enrol(CredentialsFile file, KeyPair keys) throws Exception {
        return read(expect(201, node.call("").post("/agent/v1/enrol", request(file, keys))), EnrolAnswer.class);
    }

    private static EnrolRequest request(CredentialsFile file, KeyPair keys) {
        return new EnrolRequest(file.token(), file.fingerprint(), CertificateRequest.create(keys, "x"), MACHINE, "host",
                "Linux", "0.1.0");
    }
}

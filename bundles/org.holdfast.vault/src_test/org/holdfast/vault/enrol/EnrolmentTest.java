package org.holdfast.vault.enrol;

import static org.holdfast.vault.Parallel.codeOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.Severity;
import org.holdfast.crypto.DomainProof;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.crypto.x509.CertificateRequest;
import org.holdfast.crypto.x509.EcKeys;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.people.CompleteRegistration;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.CredentialsView;
import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.Parallel;
import org.holdfast.vault.TestCatalogs;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.fleet.Alerts;
import org.holdfast.vault.fleet.Finding;
import org.holdfast.vault.fleet.Presence;
import org.holdfast.vault.fleet.ServerIdentity;
import org.holdfast.vault.fleet.ServerNews;
import org.holdfast.vault.fleet.ServerRegistry;
import org.holdfast.vault.fleet.ServerViews;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.people.AddressThrottle;
import org.holdfast.vault.people.AuditLog;
import org.holdfast.vault.pki.Pki;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {

    private static final String MACHINE = "machine-0123456789abcdef";
    private static final String ORIGIN = "10.0.0.7";
    private static final String DOMAIN = "00112233445566778899aabbccddeeff";
    private static final String REQUEST = CertificateRequest.create(EcKeys.generate(), "server");

    @TempDir
    private Path folder;
    private final TestClock clock = TestClock.still();
    private final EventBus bus = new EventBus();
    private final SecretBytes seed = SecretBytes.random(32);
    private final List<UUID> gone = Collections.synchronizedList(new ArrayList<>());
    private Catalog catalog;
    private Pki pki;
    private Presence presence;
    private ServerRegistry servers;
    private Alerts alerts;
    private Credentials credentials;
    private AgentCertificates certificates;
    private Enrolment enrolment;
    private AuditLog audit;
    private UUID vault;

    @BeforeEach
    void open(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        VaultSettings settings = VaultSettings.embedded(folder, "127.0.0.1", 8443, List.of("vault.example:8443"));
        pki = new Pki(settings, clock);
        Vaults vaults = new Vaults(catalog, clock);
        presence = new Presence(catalog, clock);
        servers = new ServerRegistry(catalog, clock, presence,
                new ServerNews(catalog, bus, new ServerViews(presence)));
        audit = new AuditLog(catalog, clock);
        alerts = new Alerts(catalog, clock, bus);
        credentials = new Credentials(catalog, clock, pki, vaults, settings, alerts);
        certificates = new AgentCertificates(catalog, clock, pki, audit);
        enrolment = new Enrolment(catalog, clock, pki, credentials, certificates, servers, vaults, audit,
                new AddressThrottle(clock), List.of((vaultId, serverId) -> gone.add(serverId)));
        vaults.create(CreateVault.of("main"));
        vaults.create(CreateVault.of("other"));
        vault = vaults.id("main");
    }

    @AfterEach
    void close() {
        presence.close();
        bus.close();
        seed.close();
    }

    @EveryDatabase
    void registersAServer() throws Exception {
        CredentialsFile file = file(1);
        EnrolAnswer answer = enrolment.enrol(request(file, MACHINE), ORIGIN);
        assertFalse(answer.existing());
        assertNull(answer.challenge());
        assertEquals("main", answer.vault());
        assertEquals(vault.toString(), answer.vaultId());
        assertEquals(clock.instant().plus(Duration.ofHours(1)), answer.completeBy());
        List<X509Certificate> chain = Pem.certificates(answer.certificates());
        assertEquals(pki.authority(), chain.get(1));
        KnownAgent agent = certificates.check(chain.getFirst());
        assertEquals(new KnownAgent(UUID.fromString(answer.serverId()), vault, agent.serial(), false), agent);
        assertFalse(servers.isActive(agent.serverId()));

        var done = enrolment.complete(agent, complete(null), ORIGIN);
        assertEquals("host", done.name());
        assertFalse(done.existing());
        assertTrue(servers.isActive(agent.serverId()));
        ServerIdentity identity = servers.find(agent.serverId()).orElseThrow();
        assertArrayEquals(Signatures.publicKey(seed), identity.publicKey());
        assertEquals(DOMAIN, identity.domainId());
        assertEquals(done, enrolment.complete(agent, complete(null), ORIGIN));
        enrolment.abandon(agent, ORIGIN);
        assertTrue(servers.isActive(agent.serverId()));
        assertEquals(List.of("complete-registration", "enrol-server"), audit.list(ListRequest.all()).items().stream()
                .map(entry -> entry.action()).toList());
        assertTrue(audit.verify().intact());
    }

    @EveryDatabase
    void theFileIsWhatTheVaultSays() throws Exception {
        CredentialsFile file = credentials.create("MAIN", new CreateCredentials(null, List.of("web", "db"), 3, 7),
                "anna");
        CredentialsFile read = CredentialsFile.read(file.bytes());
        assertEquals("main", read.vault());
        assertEquals(List.of("db", "web"), read.tags());
        assertEquals(List.of("vault.example:8443"), read.addresses());
        assertEquals(clock.instant().plus(Duration.ofDays(3)), read.expires());
        assertEquals(pki.authority(), read.authority());
        CredentialsView view = credentials.list("main", ListRequest.all()).items().getFirst();
        assertEquals(Credentials.idOf(file), view.id());
        assertEquals(List.of(7, 7), List.of(view.uses(), view.usesLeft()));
        assertEquals("active", view.state());
        assertEquals("anna", view.createdBy());
        assertEquals(0, credentials.list("other", ListRequest.all()).total());
        assertEquals("not-found", codeOf(() -> credentials.get("other", view.id())));
        assertEquals("not-found", codeOf(() -> credentials.revoke("other", view.id())));
    }

    @EveryDatabase
    void refusesEachBadFileForItsReasonAndRegistersNothing() {
        CredentialsFile file = file(1);
        assertEquals("credentials-unknown", enrol("", null));
        assertEquals("credentials-unknown", enrol("hfc_" + "A".repeat(64), null));
        assertEquals("credentials-unknown", enrol("x".repeat(100_000), null));
        String token = file.token();
        for (int i = 30; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertEquals("credentials-altered", enrol(token.substring(0, i) + other + token.substring(i + 1), null));
            clock.advance(Duration.ofMinutes(15));
        }
        assertEquals("credentials-altered", enrol(token, file(1).fingerprint()));
        assertEquals("credentials-altered", enrol(token, ""));
        clock.advance(Duration.ofDays(10));
        assertEquals("credentials-expired", enrol(token, file.fingerprint()));
        clock.advance(Duration.ofDays(-10));
        credentials.revoke("main", Credentials.idOf(file));
        credentials.revoke("main", Credentials.idOf(file));
        assertEquals("credentials-revoked", enrol(token, file.fingerprint()));
        assertEquals("revoked", credentials.get("main", Credentials.idOf(file)).state());
        CredentialsFile used = file(1);
        assertEquals("ok", enrol(used.token(), used.fingerprint()));
        assertEquals("credentials-exhausted", codeOf(() -> enrolment.enrol(request(used, MACHINE + "2"), ORIGIN)));
        assertEquals("exhausted", credentials.get("main", Credentials.idOf(used)).state());
        assertEquals(1, count("servers"));
        assertEquals(1, count("registrations"));
        assertEquals(1, count("agent_certificates"));
    }

    @EveryDatabase
    void nobodyIsToldOfTheEndOfAFileThatIsWorthless() {
        CredentialsFile revoked = file(1);
        CredentialsFile used = file(2);
        CredentialsFile left = file(2);
        for (CredentialsFile file : List.of(revoked, used, left)) {
            alerts.raise(new Finding(AlertKind.CREDENTIALS_EXPIRING, Severity.INFO, vault, null,
                    Credentials.idOf(file), "Vault credentials end.", "", null));
        }
        credentials.revoke("main", Credentials.idOf(revoked));
        enrolment.enrol(request(used, MACHINE), ORIGIN);
        assertEquals(2, open());
        enrolment.enrol(request(used, MACHINE + "2"), ORIGIN);
        enrolment.enrol(request(left, MACHINE + "3"), ORIGIN);
        assertEquals(1, open());
    }

    private long open() {
        return alerts.list(ListRequest.all()).items().stream().filter(a -> a.state() == AlertState.OPEN).count();
    }

    @EveryDatabase
    void refusesMalformedRequestsWithoutUsingTheFile() {
        CredentialsFile file = file(1);
        for (String machine : List.of("", "short", "x".repeat(101), "with blank 0123456789", "../0123456789abcdef")) {
            assertEquals("invalid-request", codeOf(() -> enrolment.enrol(request(file, machine), ORIGIN)), machine);
        }
        assertEquals("certificate-request-invalid", codeOf(() -> enrolment.enrol(new EnrolRequest(file.token(), null,
                "x", MACHINE, "host", "os", "1"), ORIGIN)));
        assertEquals("policy-not-found", codeOf(() -> enrolment.enrol(request(
                credentials.create("main", new CreateCredentials("none", List.of(), 1, 1), "anna"), MACHINE), ORIGIN)));
        assertEquals(1, credentials.get("main", Credentials.idOf(file)).usesLeft());
        assertEquals(0, count("servers"));
        assertEquals(0, count("agent_certificates"));
    }

    @EveryDatabase
    void threeUsesRegisterThreeOfTwentyAtOnce() throws Exception {
        CredentialsFile file = file(3);
        List<String> codes = Parallel.run(20,
                number -> codeOf(() -> enrolment.enrol(request(file, MACHINE + number), ORIGIN)));
        assertEquals(3, Collections.frequency(codes, "ok"));
        assertEquals(17, Collections.frequency(codes, "credentials-exhausted"));
        assertEquals(3, count("servers"));
        assertEquals(3, count("agent_certificates"));
        assertTrue(audit.verify().intact());
    }

    @EveryDatabase
    void oneMachineTwentyTimesAtOnceIsOneServer() throws Exception {
        CredentialsFile file = file(5);
        List<String> codes = Parallel.run(20,
                number -> codeOf(() -> enrolment.enrol(request(file, MACHINE), ORIGIN)));
        assertEquals(20, Collections.frequency(codes, "ok"));
        assertEquals(1, count("servers"));
        assertEquals(1, count("registrations"));
        assertEquals(4, credentials.get("main", Credentials.idOf(file)).usesLeft());
        assertEquals(19, gone.size());
    }

    @EveryDatabase
    void abandoningLeavesNothing() throws Exception {
        CredentialsFile file = file(1);
        KnownAgent agent = agent(enrolment.enrol(request(file, MACHINE), ORIGIN));
        enrolment.abandon(agent, ORIGIN);
        assertEquals(0, count("servers"));
        assertEquals(0, count("registrations"));
        assertEquals(List.of(agent.serverId()), gone);
        assertEquals("certificate-unknown", codeOf(() -> certificates.check(agent.serial())));
        assertEquals("ok", enrol(file.token(), null));
    }

    @EveryDatabase
    void whatIsNotCompleteWithinAnHourEnds() throws Exception {
        CredentialsFile file = file(1);
        KnownAgent agent = agent(enrolment.enrol(request(file, MACHINE), ORIGIN));
        clock.advance(Duration.ofHours(1).minusMillis(1));
        enrolment.expire();
        assertEquals(1, count("servers"));
        clock.advance(Duration.ofMillis(1));
        assertEquals("registration-expired", codeOf(() -> enrolment.complete(agent, complete(null), ORIGIN)));
        enrolment.expire();
        enrolment.expire();
        assertEquals(0, count("servers"));
        assertEquals(1, credentials.get("main", Credentials.idOf(file)).usesLeft());
        assertEquals(List.of(agent.serverId()), gone);
        assertEquals(1, audit.list(ListRequest.where("action=expire-registration")).total());
    }

    @EveryDatabase
    void theSameMachineKeepsItsServerWithAProof() throws Exception {
        KnownAgent first = registered();
        EnrolAnswer again = enrolment.enrol(request(file(1), MACHINE), ORIGIN);
        assertTrue(again.existing());
        assertEquals(first.serverId().toString(), again.serverId());
        assertEquals(DOMAIN, again.domainId());
        KnownAgent second = agent(again);
        assertTrue(second.unproven());
        assertEquals("registration-incomplete", codeOf(() -> certificates.renew(second, REQUEST, ORIGIN)));
        assertEquals("ok", codeOf(() -> certificates.check(first.serial())));

        byte[] proof = DomainProof.sign(seed, CompleteRegistration.PROOF_PURPOSE, again.challenge());
        var done = enrolment.complete(second, complete(proof), ORIGIN);
        assertTrue(done.existing());
        assertFalse(certificates.check(second.serial()).unproven());
        assertEquals("certificate-revoked", codeOf(() -> certificates.check(first.serial())));
        assertEquals(1, count("servers"));
    }

    @EveryDatabase
    void nobodyTakesAServerWithoutItsPassphrase() throws Exception {
        KnownAgent first = registered();
        EnrolAnswer again = enrolment.enrol(request(file(1), MACHINE), ORIGIN);
        KnownAgent thief = agent(again);
        byte[] challenge = again.challenge();
        try (SecretBytes other = SecretBytes.random(32)) {
            byte[] forged = DomainProof.sign(other, CompleteRegistration.PROOF_PURPOSE, challenge);
            byte[] wrongPurpose = DomainProof.sign(seed, "other", challenge);
            byte[] wrongChallenge = DomainProof.sign(seed, CompleteRegistration.PROOF_PURPOSE, new byte[32]);
            assertEquals("registration-proof-wrong",
                    codeOf(() -> enrolment.complete(thief, complete(null), ORIGIN)));
            for (byte[] proof : List.of(forged, wrongPurpose, wrongChallenge, new byte[0], new byte[64])) {
                assertEquals("registration-proof-wrong",
                        codeOf(() -> enrolment.complete(thief, complete(proof), ORIGIN)));
            }
            byte[] ownKey = Signatures.publicKey(other);
            assertEquals("registration-proof-wrong", codeOf(() -> enrolment.complete(thief,
                    new CompleteRegistration(DOMAIN, ownKey, new byte[32], "file:/x", forged), ORIGIN)));
        }
        assertEquals("ok", codeOf(() -> certificates.check(first.serial())));
        clock.advance(Duration.ofHours(1));
        enrolment.expire();
        assertEquals("certificate-revoked", codeOf(() -> certificates.check(thief.serial())));
        assertEquals("ok", codeOf(() -> certificates.check(first.serial())));
        assertTrue(servers.isActive(first.serverId()));
        assertEquals(List.of(), gone);
    }

    @EveryDatabase
    void machinesOfOneNameAreTwoServers() throws Exception {
        CredentialsFile file = file(2);
        assertNotEquals(agent(enrolment.enrol(request(file, MACHINE), ORIGIN)).serverId(),
                agent(enrolment.enrol(request(file, MACHINE + "2"), ORIGIN)).serverId());
        assertEquals(2, count("servers"));
    }

    @EveryDatabase
    void aMachineInTwoVaultsIsTwoServers() throws Exception {
        KnownAgent first = registered();
        CredentialsFile file = credentials.create("other", new CreateCredentials(null, List.of(), null, null), "anna");
        EnrolAnswer second = enrolment.enrol(request(file, MACHINE), ORIGIN);
        assertFalse(second.existing());
        assertNotEquals(first.serverId().toString(), second.serverId());
    }

    @EveryDatabase
    void renewsAndRevokesCertificates() throws Exception {
        KnownAgent agent = registered();
        clock.advance(Duration.ofDays(60));
        var renewed = certificates.renew(agent, CertificateRequest.create(EcKeys.generate(), "x"), ORIGIN);
        KnownAgent next = certificates.check(Pem.certificates(renewed.certificates()).getFirst());
        assertEquals(agent.serverId(), next.serverId());
        assertEquals("ok", codeOf(() -> certificates.check(agent.serial())));
        clock.advance(Duration.ofDays(30));
        assertEquals("certificate-expired", codeOf(() -> certificates.check(agent.serial())));
        assertEquals("ok", codeOf(() -> certificates.check(next.serial())));
        certificates.clean();
        assertEquals("certificate-expired", codeOf(() -> certificates.check(agent.serial())));
        assertEquals(2, certificates.revoke(agent.serverId(), "stolen"));
        assertEquals("certificate-revoked", codeOf(() -> certificates.check(next.serial())));
        clock.advance(Duration.ofDays(500));
        certificates.clean();
        assertEquals("certificate-unknown", codeOf(() -> certificates.check(next.serial())));
        assertEquals("certificate-unknown", codeOf(() -> certificates.check("abc")));
    }

    @EveryDatabase
    void refusesKeysThatAreNone() throws Exception {
        KnownAgent agent = agent(enrolment.enrol(request(file(1), MACHINE), ORIGIN));
        byte[] key = Signatures.publicKey(seed);
        for (CompleteRegistration bad : List.of(new CompleteRegistration("xyz", key, new byte[32], "f", null),
                new CompleteRegistration(DOMAIN, new byte[31], new byte[32], "f", null),
                new CompleteRegistration(DOMAIN, key, new byte[33], "f", null),
                new CompleteRegistration(DOMAIN, key, new byte[32], " ", null),
                new CompleteRegistration(DOMAIN, key, new byte[32], "f", null, new byte[64]))) {
            assertEquals("invalid-request", codeOf(() -> enrolment.complete(agent, bad, ORIGIN)));
        }
        byte[] proof = DomainProof.sign(seed, CompleteRegistration.INTAKE_PURPOSE, new byte[32]);
        enrolment.complete(agent, new CompleteRegistration(DOMAIN, key, new byte[32], "f", null, proof), ORIGIN);
        assertTrue(servers.isActive(agent.serverId()));
    }

    private KnownAgent registered() throws Exception {
        KnownAgent agent = agent(enrolment.enrol(request(file(1), MACHINE), ORIGIN));
        enrolment.complete(agent, complete(null), ORIGIN);
        return agent;
    }

    private KnownAgent agent(EnrolAnswer answer) throws Exception {
        return certificates.check(Pem.certificates(answer.certificates()).getFirst());
    }

    private CredentialsFile file(int uses) {
        return credentials.create("main", new CreateCredentials(null, List.of(), null, uses), "anna");
    }

    private String enrol(String token, String fingerprint) {
        return codeOf(() -> enrolment.enrol(new EnrolRequest(token, fingerprint, REQUEST, MACHINE, "host", "os", "1"),
                ORIGIN));
    }

    private static EnrolRequest request(CredentialsFile file, String machine) {
        return new EnrolRequest(file.token(), file.fingerprint(), REQUEST, machine, "host", "Linux 6.1", "0.1.0");
    }

    private CompleteRegistration complete(byte[] proof) {
        return new CompleteRegistration(DOMAIN, Signatures.publicKey(seed), new byte[32], "file:/etc/holdfast/pass",
                proof);
    }

    private long count(String table) {
        return catalog.read(handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
    }
}

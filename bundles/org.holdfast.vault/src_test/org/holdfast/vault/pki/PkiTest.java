package org.holdfast.vault.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.holdfast.api.HoldfastException;
import org.holdfast.crypto.x509.CertificateRequest;
import org.holdfast.crypto.x509.EcKeys;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.VaultSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PkiTest {

    private static final String SERVER = "7f0c9a3e-2f56-4d51-9d0e-0a7f1f6f0001";

    @TempDir
    private Path folder;
    private final TestClock clock = TestClock.still();

    @Test
    void keepsAuthorityAndCertificateOverStarts() {
        Pki first = open("vault.example:8443");
        Pki second = open("vault.example:8443");
        assertEquals(first.authority(), second.authority());
        assertEquals(first.serverCertificate(), second.serverCertificate());
        assertTrue(second.verify(new byte[] { 1, 2 }, first.sign(new byte[] { 1, 2 })));
        assertFalse(second.verify(new byte[] { 1, 3 }, first.sign(new byte[] { 1, 2 })));
    }

    @Test
    void namesAllAddresses() throws Exception {
        X509Certificate certificate = open("Vault.Example:8443", "10.1.2.3:8443", "[2001:db8::1]:8443",
                "other.example").serverCertificate();
        assertEquals(Set.of("vault.example", "10.1.2.3", "2001:db8:0:0:0:0:0:1", "other.example", "localhost",
                "127.0.0.1", "0:0:0:0:0:0:0:1"), names(certificate));
        certificate.verify(open("vault.example").authority().getPublicKey());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
    }

    @Test
    void makesItsCertificateAgainForOtherAddresses() throws Exception {
        open("one.example:1");
        Pki pki = open("two.example:1");
        assertTrue(names(pki.serverCertificate()).contains("two.example"));
        assertFalse(pki.renewServerCertificate());
    }

    @Test
    void makesItsCertificateAgainInTime() {
        Pki pki = open("vault.example");
        X509Certificate first = pki.serverCertificate();
        clock.advance(Duration.ofDays(200));
        assertFalse(pki.renewServerCertificate());
        clock.advance(Duration.ofDays(60));
        assertTrue(pki.renewServerCertificate());
        assertNotEquals(first, pki.serverCertificate());
        assertFalse(pki.renewServerCertificate());
        assertEquals(pki.serverCertificate(), open("vault.example").serverCertificate());
    }

    @Test
    void survivesAClockThatWasWrong() {
        clock.advance(Duration.ofDays(730));
        open("vault.example");
        clock.advance(Duration.ofDays(-730));
        Pki pki = open("vault.example");
        assertTrue(pki.serverCertificate().getNotBefore().toInstant().isBefore(clock.instant()));
    }

    @Test
    void makesADamagedNodeCertificateAgain() throws Exception {
        open("vault.example");
        Files.writeString(folder.resolve("pki/server.pem"), "nothing");
        assertTrue(names(open("vault.example").serverCertificate()).contains("vault.example"));
    }

    @Test
    void neverReplacesAnAuthorityThatIsBroken() throws Exception {
        open("vault.example");
        Files.delete(folder.resolve("pki/ca.key"));
        assertThrows(HoldfastException.class, () -> open("vault.example"));
        Files.writeString(folder.resolve("pki/ca.key"), Pem.ofPrivateKey(EcKeys.generate().getPrivate()));
        Files.setPosixFilePermissions(folder.resolve("pki/ca.key"), PosixFilePermissions.fromString("rw-------"));
        assertThrows(HoldfastException.class, () -> open("vault.example"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keysAreForItsAccountOnly() throws Exception {
        open("vault.example");
        try (Stream<Path> files = Files.list(folder.resolve("pki"))) {
            assertEquals(Set.of("rw-------"), files.map(PkiTest::rights).collect(Collectors.toSet()));
        }
        assertEquals("rwx------", rights(folder.resolve("pki")));
        Files.setPosixFilePermissions(folder.resolve("pki/ca.key"), PosixFilePermissions.fromString("rw-r-----"));
        assertThrows(HoldfastException.class, () -> open("vault.example"));
    }

    @Test
    void signsTheKeysOfAgents() throws Exception {
        Pki pki = open("vault.example");
        KeyPair keys = EcKeys.generate();
        AgentCertificate issued = pki.issueAgent(CertificateRequest.create(keys, "whatever"), SERVER);
        X509Certificate certificate = issued.certificate();
        certificate.verify(pki.authority().getPublicKey());
        assertEquals(keys.getPublic(), certificate.getPublicKey());
        assertEquals("CN=" + SERVER, certificate.getSubjectX500Principal().getName());
        assertEquals(Set.of("holdfast:server:" + SERVER), names(certificate));
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
        assertEquals(-1, certificate.getBasicConstraints());
        assertEquals(clock.instant().plus(Duration.ofDays(90)), issued.notAfter());
        assertEquals(List.of(certificate, pki.authority()), Pem.certificates(issued.chainPem()));
        assertNotEquals(issued.serial(), pki.issueAgent(CertificateRequest.create(keys, "x"), SERVER).serial());
    }

    @Test
    void refusesRequestsThatAreNotGenuine() throws Exception {
        Pki pki = open("vault.example");
        byte[] der = Pem.request(CertificateRequest.create(EcKeys.generate(), "x"));
        byte[] forged = der.clone();
        forged[forged.length - 5] ^= 1;
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair weak = rsa.generateKeyPair();
        String weakRequest = Pem.ofRequest(new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=x"),
                weak.getPublic()).build(new JcaContentSignerBuilder("SHA256withRSA").build(weak.getPrivate()))
                .getEncoded());
        for (String request : List.of("", "x", Pem.ofRequest(forged), Pem.ofRequest(Arrays.copyOf(der, 40)),
                Pem.ofRequest("hello".getBytes(StandardCharsets.US_ASCII)), weakRequest, "x".repeat(100_000))) {
            Refusal e = assertThrows(Refusal.class, () -> pki.issueAgent(request, SERVER));
            assertEquals("certificate-request-invalid", e.code());
        }
    }

    private Pki open(String... addresses) {
        return new Pki(VaultSettings.embedded(folder, "0.0.0.0", 8443, List.of(addresses)), clock);
    }

    private static Set<String> names(X509Certificate certificate) throws Exception {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names.stream().map(List::getLast).map(Object::toString).collect(Collectors.toSet());
    }

    private static String rights(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

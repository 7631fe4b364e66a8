package org.holdfast.vault.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.crypto.x509.Authority;
import org.holdfast.crypto.x509.CertificateRequest;
import org.holdfast.crypto.x509.EcKeys;
import org.holdfast.crypto.x509.Hosts;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.VaultSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vault's certificate authority and the node's own certificate. The authority is made once, for twenty years; the
 * node's certificate counts for a year, names all addresses of the settings, and is made again when a third of that is
 * left or the addresses have changed. Thread-safe.
 */
@Component(service = Pki.class)
public final class Pki {

    /** For how long an authority counts. */
    public static final Duration AUTHORITY_LIFE = Duration.ofDays(20 * 365);
    /** For how long the certificate of a node counts. */
    public static final Duration SERVER_LIFE = Duration.ofDays(365);
    /** For how long the certificate of an agent counts. */
    public static final Duration AGENT_LIFE = Duration.ofDays(90);
    /** What an agent's identity in its certificate begins with; the id of the server follows. */
    public static final String AGENT_URI = "holdfast:server:";

    private static final Logger LOG = LoggerFactory.getLogger(Pki.class);
    /** Certificates count a little earlier, for the sake of clocks that are behind. */
    private static final Duration BACKDATED = Duration.ofHours(25);
    private static final char[] NO_PASSWORD = new char[0];

    private final PkiFolder folder;
    private final Clock clock;
    private final Set<String> hosts;
    private final Authority authority;
    private ServerIdentity server;

    /**
     * Reads keys and certificates, or makes them.
     *
     * @throws HoldfastException when they cannot be read or written, or do not belong together
     */
    @Activate
    public Pki(@Reference VaultSettings settings, @Reference Clock clock) {
        this.folder = new PkiFolder(settings.pkiFolder());
        this.clock = clock;
        this.hosts = hosts(settings);
        try {
            authority = loadAuthority();
            ServerIdentity loaded = loadServer();
            server = loaded != null && !isDue(loaded, clock.instant()) ? loaded : issueServer();
        } catch (IOException | GeneralSecurityException e) {
            throw new HoldfastException(Problem.INTERNAL, "cannot use the keys in " + settings.pkiFolder() + ": "
                    + e.getMessage(), "Put the folder back from a backup. With a new one all agents register again.",
                    e);
        }
    }

    /** The authority's certificate. */
    public X509Certificate authority() {
        return authority.certificate();
    }

    /** The authority's certificate as PEM. */
    public String authorityPem() {
        return Pem.ofCertificates(List.of(authority.certificate()));
    }

    /** SHA-256 over the authority's certificate, in hexadecimal; what people compare. */
    public String fingerprint() {
        return EcKeys.fingerprint(authority.certificate());
    }

    /** Signs data with the authority's key, ECDSA with SHA-256, DER. */
    public byte[] sign(byte[] data) {
        return authority.sign(data);
    }

    /** A secret of 32 bytes for a purpose, the same at each node with this authority. */
    public byte[] derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(authority.key().getEncoded(), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime offers no HMAC-SHA256", e);
        }
    }

    /** Whether the authority has signed that data. */
    public boolean verify(byte[] data, byte[] signature) {
        return EcKeys.verify(authority.certificate().getPublicKey(), data, signature);
    }

    /**
     * Signs the key of an agent.
     *
     * @param request PEM, from a stranger
     * @param serverId the identity it gets
     * @throws Refusal with code {@code certificate-request-invalid}
     */
    public AgentCertificate issueAgent(String request, String serverId) {
        try {
            CertificateRequest read = CertificateRequest.read(request);
            Instant now = clock.instant();
            X509Certificate certificate = authority.issueClient(read.publicKey(), serverId, AGENT_URI + serverId,
                    now.minus(BACKDATED), now.plus(AGENT_LIFE));
            return new AgentCertificate(certificate, authority.certificate());
        } catch (GeneralSecurityException e) {
            throw new Refusal(Refusal.Kind.INVALID, "certificate-request-invalid", e.getMessage(),
                    "Use the agent of this or a later version.", "csr");
        }
    }

    /** The node's certificate that counts now. */
    public synchronized X509Certificate serverCertificate() {
        return server.certificate;
    }

    /** Key and certificates of the node in memory, for TLS; the password of the key is empty. */
    public synchronized KeyStore serverKeyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", server.key, NO_PASSWORD,
                    new Certificate[] { server.certificate, authority.certificate() });
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime keeps no keys in memory", e);
        }
    }

    /** The authority as the only one that is trusted to vouch for agents. */
    public KeyStore trustStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", authority.certificate());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime keeps no certificates in memory", e);
        }
    }

    /**
     * Makes the node's certificate again when that is due; to be asked once a day.
     *
     * @return whether there is another one, which TLS has to be told of
     */
    public synchronized boolean renewServerCertificate() {
        if (!isDue(server, clock.instant())) {
            return false;
        }
        try {
            server = issueServer();
            return true;
        } catch (IOException e) {
            throw new HoldfastException(Problem.INTERNAL, "cannot write the node's certificate: " + e.getMessage(),
                    "Check free space and rights of the data folder.", e);
        }
    }

    private ServerIdentity issueServer() throws IOException {
        Instant now = clock.instant();
        KeyPair keys = EcKeys.generate();
        X509Certificate certificate = authority.issueServer(keys.getPublic(), hosts, now.minus(BACKDATED),
                earlier(now.plus(SERVER_LIFE), authority.certificate().getNotAfter().toInstant()));
        folder.write("server.key", Pem.ofPrivateKey(keys.getPrivate()));
        folder.write("server.pem", Pem.ofCertificates(List.of(certificate)));
        LOG.info("new certificate of this node for {}, until {}", hosts, certificate.getNotAfter().toInstant());
        return new ServerIdentity(certificate, keys.getPrivate());
    }

    private boolean isDue(ServerIdentity present, Instant now) {
        Instant end = present.certificate.getNotAfter().toInstant();
        return now.isAfter(end.minus(SERVER_LIFE.dividedBy(3)))
                || now.isBefore(present.certificate.getNotBefore().toInstant())
                || !folder.namesOf(present.certificate).containsAll(hosts) || !isOurs(present.certificate);
    }

    private boolean isOurs(X509Certificate certificate) {
        try {
            certificate.verify(authority.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Authority loadAuthority() throws IOException, GeneralSecurityException {
        if (folder.has("ca.pem") && folder.has("ca.key")) {
            X509Certificate certificate = Pem.certificates(folder.read("ca.pem")).getFirst();
            PrivateKey key = Pem.privateKey(folder.read("ca.key"));
            Authority loaded = new Authority(certificate, key);
            byte[] probe = { 1 };
            if (!EcKeys.verify(certificate.getPublicKey(), probe, loaded.sign(probe))) {
                throw new GeneralSecurityException("ca.key and ca.pem do not belong together");
            }
            return loaded;
        }
        if (folder.has("ca.pem")) {
            throw new GeneralSecurityException("ca.key is missing");
        }
        Instant now = clock.instant();
        Authority made = Authority.create("Holdfast vault authority " + now.atZone(ZoneOffset.UTC).toLocalDate(),
                now.minus(BACKDATED), now.plus(AUTHORITY_LIFE));
        // The certificate goes last: without it, a key that was left by a crash is made again.
        folder.write("ca.key", Pem.ofPrivateKey(made.key()));
        folder.write("ca.pem", Pem.ofCertificates(List.of(made.certificate())));
        LOG.info("made a certificate authority, fingerprint {}", EcKeys.fingerprint(made.certificate()));
        return made;
    }

    /** What is there, or nothing: it can be made again at any time. */
    private @Nullable ServerIdentity loadServer() throws IOException {
        if (folder.has("server.pem") && folder.has("server.key")) {
            try {
                X509Certificate certificate = Pem.certificates(folder.read("server.pem")).getFirst();
                PrivateKey key = Pem.privateKey(folder.read("server.key"));
                byte[] probe = { 1 };
                if (EcKeys.verify(certificate.getPublicKey(), probe, EcKeys.sign(key, probe))) {
                    return new ServerIdentity(certificate, key);
                }
            } catch (GeneralSecurityException e) {
                LOG.warn("the node's certificate cannot be used and is made again", e);
            }
        }
        return null;
    }

    private static Set<String> hosts(VaultSettings settings) {
        Set<String> hosts = new LinkedHashSet<>();
        settings.publicAddresses().forEach(address -> hosts.add(PkiFolder.plain(Hosts.ofEndpoint(address))));
        if (!settings.host().isEmpty() && !settings.host().equals("0.0.0.0") && !settings.host().equals("::")) {
            hosts.add(PkiFolder.plain(settings.host()));
        }
        hosts.addAll(List.of("localhost", "127.0.0.1", PkiFolder.plain("::1")));
        return Collections.unmodifiableSet(hosts);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private record ServerIdentity(X509Certificate certificate, PrivateKey key) {
    }
}

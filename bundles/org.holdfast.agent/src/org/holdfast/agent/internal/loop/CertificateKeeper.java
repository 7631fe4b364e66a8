package org.holdfast.agent.internal.loop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.SafeFile;
import org.holdfast.agent.internal.link.SwitchingLink;
import org.holdfast.api.HoldfastException;
import org.holdfast.crypto.x509.CertificateRequest;
import org.holdfast.crypto.x509.Pem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the client certificate valid: when two thirds of its time are over it asks for the next one. The key stays, so
 * only one file changes and a crash leaves a pair that fits.
 */
public final class CertificateKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateKeeper.class);
    private static final Duration TRY_AGAIN = Duration.ofMinutes(30);

    private final AgentHome home;
    private final SwitchingLink link;
    private final Clock clock;
    private final String name;
    private Instant notBefore = Instant.MIN;

    /** @param name of the server, for the request */
    public CertificateKeeper(AgentHome home, SwitchingLink link, Clock clock, String name) {
        this.home = home;
        this.link = link;
        this.clock = clock;
        this.name = name;
    }

    /** Until when the certificate is valid, or null when it cannot be read. */
    public @Nullable Instant expires() {
        try {
            return certificate().getNotAfter().toInstant();
        } catch (IOException | GeneralSecurityException e) {
            return null;
        }
    }

    /** Renews the certificate when it is time to. */
    public synchronized void check() {
        Instant now = clock.instant();
        try {
            X509Certificate certificate = certificate();
            Instant from = certificate.getNotBefore().toInstant();
            Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
            if (now.isAfter(from.plus(life.multipliedBy(2).dividedBy(3))) && now.isAfter(notBefore)) {
                notBefore = now.plus(TRY_AGAIN);
                renew();
            }
        } catch (IOException | GeneralSecurityException e) {
            LOG.error("The certificate cannot be looked at: {}", e.getMessage());
        }
    }

    /** Renews the certificate now. */
    public synchronized void renew() {
        try {
            PrivateKey key = Pem.privateKey(Files.readString(home.keyFile()));
            var pair = new KeyPair(certificate().getPublicKey(), key);
            String chain = link.renew(CertificateRequest.create(pair, name));
            X509Certificate fresh = Pem.certificates(chain).getFirst();
            if (!fresh.getPublicKey().equals(pair.getPublic())) {
                throw new GeneralSecurityException("the new certificate is for another key");
            }
            SafeFile.write(home.chainFile(), chain.getBytes(StandardCharsets.US_ASCII));
            LOG.info("The certificate has been renewed and is valid until {}", fresh.getNotAfter().toInstant());
            link.renewConnection();
        } catch (IOException | GeneralSecurityException | HoldfastException e) {
            LOG.warn("The certificate could not be renewed, tried again later: {}", e.getMessage());
        }
    }

    private X509Certificate certificate() throws IOException, GeneralSecurityException {
        return Pem.certificates(Files.readString(home.chainFile())).getFirst();
    }
}

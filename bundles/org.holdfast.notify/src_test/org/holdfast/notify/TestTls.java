package org.holdfast.notify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.holdfast.crypto.x509.Authority;
import org.holdfast.crypto.x509.EcKeys;
import org.holdfast.crypto.x509.Pem;

/** An authority for tests, and a server's certificate of it. */
final class TestTls {
    static final String PASSWORD = "changeit";

    private final Authority authority;
    private final KeyStore keys;

    TestTls(String host) {
        Instant now = Instant.now();
        authority = Authority.create("Test authority", now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(2)));
        KeyPair pair = EcKeys.generate();
        X509Certificate certificate = authority.issueServer(pair.getPublic(), List.of(host),
                now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
        try {
            keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("server", pair.getPrivate(), PASSWORD.toCharArray(),
                    new Certificate[] { certificate, authority.certificate() });
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String authorityPem() {
        return Pem.ofCertificates(List.of(authority.certificate()));
    }

    SSLContext context() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Path store(Path folder) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("keys.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            keys.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}

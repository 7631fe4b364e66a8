package org.holdfast.notify.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.eclipse.jdt.annotation.Nullable;

/** Whom a target trusts. */
public final class Trust {
    private Trust() {
    }

    /**
     * A context for TLS.
     *
     * @param authorities certificates as PEM that alone are trusted; null or empty: those of the Java runtime
     * @throws GeneralSecurityException when there is no certificate in it
     */
    public static SSLContext context(@Nullable String authorities) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        if (authorities == null || authorities.isBlank()) {
            context.init(null, null, null);
            return context;
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate each : read(authorities)) {
                store.setCertificateEntry("ca" + number++, each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new IllegalStateException("this Java runtime keeps no certificates in memory", e);
        }
    }

    private static Collection<? extends Certificate> read(String pem) throws CertificateException {
        Collection<? extends Certificate> read = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        if (read.isEmpty()) {
            throw new CertificateException("there is no certificate");
        }
        return read;
    }

    /** Whether certificates as PEM can be read. */
    public static boolean isReadable(String pem) {
        try {
            read(pem);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}

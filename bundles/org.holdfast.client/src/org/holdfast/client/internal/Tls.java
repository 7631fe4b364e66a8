package org.holdfast.client.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.Identity;
import org.holdfast.client.Trust;

/** TLS by the settings of a client. */
public final class Tls {
    private Tls() {
    }

    /** What connections are made with. */
    public static SSLContext context(Trust trust, Identity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(identity), trust(trust), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "The certificates for the vault cannot be used: " + e.getMessage() + ".",
                    "Check them, or register again.", e);
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED,
                    "The certificate or key for the vault cannot be read: " + e.getMessage() + ".",
                    "Check that the files are there, or register again.", e);
        }
    }

    /** TLS 1.3 and 1.2 only. */
    public static SSLParameters parameters() {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] { "TLSv1.3", "TLSv1.2" });
        return parameters;
    }

    private static TrustManager @Nullable [] trust(Trust trust) throws GeneralSecurityException, IOException {
        return switch (trust) {
            case Trust.Machine m -> null;
            case Trust.Pinned p -> new TrustManager[] { new PinnedTrust(p.sha256()) };
            case Trust.Authority a -> authority(Pem.certificates(a.pem()));
            case Trust.AuthorityAtAnyTime a -> {
                List<X509Certificate> certificates = Pem.certificates(a.pem());
                yield new TrustManager[] { new AnyClockTrust(
                        (X509ExtendedTrustManager) authority(certificates)[0], certificates) };
            }
        };
    }

    private static TrustManager[] authority(List<X509Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("ca" + i, certificates.get(i));
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(Identity identity) throws GeneralSecurityException, IOException {
        if (!(identity instanceof Identity.Certificate certificate)) {
            return null;
        }
        KeyStore store = emptyStore();
        char[] none = new char[0];
        store.setKeyEntry("agent", Pem.key(certificate.key()), none,
                Pem.certificates(Pem.text(certificate.chain())).toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, none);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}

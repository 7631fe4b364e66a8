package org.holdfast.vault.http.internal;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.holdfast.vault.http.TlsIdentity;

/**
 * TLS 1.3 and 1.2 with suites that have forward secrecy and authenticated encryption (RFC 9325). Client certificates
 * are asked for and not demanded, since people have none. One that was not issued by the vault's authority ends the
 * handshake; whether it has expired or was revoked is asked at each request, where the caller can be told so.
 */
final class Tls {
    private static final String[] SUITES = { "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256" };

    private Tls() {
    }

    static SslContextFactory.Server factory(TlsIdentity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] { new Keys(identity) }, new TrustManager[] { new Clients(identity) },
                    new SecureRandom());
            // resumption needs no memory of the server: the session travels in an encrypted ticket
            context.getServerSessionContext().setSessionTimeout(3600);
            context.getServerSessionContext().setSessionCacheSize(1000);
            SslContextFactory.Server factory = new SslContextFactory.Server();
            factory.setSslContext(context);
            factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
            factory.setExcludeCipherSuites();
            factory.setIncludeCipherSuites(SUITES);
            factory.setUseCipherSuitesOrder(true);
            factory.setRenegotiationAllowed(false);
            factory.setWantClientAuth(true);
            factory.setSniRequired(false);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is not available", e);
        }
    }

    /** The node's own key, as it is now. */
    private static final class Keys extends X509ExtendedKeyManager {
        private static final String ALIAS = "node";

        private final TlsIdentity identity;

        Keys(TlsIdentity identity) {
            this.identity = identity;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers,
                SSLEngine engine) {
            return chooseServerAlias(keyType, issuers, null);
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers,
                @Nullable Socket socket) {
            return keyType.equals(identity.current().key().getAlgorithm()) ? ALIAS : null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] { ALIAS };
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity.current().chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.current().key();
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers,
                @Nullable Socket socket) {
            return null;
        }
    }

    /** Believes certificates that the authority has issued for clients. */
    private static final class Clients extends X509ExtendedTrustManager {
        private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

        private final TlsIdentity identity;

        Clients(TlsIdentity identity) {
            this.identity = identity;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            if (chain.length == 0) {
                throw new CertificateException("no certificate");
            }
            X509Certificate authority = identity.current().authority();
            X509Certificate own = chain[0];
            try {
                if (!own.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
                    throw new CertificateException("issued by another authority");
                }
                own.verify(authority.getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new CertificateException("not issued by this vault", e);
            }
            if (own.getBasicConstraints() >= 0 || own.getExtendedKeyUsage() == null
                    || !own.getExtendedKeyUsage().contains(CLIENT_AUTH)) {
                throw new CertificateException("not a certificate of a client");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("a vault node calls nobody");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] { identity.current().authority() };
        }
    }
}

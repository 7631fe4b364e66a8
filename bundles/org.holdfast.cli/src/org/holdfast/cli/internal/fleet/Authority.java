package org.holdfast.cli.internal.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** Fingerprints of the authority by which a vault server is known. */
final class Authority {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int DEFAULT_PORT = 8443;

    private Authority() {
    }

    /** The fingerprint a server shows; whether it is the right one is for a person to say. Nothing is sent to it. */
    static String shownBy(String address) {
        var seen = new AtomicReference<X509Certificate[]>();
        String bare = address.startsWith("https://") ? address.substring(8) : address;
        int colon = bare.lastIndexOf(':');
        boolean port = colon > bare.lastIndexOf(']');
        String host = port ? bare.substring(0, colon) : bare;
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(host.replaceAll("[\\[\\]]", ""),
                    port ? Integer.parseInt(bare.substring(colon + 1)) : DEFAULT_PORT), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] { new Looker(seen) }, null);
            try (var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true)) {
                socket.startHandshake();
            }
        } catch (IOException | IllegalArgumentException e) {
            if (seen.get() == null) {
                throw new HoldfastException(Problem.STORE_UNAVAILABLE,
                        "There is no vault server at " + address + ": " + e.getMessage(),
                        "Check the address and the port, and that the server runs.", e);
            }
        } catch (GeneralSecurityException e) {
            throw new HoldfastException(Problem.INTERNAL, "This Java runtime has no TLS: " + e.getMessage(), "", e);
        }
        X509Certificate[] chain = seen.get();
        return fingerprint(chain[chain.length - 1]);
    }

    /** The fingerprint of a certificate in a PEM file. */
    static String ofFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return fingerprint((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
        } catch (IOException | GeneralSecurityException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "There is no certificate in '" + file + "'.",
                    "Give the certificate of the vault's authority, ca.pem in its data folder.", e);
        }
    }

    /** A fingerprint as typed, without colons and in lower case. */
    static String typed(String text) {
        String hex = text.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + text + "' is no SHA-256 fingerprint.",
                    "It has 64 hexadecimal digits; the vault server shows it when it starts.");
        }
        return hex;
    }

    /** A fingerprint in pairs, as people compare them. */
    static String inPairs(String hex) {
        return hex.toUpperCase(Locale.ROOT).replaceAll("..(?!$)", "$0:");
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes a look at the certificates and trusts none. */
    private static final class Looker extends X509ExtendedTrustManager {
        private final AtomicReference<X509Certificate[]> seen;

        Looker(AtomicReference<X509Certificate[]> seen) {
            this.seen = seen;
        }

        private void look(X509Certificate[] chain) throws java.security.cert.CertificateException {
            seen.set(chain);
            throw new java.security.cert.CertificateException("only looking");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws java.security.cert.CertificateException {
            look(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws java.security.cert.CertificateException {
            look(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws java.security.cert.CertificateException {
            look(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws java.security.cert.CertificateException {
            look(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws java.security.cert.CertificateException {
            look(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws java.security.cert.CertificateException {
            look(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

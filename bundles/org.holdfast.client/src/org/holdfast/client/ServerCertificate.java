package org.holdfast.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.internal.Addresses;
import org.holdfast.client.internal.ServerTrust;

/**
 * What a vault server shows of itself before anybody trusts it. Whether it is the right one is for a person to say, who
 * compares the {@link #fingerprint} with what the server wrote when it started; {@link Trust.Pinned} takes it.
 *
 * @param chain the server's own certificate first, that of its authority last; at least one
 */
public record ServerCertificate(List<X509Certificate> chain) {
    private static final int TIMEOUT_MILLIS = 10_000;

    /** What a server shows. */
    public ServerCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("A server shows at least one certificate");
        }
    }

    /**
     * Asks a server for its certificates; nothing is sent to it and nothing believed.
     *
     * @param address host, host:port, [v6]:port or https://host:port; of several with commas the first that answers
     * @throws HoldfastException {@link Problem#STORE_UNAVAILABLE} when there is no server that shows any within ten
     *         seconds
     */
    public static ServerCertificate shownBy(String address) {
        int comma = address.indexOf(',');
        if (comma < 0) {
            return shownByOne(address.strip());
        }
        try {
            return shownByOne(address.substring(0, comma).strip());
        } catch (HoldfastException e) {
            // The next one may be there.
            return shownBy(address.substring(comma + 1));
        }
    }

    private static ServerCertificate shownByOne(String address) {
        var seen = new AtomicReference<X509Certificate[]>();
        try (var plain = new Socket()) {
            URI uri = Addresses.parse(address);
            String host = uri.getHost().replaceAll("[\\[\\]]", "");
            plain.connect(new InetSocketAddress(host, uri.getPort()), TIMEOUT_MILLIS);
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
        return new ServerCertificate(List.of(seen.get()));
    }

    /** SHA-256 of the certificate of the authority, the last one of the chain: 64 lower-case hex digits. */
    public String fingerprint() {
        return fingerprint(chain.getLast());
    }

    /** SHA-256 of a certificate: 64 lower-case hex digits. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("A certificate that cannot be encoded", e);
        }
    }

    /** Takes a look at the certificates and trusts none. */
    private static final class Looker extends ServerTrust {
        private final AtomicReference<X509Certificate[]> seen;

        Looker(AtomicReference<X509Certificate[]> seen) {
            this.seen = seen;
        }

        @Override
        protected void check(X509Certificate[] chain, String type, Connection connection)
                throws CertificateException {
            seen.set(chain);
            throw new CertificateException("only looking");
        }
    }
}

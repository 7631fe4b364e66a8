package org.holdfast.client.internal;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

import org.eclipse.jdt.annotation.Nullable;

/** Judges the certificates of servers in one place, however the connection is made; believes no client. */
public abstract class ServerTrust extends X509ExtendedTrustManager {
    /**
     * Judges a chain.
     *
     * @param chain the server's certificate first
     * @param type of the key exchange
     * @param connection over which it came
     * @throws CertificateException when it is not to be believed
     */
    protected abstract void check(X509Certificate[] chain, String type, Connection connection)
            throws CertificateException;

    /**
     * A connection in the making: one of the two, or none when it is not known.
     *
     * @param engine for who reads and writes without blocking
     * @param socket for who blocks
     */
    protected record Connection(@Nullable SSLEngine engine, @Nullable Socket socket) {
        /** The host that is called, null when it is not known. */
        @Nullable
        String host() {
            if (engine != null) {
                SSLSession session = engine.getHandshakeSession();
                return session == null ? engine.getPeerHost() : session.getPeerHost();
            }
            return socket instanceof SSLSocket tls && tls.getHandshakeSession() != null
                    ? tls.getHandshakeSession().getPeerHost()
                    : null;
        }

        /** Lets somebody else judge a chain that came over it. */
        void ask(X509ExtendedTrustManager other, X509Certificate[] chain, String type) throws CertificateException {
            if (engine != null) {
                other.checkServerTrusted(chain, type, engine);
            } else if (socket != null) {
                other.checkServerTrusted(chain, type, socket);
            } else {
                other.checkServerTrusted(chain, type);
            }
        }
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, type, new Connection(null, null));
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(chain, type, new Connection(null, socket));
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain, type, new Connection(engine, null));
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw notAServer();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw notAServer();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw notAServer();
    }

    private static CertificateException notAServer() {
        return new CertificateException("not a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

package org.holdfast.client.internal;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** What a failed connection means. */
final class Failures {
    private static final int MAX_CAUSES = 16;

    private Failures() {
    }

    /** A refusal that no repetition will change, null when it is worth trying again. */
    static @Nullable HoldfastException refusal(URI address, IOException e) {
        CertificateException certificate = cause(e, CertificateException.class);
        if (certificate != null) {
            return new HoldfastException(Problem.ACCESS_DENIED,
                    "The vault at " + address.getAuthority() + " is not the expected one: " + certificate.getMessage(),
                    "Check the address. If the vault's certificate was replaced on purpose, get new credentials.", e);
        }
        SSLException tls = cause(e, SSLException.class);
        String message = tls == null || tls.getMessage() == null ? "" : tls.getMessage();
        if (message.contains("certificate") && message.contains("alert") || message.contains("unknown_ca")) {
            return new HoldfastException(Problem.ACCESS_DENIED,
                    "The vault at " + address.getAuthority() + " refuses the certificate of this machine: " + message,
                    "Register again, or ask whether the certificate was revoked.", e);
        }
        return null;
    }

    /** Whether certainly nothing of the call has reached the vault. */
    static boolean beforeSending(IOException e) {
        return cause(e, ConnectException.class) != null || cause(e, NoRouteToHostException.class) != null
                || cause(e, UnknownHostException.class) != null || cause(e, HttpConnectTimeoutException.class) != null
                || cause(e, UnresolvedAddressException.class) != null
                || e instanceof SSLHandshakeException && cause(e, EOFException.class) != null;
    }

    /** What to tell when it does not work out in the end. */
    static HoldfastException unreachable(URI address, IOException e) {
        String why = e.getMessage();
        if (cause(e, UnresolvedAddressException.class) != null || cause(e, UnknownHostException.class) != null) {
            why = "the name is not known";
        } else if (e instanceof HttpConnectTimeoutException) {
            why = "no answer to the connection";
        } else if (cause(e, ConnectException.class) != null && (why == null || why.isEmpty())) {
            why = "the connection was refused";
        }
        return new HoldfastException(Problem.STORE_UNAVAILABLE,
                "The vault at " + address.getAuthority() + " cannot be reached: "
                        + (why == null ? e.getClass().getSimpleName() : why) + ".",
                "Check the network, the proxy and whether the vault is running.", e);
    }

    private static <T extends Throwable> @Nullable T cause(Throwable from, Class<T> type) {
        Throwable t = from;
        for (int i = 0; t != null && i < MAX_CAUSES; i++) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
            t = t.getCause();
        }
        return null;
    }
}

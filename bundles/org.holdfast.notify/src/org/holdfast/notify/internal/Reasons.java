package org.holdfast.notify.internal;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

import javax.net.ssl.SSLException;

/** Failures of connections, in words for people. */
public final class Reasons {
    private Reasons() {
    }

    /** What went wrong, one sentence. */
    public static String of(Throwable failure, String place) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SSLException) {
                return "The certificate or TLS of " + place + " is not accepted: " + innermost(each) + ".";
            }
            if (each instanceof UnknownHostException || each instanceof UnresolvedAddressException) {
                return "The name of " + place + " cannot be resolved.";
            }
            if (each instanceof SocketTimeoutException || each instanceof HttpTimeoutException) {
                return place + " does not answer in time.";
            }
            if (each instanceof ConnectException) {
                return place + " cannot be reached: " + innermost(each) + ".";
            }
        }
        return place + " failed: " + innermost(failure) + ".";
    }

    private static String innermost(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        String message = last.getMessage();
        return message == null || message.isBlank() ? last.getClass().getSimpleName()
                : message.strip().replaceAll("\\.+$", "");
    }
}

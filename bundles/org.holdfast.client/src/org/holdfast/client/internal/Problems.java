package org.holdfast.client.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.client.RemoteException;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.ProblemBody;

/** Refusals of the vault as exceptions. */
final class Problems {
    private static final int MAX_BODY = 64 << 10;

    private Problems() {
    }

    /** The exception for an answer that is no success. */
    static RemoteException of(int status, HttpHeaders headers, @Nullable InputStream body) {
        ProblemBody problem = read(body);
        Duration later = retryAfter(headers);
        if (problem == null || problem.code() == null) {
            return new RemoteException(byStatus(status), status, "http-" + status,
                    "The vault, or something on the way to it, answered with status " + status + ".", "", null, later);
        }
        return new RemoteException(problem(problem.code(), status), status, problem.code(),
                problem.detail() == null ? problem.code() : problem.detail(),
                problem.advice() == null ? "" : problem.advice(), problem.field(), later);
    }

    private static @Nullable ProblemBody read(@Nullable InputStream body) {
        if (body == null) {
            return null;
        }
        try {
            return Json.read(body.readNBytes(MAX_BODY), ProblemBody.class);
        } catch (IOException e) {
            // Proxies and load balancers answer with pages of their own; the status has to do then.
            return null;
        }
    }

    /** Seconds; the form with a date is not used between our programs and counts as not given. */
    private static @Nullable Duration retryAfter(HttpHeaders headers) {
        String text = headers.firstValue("Retry-After").orElse("");
        return text.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
    }

    static Problem problem(String code, int status) {
        String name = code.replace('-', '_').toUpperCase(Locale.ROOT);
        for (Problem problem : Problem.values()) {
            if (problem.name().equals(name)) {
                return problem;
            }
        }
        return code.equals("vault-full") || code.equals("quota-exceeded") ? Problem.STORE_FULL : byStatus(status);
    }

    private static Problem byStatus(int status) {
        return switch (status) {
            case 401, 403, 407 -> Problem.ACCESS_DENIED;
            case 507 -> Problem.STORE_FULL;
            case 408, 421, 425, 429 -> Problem.STORE_UNAVAILABLE;
            default -> status >= 500 || status < 400 ? Problem.STORE_UNAVAILABLE : Problem.INVALID_REQUEST;
        };
    }
}

package org.holdfast.vault.http.internal;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.spi.store.remote.StoreUnavailableException;
import org.holdfast.protocol.common.ProblemBody;
import org.holdfast.vault.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;

/** Turns failures into problems of RFC 9457. What is no refusal is a defect: logged, and told without its insides. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {
    }

    /** The problem that a failure is for the caller. */
    static ProblemBody of(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> ProblemBody.of(refusal.kind().status(), refusal.code(), refusal.getMessage(),
                    refusal.advice(), refusal.field());
            case HoldfastException known -> known(known);
            case JsonProcessingException json -> json(json);
            case StoreUnavailableException away -> away(away);
            default -> isTimeout(failure) ? ProblemBody.of(408, "request-too-slow", "The request came too slowly.", "")
                    : defect(failure);
        };
    }

    /** No defect, and agents come back by themselves. */
    private static ProblemBody away(StoreUnavailableException away) {
        LOG.warn("the store is away: {}", away.getMessage());
        return ProblemBody.of(503, "store-unavailable", "The vault's store cannot be reached.",
                "Try again later; what was stored stays.");
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static ProblemBody known(HoldfastException known) {
        int status = switch (known.problem()) {
            case INVALID_REQUEST, WEAK_PASSPHRASE -> 400;
            case ACCESS_DENIED -> 403;
            case VAULT_NOT_FOUND, POINT_NOT_FOUND, PATH_NOT_FOUND, OBJECT_MISSING -> 404;
            case VAULT_EXISTS, CANCELLED -> 409;
            case STORE_FULL -> 507;
            case STORE_UNAVAILABLE -> 503;
            case INTERNAL -> 500;
            default -> 422;
        };
        if (status >= 500) {
            LOG.error("a request failed: {}", known.getMessage(), known);
        }
        String code = known.problem().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return ProblemBody.of(status, code, known.getMessage(), known.advice());
    }

    private static ProblemBody json(JsonProcessingException json) {
        for (Throwable cause = json.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof HoldfastException known) {
                return of(known);
            }
        }
        if (json instanceof JsonMappingException mapping && !(json.getCause() instanceof JsonParseException)) {
            String field = field(mapping.getPath());
            String detail = field == null ? "The body is JSON, but not of the form that belongs here."
                    : "The value of \"" + field + "\" is missing or does not fit.";
            return ProblemBody.of(400, "invalid-request", detail, "The OpenAPI document tells the form.", field);
        }
        return ProblemBody.of(400, "invalid-json", "The body is no JSON, or nested too deeply.", "");
    }

    private static @Nullable String field(List<JsonMappingException.Reference> path) {
        String joined = path.stream()
                .map(each -> each.getFieldName() == null ? "[" + each.getIndex() + "]" : each.getFieldName())
                .collect(Collectors.joining(".")).replace(".[", "[");
        if (joined.isEmpty()) {
            return null;
        }
        return joined.length() > 100 ? joined.substring(0, 100) : joined;
    }

    private static ProblemBody defect(Throwable failure) {
        LOG.error("a request failed because of a defect", failure);
        return ProblemBody.of(500, "internal", "The vault has failed at this request.",
                "Its log tells more; please report it.");
    }
}

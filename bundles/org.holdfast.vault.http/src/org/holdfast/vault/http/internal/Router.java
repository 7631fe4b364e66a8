package org.holdfast.vault.http.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.ProblemBody;
import org.holdfast.protocol.people.SecurityPin;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.http.Access;
import org.holdfast.vault.http.AuditSink;
import org.holdfast.vault.http.Caller;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.RequestObserver;
import org.holdfast.vault.http.Route;

/**
 * The way of every request: find its route, ask who calls and whether they may, read and check what they sent, let the
 * endpoint answer, take the change down. There is no other way in, so nothing can be forgotten for a single route.
 */
public final class Router extends Handler.Abstract {
    private static final String JSON = "application/json";
    /** Statuses of requests that were not even understood, or not looked at; they attempted nothing. */
    private static final Set<Integer> MALFORMED = Set.of(400, 408, 411, 413, 415, 428, 429, 503);

    private final RouteTable table;
    private final Gate gate;
    private final AuditSink audit;
    private final Signals signals;
    private final Repetitions repetitions;
    private final BodyBudget budget;
    private final AccessLog log;
    private final RequestObserver observer;

    Router(RouteTable table, Gate gate, AuditSink audit, Signals signals, Repetitions repetitions, AccessLog log,
            RequestObserver observer) {
        this.table = table;
        this.gate = gate;
        this.audit = audit;
        this.signals = signals;
        this.repetitions = repetitions;
        this.budget = new BodyBudget();
        this.log = log;
        this.observer = observer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // while an endpoint works or waits, silence on the connection means nothing
        request.addIdleTimeoutListener(timeout -> false);
        Visit visit = new Visit(request);
        try {
            answer(visit, response, callback);
        } catch (Exception e) {
            fail(visit, response, callback, e);
        } finally {
            log.answered(visit.call, visit.route, request, response.getStatus(), visit.nanos());
            observer.answered(visit.route, response.getStatus(), visit.nanos());
        }
        return true;
    }

    private void answer(Visit visit, Response response, Callback callback) throws Exception {
        Request request = visit.request;
        List<String> path = Decoder.segments(request.getHttpURI().getPath());
        RouteTable.Match match = table.find(request.getMethod(), path);
        if (match == null) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "no-such-path", "There is nothing at this path.",
                    "GET /api/v1/openapi.json lists all there is.");
        }
        Route route = match.route();
        if (route == null) {
            visit.allowed = match.allowed();
            throw new Refusal(Refusal.Kind.METHOD, "method-not-allowed", "That cannot be done at this path.",
                    "Possible is " + match.allowed() + ".");
        }
        visit.route = route;
        HttpCall call = new HttpCall(request, match, Decoder.query(request.getHttpURI().getQuery()), signals);
        visit.call = call;
        Caller caller = gate.identify(request, route.access());
        call.caller(caller, permission -> gate.allows(caller, permission));
        gate.admit(call.caller(), route.access());
        if (route.editable()) {
            call.version(Preconditions.ifMatch(call));
        }
        byte[] sent = readBody(call);
        Repetitions.Attempt attempt = repetitions.begin(call, path, sent);
        try {
            Answers.Ready known = attempt.known();
            if (known != null) {
                Answers.send(response, callback, known);
                return;
            }
            Object given = handle(visit, route, call);
            Reply reply = given instanceof Reply full ? full : given == null ? Reply.empty() : Reply.of(given);
            if (reply.stream() != null) {
                takeDown(visit, "ok");
                int status = reply.status() != 0 ? reply.status() : route.status();
                Answers.stream(response, status, reply, reply.stream(), request.getMethod().equals("HEAD"));
                callback.succeeded();
                return;
            }
            Answers.Ready ready = Preconditions.ifNoneMatch(call, Answers.ready(route, reply));
            attempt.finish(ready);
            takeDown(visit, "ok");
            Answers.send(response, callback, ready);
        } finally {
            attempt.close();
            budget.release(sent.length);
        }
    }

    private @Nullable Object handle(Visit visit, Route route, HttpCall call) throws Exception {
        if (!isTakenDown(route, call)) {
            return route.handler().handle(call);
        }
        return audit.with(() -> entry(visit, route, call, "ok"), call.header(SecurityPin.HEADER).orElse(""),
                () -> visit.takenDown = "ok",
                () -> route.handler().handle(call));
    }

    private byte[] readBody(HttpCall call) throws IOException {
        Class<?> type = call.route().request();
        if (type == null) {
            return new byte[0];
        }
        String mediaType = call.header("Content-Type").orElse(JSON);
        int semicolon = mediaType.indexOf(';');
        if (!(semicolon < 0 ? mediaType : mediaType.substring(0, semicolon)).trim().equalsIgnoreCase(JSON)) {
            throw new Refusal(Refusal.Kind.MEDIA_TYPE, "json-expected", "The body must be JSON.",
                    "Send it with \"Content-Type: application/json\".");
        }
        byte[] bytes = budget.read(call.stream(), call.length());
        try {
            Object body = Json.read(bytes, type);
            if (body == null) {
                throw Refusal.invalid("", "The body is empty.");
            }
            BodyCheck.check(body);
            call.body(body);
            return bytes;
        } catch (IOException | RuntimeException e) {
            budget.release(bytes.length);
            throw e;
        }
    }

    private void fail(Visit visit, Response response, Callback callback, Exception failure) {
        if (response.isCommitted()) {
            callback.failed(failure);
            return;
        }
        if (Disconnects.isOne(failure)) {
            callback.failed(failure);
            return;
        }
        ProblemBody problem = Problems.of(failure);
        try {
            if (!MALFORMED.contains(problem.status())) {
                takeDown(visit, problem.code());
            }
        } catch (RuntimeException e) {
            problem = Problems.of(e);
        }
        boolean drained = problem.status() != 408 && Drain.rest(visit.request, visit.call);
        response.reset();
        List<HttpField> more = new ArrayList<>();
        if (problem.status() == 401 && visit.route != null && !(visit.route.access() instanceof Access.Agent)) {
            more.add(new HttpField(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"holdfast\""));
        }
        if (problem.status() == 405) {
            more.add(new HttpField(HttpHeader.ALLOW, visit.allowed));
        }
        if (problem.status() == 429 || problem.status() == 503) {
            more.add(new HttpField(HttpHeader.RETRY_AFTER, problem.status() == 429 ? "30" : "5"));
        }
        if (!drained) {
            more.add(new HttpField(HttpHeader.CONNECTION, "close"));
        }
        Answers.send(response, callback, problem, more.toArray(HttpField[]::new));
    }

    private void takeDown(Visit visit, String result) {
        HttpCall call = visit.call;
        Route route = visit.route;
        // what failed after its first change is in the audit twice: as done, with that change, and as failed
        if (call != null && route != null && isTakenDown(route, call) && !result.equals(visit.takenDown)) {
            visit.takenDown = result;
            audit.record(entry(visit, route, call, result));
        }
    }

    private static boolean isTakenDown(Route route, HttpCall call) {
        return route.isAudited()
                && !(call.caller() instanceof Caller.Nobody && !(route.access() instanceof Access.Open));
    }

    private static AuditSink.Entry entry(Visit visit, Route route, HttpCall call, String result) {
        return new AuditSink.Entry(call.caller(), call.address(), route.name(),
                visit.request.getHttpURI().getDecodedPath(), result, call.auditDetail());
    }

    /** What is known of a request so far. */
    private static final class Visit {
        private final Request request;
        private final long began = System.nanoTime();
        private @Nullable Route route;
        private @Nullable HttpCall call;
        private String allowed = "";
        private @Nullable String takenDown;

        Visit(Request request) {
            this.request = request;
        }

        long nanos() {
            return System.nanoTime() - began;
        }
    }
}

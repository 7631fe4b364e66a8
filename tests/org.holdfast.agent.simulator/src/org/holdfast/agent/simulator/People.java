package org.holdfast.agent.simulator;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.LoginRequest;

import com.fasterxml.jackson.databind.JsonNode;

/** The administrator of the vault under test. Several may ask at once. */
final class People implements AutoCloseable {
    private static final String NAME = "bench";
    private static final String VAULT = "/api/v1/vaults/" + NAME;
    private static final String PASSWORD = "correct horse battery staple";
    private static final int CONNECTIONS = 8;
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final BlockingQueue<Connection> connections = new ArrayBlockingQueue<>(CONNECTIONS);
    private final int nodes;
    private String token = "";

    /** Signs the first administrator of a new vault node in and makes a vault. */
    People(List<Connection.Endpoint> endpoints, Trust trust, String user, String secret)
            throws IOException, GeneralSecurityException {
        nodes = endpoints.size();
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(new Connection(endpoints, 0, trust.nobody()));
        }
        token = signIn(user, secret);
        send("POST", "/api/v1/users/" + user + "/password", new ChangePassword(secret, PASSWORD)).require();
        token = signIn(user, PASSWORD);
        send("POST", "/api/v1/vaults", Map.of("name", NAME)).require();
    }

    private String signIn(String user, String password) throws IOException {
        return send("POST", "/api/v1/login", new LoginRequest(user, password)).as(LoginAnswer.class).token();
    }

    /** Again at the next node when one is gone; what is asked for has an id or changes nothing. */
    private Connection.Answer send(String method, String path, Object body) throws IOException {
        for (int left = 4 * (nodes - 1);; left--) {
            try {
                return once(method, path, body);
            } catch (Connection.RefusedException e) {
                throw e;
            } catch (IOException e) {
                if (left <= 0) {
                    throw e;
                }
                Fleet.pauseUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200));
            }
        }
    }

    private Connection.Answer once(String method, String path, Object body) throws IOException {
        Connection connection;
        try {
            connection = connections.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        try {
            if (connection.isIdleFor(IDLE)) {
                connection.close(); // the vault may be about to do so
            }
            return connection.send(method, path, body, "Authorization: Bearer " + token);
        } finally {
            connections.add(connection);
        }
    }

    /** The token of a credentials file that registers so many servers. */
    String credentials(int uses) throws IOException {
        return send("POST", VAULT + "/credentials", new CreateCredentials(null, List.of("bench"), 1, uses))
                .as(CredentialsFile.class).token();
    }

    /** Asks for a backup. */
    void backUp(String job, String server) throws IOException {
        send("POST", VAULT + "/jobs", StartJob.backup(job, server)).require();
    }

    /** Makes a policy that holds for every server. */
    void protectAll(String path) throws IOException {
        send("POST", VAULT + "/policies", Policy.standard("daily").withItems(List.of(path))).require();
        send("PUT", VAULT + "/policies/daily/assignments", new PolicyAssignments(List.of(), true)).require();
    }

    /** How many servers a filter of the list leaves. */
    long servers(String filter) throws IOException {
        Connection.Answer answer = send("GET", VAULT + "/servers?limit=1" + filter, null);
        answer.require();
        return Json.mapper().readTree(answer.body()).path("total").longValue();
    }

    /** A field of everything in a list, by another one. */
    Map<String, String> all(String list, String key, String field) throws IOException {
        var all = new HashMap<String, String>();
        String next = "";
        while (next != null) {
            Connection.Answer answer = send("GET", VAULT + list + "?limit=200" + next, null);
            answer.require();
            JsonNode page = Json.mapper().readTree(answer.body());
            page.get("items").forEach(item -> all.put(item.get(key).textValue(), item.get(field).textValue()));
            JsonNode cursor = page.get("next");
            next = cursor == null || cursor.isNull() ? null
                    : "&after=" + URLEncoder.encode(cursor.textValue(), StandardCharsets.UTF_8);
        }
        return all;
    }

    @Override
    public void close() {
        connections.forEach(Connection::close);
    }
}

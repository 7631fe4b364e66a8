package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.ProblemBody;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.http.Access;
import org.holdfast.vault.http.Method;
import org.holdfast.vault.http.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

/** Calls all routes of a running node, so that no route can be forgotten: rights, the document, hostile bodies. */
class EveryRouteTest {
    /** Streams that never end by themselves. */
    private static final Set<String> ENDLESS = Set.of("watch-events");
    /** They end the session of the caller. */
    private static final Set<String> LEAVING = Set.of("logout");

    @TempDir
    private static Path folder;

    private static VaultNode node;
    private static NodeClient nobody;
    private static NodeClient administrator;
    private static NodeClient reader;
    private static NodeClient agent;
    private static JsonNode document;

    @BeforeAll
    static void start() throws IOException {
        node = VaultNode.start(folder);
        administrator = node.signIn();
        nobody = administrator.as(null);
        administrator.send("POST", "/api/v1/vaults", "{\"name\":\"main\"}");
        administrator.send("POST", "/api/v1/users",
                "{\"name\":\"ruth\",\"fullName\":\"Ruth\",\"password\":\"a long enough secret\","
                        + "\"roles\":[\"reader\"]}");
        NodeClient before = nobody.login("ruth", "a long enough secret");
        before.send("POST", "/api/v1/users/ruth/password",
                "{\"oldPassword\":\"a long enough secret\",\"newPassword\":\"" + VaultNode.PASSWORD + "\"}");
        reader = nobody.login("ruth", VaultNode.PASSWORD);
        agent = node.enrol(administrator, "main", "machine-0123456789");
        document = Json.mapper().readTree(nobody.send("GET", "/api/v1/openapi.json", null).body());
    }

    @AfterAll
    static void stop() {
        agent.close();
        nobody.close();
        node.close();
    }

    @Test
    void strangersGetNothing() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Route route : node.server().routes()) {
            HttpResponse<String> answer = send(nobody, route, body(route));
            String expected = switch (route.access()) {
                case Access.Open open -> answer.statusCode() < 500 ? "" : "no failure";
                case Access.SignedIn signedIn -> "sign-in-required";
                case Access.Person person -> "sign-in-required";
                case Access.Agent any -> "certificate-required";
            };
            boolean told = route.method() == Method.HEAD ? answer.statusCode() == 401
                    : answer.body().contains("\"" + expected + "\"");
            if (!expected.isEmpty() && !told) {
                wrong.add(route + ": " + answer.statusCode() + " " + answer.body());
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void peopleAreNoAgentsAndAgentsNoPeople() {
        List<String> wrong = new ArrayList<>();
        for (Route route : node.server().routes()) {
            boolean forAgents = route.access() instanceof Access.Agent;
            if (route.access() instanceof Access.Open || LEAVING.contains(route.name())) {
                continue;
            }
            HttpResponse<String> answer = send(forAgents ? administrator : agent, route, body(route));
            if (answer.statusCode() != 401) {
                wrong.add(route + ": " + answer.statusCode() + " " + answer.body());
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void readersChangeNothing() throws IOException {
        Map<String, Long> before = rows();
        List<String> wrong = new ArrayList<>();
        for (Route route : node.server().routes()) {
            if (!(route.access() instanceof Access.Person) || ENDLESS.contains(route.name())) {
                continue;
            }
            HttpResponse<String> answer = send(reader, route, body(route));
            boolean refused =
                    answer.statusCode() == 403 && route.method() != Method.HEAD && code(answer).equals("not-permitted");
            if (answer.statusCode() >= 500 || route.method().changes() && !refused && answer.statusCode() < 300
                    && !rows().equals(before)) {
                wrong.add(route + ": " + answer.statusCode() + " " + answer.body());
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(before, rows());
    }

    @Test
    void answersAreAsDocumented() throws IOException {
        Documented documented = new Documented(document);
        List<String> wrong = new ArrayList<>();
        int good = 0;
        for (Route route : node.server().routes()) {
            if (ENDLESS.contains(route.name()) || LEAVING.contains(route.name()) || route.method() == Method.DELETE) {
                continue;
            }
            HttpResponse<String> answer = send(callerOf(route), route, body(route));
            good += answer.statusCode() < 300 ? 1 : 0;
            for (String difference : documented.differences(route, answer)) {
                wrong.add(route + " " + answer.statusCode() + ": " + difference);
            }
            if (answer.statusCode() >= 500) {
                wrong.add(route + ": " + answer.statusCode() + " " + answer.body());
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(good > 10, "only " + good + " calls went well");
    }

    @Test
    void mangledBodiesNeitherBreakNorChangeAnything() throws IOException {
        Bodies bodies = new Bodies(document, 11);
        List<String> wrong = new ArrayList<>();
        for (Route route : node.server().routes()) {
            JsonNode schema = schema(route);
            if (schema == null) {
                continue;
            }
            Map<String, Long> before = rows();
            boolean changed = false;
            for (String body : bodies.mangled(schema, 40)) {
                HttpResponse<String> answer = send(callerOf(route), route, body);
                changed |= answer.statusCode() < 300;
                if (answer.statusCode() >= 500) {
                    wrong.add(route + ": " + answer.statusCode() + " for "
                            + body.substring(0, Math.min(300, body.length())));
                }
            }
            if (!changed && !rows().equals(before)) {
                wrong.add(route + " has changed something: " + before + " to " + rows());
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(200, nobody.send("GET", "/health", null).statusCode());
    }

    @Test
    void strangeNamesAndQueriesBreakNothing() throws IOException {
        // Three of the longest still fit into a request line; a longer one ends the connection.
        List<String> names = List.of("x'--", "%F0%9F%92%A9", "a%20b", "%E2%80%AE", "A".repeat(2_000), "-1", "null",
                "%25", "00000000-0000-0000-0000-00000000000g", "main%20");
        List<String> queries = List.of("limit=0", "limit=99999999999999999999", "limit=-1", "sort=nothing",
                "sort=name;drop", "sort=-,-,-", "filter=x", "filter=name~%3D'%22%25_", "filter=%3D",
                "filter=state%3Dnothing", "filter=created%3E%3Dyesterday", "filter=points%3E%3D1e9", "after=garbage",
                "after=bnVsbA", "sort=name&after=eyJ4IjoxfQ", "vault=%F0%9F%92%A9", "server=1&server=2", "prefix=../..",
                "filter=" + "x".repeat(2_000), "after=" + "A".repeat(3_000), "days=-5", "from=x&until=y");
        List<String> wrong = new ArrayList<>();
        for (Route route : node.server().routes()) {
            if (LEAVING.contains(route.name()) || ENDLESS.contains(route.name())) {
                continue;
            }
            for (String name : route.path().variables().isEmpty() ? List.<String>of() : names) {
                StringBuilder path = new StringBuilder();
                route.path().segments().forEach(each -> path.append('/').append(each.variable() ? name : each.name()));
                check(route, path.toString(), body(route), wrong);
            }
            for (String query : route.method() == Method.GET ? queries : List.<String>of()) {
                check(route, path(route) + "?" + query, null, wrong);
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static void check(Route route, String path, String body, List<String> wrong) {
        HttpResponse<String> answer = callerOf(route).send(route.method().name(), path, body, "If-Match", "\"1\"");
        if (answer.statusCode() >= 500) {
            wrong.add(answer.statusCode() + " for " + route.method() + " " + path.substring(0, Math.min(200,
                    path.length())));
        }
    }

    private static NodeClient callerOf(Route route) {
        return route.access() instanceof Access.Agent ? agent : administrator;
    }

    private static JsonNode schema(Route route) {
        return route.request() == null ? null
                : document.get("paths").get(route.path().forDocument())
                        .get(route.method().name().toLowerCase(Locale.ROOT))
                        .at("/requestBody/content/application~1json/schema");
    }

    private static String body(Route route) {
        JsonNode schema = schema(route);
        return schema == null ? route.takesBytes() ? "{}" : null
                : new Bodies(document, 5).fitting(schema, 0).toString();
    }

    private static String path(Route route) {
        StringBuilder path = new StringBuilder();
        route.path().segments().forEach(segment -> path.append('/').append(!segment.variable() ? segment.name()
                : segment.name().equals("vault") ? "main"
                        : segment.name().equals("server") || segment.name().equals("id")
                                || segment.name().equals("job") ? "11111111-2222-3333-4444-555555555555" : "daily"));
        return path.toString();
    }

    private static HttpResponse<String> send(NodeClient client, Route route, String body) {
        String path = path(route);
        if (path.endsWith("/poll") && body != null) {
            return client.send(route.method().name(), path, body.replaceAll("\"waitSeconds\":\\d+",
                    "\"waitSeconds\":0"), "If-Match", "\"1\"");
        }
        return client.send(route.method().name(), path, body, "If-Match", "\"1\"");
    }

    private static String code(HttpResponse<String> answer) throws IOException {
        return Json.read(answer.body(), ProblemBody.class).code();
    }

    /** How many rows each table has, besides those that take down attempts. */
    private static Map<String, Long> rows() {
        return node.get(Catalog.class).read(handle -> {
            Map<String, Long> counts = new TreeMap<>();
            for (String table : handle.createQuery("select table_name from information_schema.tables"
                    + " where lower(table_schema) = 'public' and table_type = 'BASE TABLE'").mapTo(String.class)
                    .list()) {
                String name = table.toLowerCase(Locale.ROOT);
                if (!name.startsWith("audit") && !name.contains("token") && !name.contains("flyway")) {
                    counts.put(name, handle.createQuery("select count(*) from " + name).mapTo(Long.class).one());
                }
            }
            return counts;
        });
    }
}

package org.holdfast.cli.internal;

import static org.holdfast.cli.internal.FleetNode.done;
import static org.holdfast.cli.internal.FleetNode.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

/** The commands for a fleet against a whole vault server: what they do, how they fail, and who may not. */
@Timeout(120)
class FleetCommandsTest {
    private static final String DENIED = "ACCESS_DENIED";
    private static final String INVALID = "INVALID_REQUEST";

    @TempDir
    private static Path folder;
    private static FleetNode node;
    private static Run admin;
    private static Run reader;
    private static Run operator;
    private static String point;
    private static Path data;

    @BeforeAll
    static void start() throws IOException {
        node = new FleetNode(folder);
        admin = node.signIn("admin", node.firstSecret());
        reader = node.person(admin, "rita", "reader");
        operator = node.person(admin, "otto", "operator");
        done(admin, "vault", "new", "main");
        data = Files.createDirectories(folder.toRealPath().resolve("data"));
        Files.writeString(data.resolve("letter.txt"), "Dear Anna");
        Path credentials = folder.resolve("start.creds");
        done(admin, "credentials", "create", "--vault", "main", "--out", credentials.toString());
        point = node.protect("web", credentials, data);
        for (Run person : List.of(admin, reader, operator)) {
            done(person, "vault", "use", "main");
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static List<String> texts(JsonNode array, String field) {
        var found = new ArrayList<String>();
        array.forEach(each -> found.add(each.get(field).textValue()));
        return found;
    }

    @Test
    void deletedPointsAreListedApartAndComeBack() throws IOException {
        var before = done(admin, "point", "forecast", "web").json().get(0);
        assertEquals(point, before.get("point").textValue());
        assertFalse(before.has("deleted"));
        refused(1, DENIED, operator, "point", "delete", point.substring(0, 8));

        done(admin, "point", "delete", point.substring(0, 8));
        assertEquals(0, done(reader, "point", "list").json().size());
        assertEquals(List.of(point), texts(done(reader, "point", "list", "--deleted").json(), "id"));
        assertEquals("admin", done(reader, "point", "forecast", "web").json().get(0).get("deletedBy").textValue());
        refused(2, INVALID, admin, "server", "delete-data", "web");

        done(admin, "point", "undelete", point);
        assertEquals(List.of(point), texts(done(reader, "point", "list").json(), "id"));
        assertEquals(0, done(admin, "server", "undelete-data", "web").json().get("points").intValue());
        assertFalse(done(admin, "vault", "clock", "--accept").json().has("frozen"));
    }

    @Test
    void theVaultLooksAfterWhatItKeeps() throws IOException {
        assertEquals(30, done(reader, "vault", "maintenance").json().get("scrubDays").intValue());
        var set = done(admin, "vault", "maintenance", "--window", "22:00-06:00", "--zone", "Europe/Berlin",
                "--scrub-budget", "2T").json();
        assertEquals("22:00", set.get("from").textValue().substring(0, 5));
        assertEquals(2L << 40, set.get("scrubBytes").longValue());
        refused(1, DENIED, reader, "vault", "maintenance", "--window", "none");
        refused(2, INVALID, admin, "vault", "maintenance", "--window", "soon");
        assertFalse(done(admin, "vault", "maintenance", "--window", "none", "--scrub-budget", "none").json()
                .has("from"));
        assertEquals("web", done(reader, "vault", "scrub").json().get(0).get("server").textValue());
        assertEquals(0, done(reader, "vault", "damage").json().size());
    }

    @Test
    void nothingWaitsForApprovalWithoutAnOfficerAndTheAuditCanBeExported() throws IOException {
        assertEquals(0, done(admin, "approval", "list").json().size());
        refused(1, DENIED, operator, "approval", "list");
        refused(2, INVALID, admin, "approval", "approve", "12345678", "--remark", "yes");
        assertEquals(0, admin.run("audit", "export", "--json"), admin::err);
        List<String> lines = admin.out().lines().toList();
        assertTrue(lines.size() > 3 && Run.JSON.readTree(lines.getFirst()).get("seq").intValue() == 1, admin::out);
        assertEquals(lines.size(), Run.JSON.readTree(lines.getLast()).get("seq").intValue());
        assertTrue(admin.err().contains("The chain holds."), admin::err);
    }

    @Test
    void signInKeepsATokenThatSignOutTakesAway() throws IOException {
        Run anna = node.person(admin, "anna", "operator");
        Path login = Path.of(anna.variables.get("HOLDFAST_LOGIN"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(login)));
        assertFalse(Files.readString(login).contains(FleetNode.PASSWORD));

        var me = done(anna, "whoami").json();
        assertEquals("anna", me.get("user").textValue());
        assertEquals("operator", me.get("roles").get(0).textValue());

        done(anna, "logout");
        assertFalse(Files.exists(login));
        refused(1, DENIED, anna, "whoami");
    }

    @Test
    void signInTrustsNobodyUnasked() throws IOException {
        Run stranger = node.as("stranger");
        Path password = node.file("stranger-password", FleetNode.PASSWORD + "\n");
        String file = password.toString();

        refused(1, DENIED, stranger, "login", node.address(), "--password-file", file, "--fingerprint",
                "00".repeat(32));
        refused(2, INVALID, stranger, "login", node.address(), "--password-file", file, "--fingerprint", "12:34");
        refused(2, INVALID, stranger, "login", node.address(), "--password-file", file);

        assertEquals(1, stranger.asked.size(), "without a fingerprint a person is asked");
        stranger.typed.add("no");
        refused(1, "CANCELLED", stranger, "login", node.address(), "--password-file", file);
        stranger.typed.add("yes");
        assertEquals(0, stranger.run("login", node.address(), "--password-file", file, "--json"), stranger.err());
        assertEquals("admin", stranger.json().get("user").textValue());
        refused(1, DENIED, stranger, "login", node.address(), "--ca", node.authority().toString(), "--password-file",
                node.file("wrong", "wrong password\n").toString());
    }

    @Test
    void vaults() throws IOException {
        assertEquals("westeurope", done(admin, "vault", "new", "second", "--region", "westeurope", "--tag", "owner=ops")
                .json().get("region").textValue());
        var changed = done(admin, "vault", "set", "second", "--tag", "owner=", "--redundancy", "geo").json();
        assertTrue(changed.get("tags").isEmpty());
        assertEquals("westeurope", changed.get("region").textValue(), "what is not named stays");
        assertTrue(texts(done(reader, "vault", "list").json(), "name").containsAll(List.of("main", "second")));
        assertEquals(1, admin.run("vault", "check-name", "second", "--json"));
        assertFalse(admin.json().get("available").booleanValue());
        done(admin, "vault", "remove", "second");

        refused(2, INVALID, admin, "vault", "set", "main", "--tag", "noequals");
        refused(2, INVALID, admin, "vault", "use", "second");
        refused(1, DENIED, reader, "vault", "new", "mine");
    }

    @Test
    void credentials() throws IOException {
        Path file = folder.resolve("more.creds");
        done(admin, "credentials", "create", "--out", file.toString(), "--uses", "3", "--tag", "web");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        JsonNode made = null;
        for (JsonNode each : done(reader, "credentials", "list").json()) {
            made = each.get("uses").intValue() == 3 ? each : made;
        }
        done(admin, "credentials", "revoke", made.get("id").textValue().substring(0, 8));

        refused(2, INVALID, admin, "credentials", "create", "--out", file.toString());
        refused(2, INVALID, admin, "credentials", "revoke", "ffffffff");
        Path never = folder.resolve("never.creds");
        refused(1, DENIED, operator, "credentials", "create", "--out", never.toString());
        assertFalse(Files.exists(never), "nothing is left of a refusal");
    }

    @Test
    void servers() throws IOException {
        assertEquals(List.of("web"), texts(done(reader, "server", "list", "--name", "we").json(), "name"));
        assertEquals("web", done(reader, "server", "show", "web").json().get("hostname").textValue());
        assertEquals("blue", done(admin, "server", "set", "web", "--tag", "blue").json().get("tags").get(0)
                .textValue());
        assertEquals("/srv", done(admin, "server", "items", "web", "/srv").json().get("items").get(0).textValue());
        assertTrue(done(admin, "server", "items", "web", "--clear").json().get("items").isEmpty());

        refused(2, INVALID, admin, "server", "show", "nobody");
        refused(2, INVALID, admin, "server", "assign", "web");
        refused(1, DENIED, operator, "server", "set", "web", "--name", "other");
        refused(1, DENIED, operator, "server", "retire", "web");
    }

    @Test
    void policies() throws IOException {
        var made = done(admin, "policy", "create", "nightly", "--item", "/etc", "--daily-at", "22:00", "--keep-daily",
                "30").json();
        assertEquals(30, made.at("/retention/daily").intValue());
        assertEquals(2, done(admin, "policy", "update", "nightly", "--keep-daily", "31").json().get("version")
                .intValue());
        assertEquals(31, done(reader, "policy", "show", "nightly").json().at("/retention/daily").intValue());
        assertTrue(texts(done(reader, "policy", "list").json(), "name").contains("nightly"));
        done(admin, "policy", "assign", "nightly", "--tag", "nights");
        assertEquals(3, done(reader, "policy", "preview", "nightly", "--runs", "3").json().get("runs").size());
        done(admin, "server", "assign", "web", "nightly");
        assertEquals("nightly", done(reader, "server", "show", "web").json().get("policy").textValue());
        done(admin, "server", "assign", "web", "--none");
        done(admin, "policy", "assign", "nightly", "--remove-tag", "nights");
        done(admin, "policy", "remove", "nightly");

        refused(2, INVALID, reader, "policy", "show", "nightly");
        refused(2, INVALID, admin, "policy", "create", "odd", "--daily-at", "25:00");
        refused(1, DENIED, operator, "policy", "create", "mine");
    }

    @Test
    void jobs() throws IOException {
        var asked = done(operator, "job", "start", "backup", "web", "/srv").json();
        String id = asked.get("id").textValue();
        assertEquals("backup", asked.get("kind").textValue());
        assertEquals("otto", asked.get("requestedBy").textValue());
        assertTrue(texts(done(reader, "job", "list", "--server", "web").json(), "id").contains(id));
        assertEquals(id, done(reader, "job", "show", id.substring(0, 8)).json().get("id").textValue());
        assertEquals(0, done(reader, "job", "warnings", id).json().size());
        assertEquals("cancelled", done(operator, "job", "cancel", id).json().get("state").textValue(),
                "no agent had it yet");
        assertEquals(1, reader.run("job", "watch", id, "--json"), "a cancelled job is no success for the shell");

        refused(2, INVALID, operator, "job", "start", "restore", "web");
        refused(2, INVALID, operator, "job", "show", "ffffffff");
        refused(1, DENIED, reader, "job", "start", "backup", "web");
    }

    @Test
    void pointsAndAlerts() throws IOException {
        assertEquals(List.of(point), texts(done(reader, "point", "list", "web").json(), "id"));
        assertEquals(0, reader.run("point", "list"));
        assertTrue(reader.out().contains(point.substring(0, 8)), reader.out());
        assertTrue(done(reader, "alert", "list").json().isArray());

        refused(2, INVALID, reader, "point", "list", "nobody");
        String begin = point.substring(0, 8);
        refused(1, DENIED, reader, "point", "pin", begin);
        JsonNode pinned = done(operator, "point", "pin", begin, "--remark", "audit").json();
        assertEquals("audit", pinned.at("/pin/remark").asText());
        assertEquals(0, reader.run("point", "list"));
        assertTrue(reader.out().contains("pinned"), reader.out());
        refused(1, DENIED, operator, "point", "pin", begin, "--until", "30d");
        assertTrue(done(admin, "point", "pin", begin, "--until", "30d").json().at("/pin/until").isTextual());
        refused(1, DENIED, operator, "point", "unpin", begin);
        assertTrue(done(admin, "point", "unpin", begin).json().path("pin").isMissingNode());
        refused(2, INVALID, reader, "alert", "acknowledge", "ffffffff");
    }

    @Test
    void eventsComeAsTheyHappen() throws Exception {
        Run listener = node.as("rita");
        var heard = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                listener.cancel.cancel();
            }
        };
        listener.outOverride = heard;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> code = threads.submit(() -> listener.run("events", "--json"));
            while (!code.isDone()) {
                String id = done(operator, "job", "start", "check", "web").json().get("id").textValue();
                done(operator, "job", "cancel", id);
            }
            assertEquals(0, code.get(), listener::err);
        }
        assertTrue(Run.JSON.readTree(heard.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow())
                .isObject(), heard::toString);

        refused(1, DENIED, node.as("nobody"), "events");
    }

    @Test
    void accountsAndAudit() throws IOException {
        Path first = node.file("temporary", "a temporary password\n");
        var made = done(admin, "user", "create", "tom", "--role", "reader", "--full-name", "Tom", "--password-file",
                first.toString()).json();
        assertEquals("Tom", made.get("fullName").textValue());
        assertTrue(done(admin, "user", "set", "tom", "--disable").json().get("disabled").booleanValue());
        assertTrue(texts(done(admin, "user", "list").json(), "name").contains("tom"));
        refused(1, DENIED, node.as("tom"), "login", node.address(), "--user", "tom", "--ca",
                node.authority().toString(), "--password-file", first.toString());
        done(admin, "user", "remove", "tom");
        assertTrue(texts(done(admin, "audit", "list", "--actor", "admin").json(), "target").stream()
                .anyMatch(target -> target != null && target.contains("tom")));
        assertTrue(done(admin, "audit", "verify").json().get("intact").booleanValue());

        refused(2, INVALID, admin, "user", "create", "kim", "--password-file", first.toString());
        refused(2, INVALID, admin, "user", "remove", "tom");
        refused(1, DENIED, operator, "user", "list");
        refused(1, DENIED, reader, "audit", "verify");
    }

    @Test
    void dataOfAServerThatIsGone() throws IOException {
        String location = "vault://" + node.address() + "/main/web";
        Run person = node.as("otto");

        assertEquals(0, person.open("verify", location, "--read-data", "--json"), person::err);
        JsonNode sound = person.events().getLast();
        assertTrue(sound.get("sound").booleanValue() && sound.get("withKeys").booleanValue());
        assertEquals(0, person.open("browse", location, "latest", data.toString(), "--json"), person.err());
        assertTrue(person.out().contains("letter.txt"));
        Path back = folder.resolve("back");
        assertEquals(0, person.open("restore", location, "latest", "--to", back.toString(), "--json"), person.err());
        assertEquals("Dear Anna", Files.readString(back.resolve("data/letter.txt")));

        refused(2, INVALID, person, "verify", location);
        refused(2, INVALID, person, "points", "vault://" + node.address() + "/main", "--passphrase-env", "PASS");
        refused(1, DENIED, node.as("nobody"), "points", location, "--passphrase-env", "PASS");
        refused(1, DENIED, node.as("rita"), "points", location, "--passphrase-env", "PASS");
    }

    @Test
    void requestsToAgents() throws IOException {
        Map<String, String> variables = operator.variables;
        variables.put("HOLDFAST_PASSPHRASE_FILE", node.file("passphrase", FleetNode.PASSPHRASE + "\n").toString());
        try {
            refused(2, INVALID, operator, "server", "restore", "web", "ffffffff", "--to", "/tmp/x");
            // It was registered without a proof of its intake key, which a vault server could have exchanged.
            refused(1, DENIED, operator, "server", "browse", "web", "/");
            refused(1, DENIED, operator, "server", "find", "web", "*.txt");
        } finally {
            variables.remove("HOLDFAST_PASSPHRASE_FILE");
        }
        reader.variables.put("PASS", FleetNode.PASSPHRASE);
        refused(1, DENIED, reader, "server", "find", "web", "*.txt", "--passphrase-env", "PASS");
    }
}

package org.holdfast.cli.internal;

import static org.holdfast.cli.internal.FleetNode.done;
import static org.holdfast.cli.internal.FleetNode.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.EntraPeople.Person;
import org.holdfast.azure.doubles.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People and scripts that sign in with Entra ID, against a whole vault server and a double of Entra ID. */
@Timeout(120)
class EntraCommandsTest {
    private static final String DENIED = "ACCESS_DENIED";

    @TempDir
    private Path folder;
    private EntraDouble entra;
    private FleetNode node;
    private Run admin;
    private String ca;

    @BeforeEach
    void start() throws IOException {
        entra = new EntraDouble(TestTls.make("entra", Instant.now()), Clock.systemUTC());
        ca = entra.tls().certificateFile(folder).toString();
        node = new FleetNode(folder);
        admin = node.signIn("admin", node.firstSecret());
    }

    @AfterEach
    void stop() {
        node.close();
        entra.close();
    }

    private void offer() {
        done(admin, "sign-in", "set", "--entra-tenant", EntraDouble.TENANT, "--entra-client",
                entra.people().application(), "--authority", entra.authority(), "--authority-ca", ca);
    }

    private Run nobody(String name) {
        Run run = node.as(name);
        run.variables.put("AZURE_AUTHORITY_HOST", entra.url());
        run.variables.put("HOLDFAST_AZURE_CA", ca);
        return run;
    }

    private Path file(Run run) {
        return Path.of(run.variables.get("HOLDFAST_LOGIN"));
    }

    private String[] login(String... more) throws IOException {
        var words = new java.util.ArrayList<>(List.of("login", node.address(), "--ca", node.authority().toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @Test
    void deviceCodeSignsInIsRenewedAndSignsOut() throws IOException {
        offer();
        assertTrue(done(admin, "sign-in", "check").json().get("reachable").booleanValue());
        var codes = new CopyOnWriteArrayList<String>();
        entra.people().onDevice(codes::add);
        entra.people().person(Person.of("otto@contoso.example", "Otto", "operator"));
        entra.people().approveAll(true);
        entra.lifetime(Duration.ofSeconds(30));
        Run otto = nobody("otto");
        assertEquals(0, otto.run(login("--entra", "--device-code", "--json")), otto::err);
        assertTrue(otto.err().contains("enter the code " + codes.getFirst()) && otto.err().contains(entra.url()),
                otto::err);
        assertEquals("otto@contoso.example", otto.json().get("user").textValue());
        String kept = Files.readString(file(otto));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file(otto))));
        assertTrue(kept.contains("refresh_token") || kept.contains("RefreshToken"), "what it is renewed with");

        assertEquals("operator", done(otto, "whoami").json().get("roles").get(0).textValue());
        assertNotEquals(kept, Files.readString(file(otto)), "it ended soon, so it was renewed");
        assertEquals(1, codes.size(), "without a question");
        refused(1, DENIED, otto, "user", "list");
        assertTrue(done(admin, "user", "list").out().contains("\"objectId\""));

        entra.people().revoke();
        done(otto, "whoami");
        otto.clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10));
        refused(1, DENIED, otto, "whoami");
        assertTrue(otto.err().contains("cannot be renewed") && otto.err().contains("--entra"), otto::err);
        otto.clock = Clock.systemUTC();
        assertEquals(0, otto.run("logout"), otto::err);
        assertFalse(Files.exists(file(otto)));
    }

    @Test
    void refusalsNameTheCauseAndTheNextStep() throws IOException {
        Run anna = nobody("anna");
        refused(2, "INVALID_REQUEST", anna, login("--entra", "--device-code"));
        assertTrue(anna.err().contains("sign-in set"), anna::err);
        offer();
        refused(2, "INVALID_REQUEST", anna, login("--device-code", "--browser"));
        refused(2, "INVALID_REQUEST", anna, login("--entra", "--user", "anna"));

        entra.people().approveAll(true);
        entra.people().person(Person.of("nora@contoso.example", "Nora"));
        refused(1, DENIED, anna, login("--entra", "--device-code"));
        assertTrue(anna.err().contains("no role") && anna.err().contains("app role"), anna::err);
        entra.people().refuse("invalid_grant", 65001, "The user or administrator has not consented.");
        refused(1, DENIED, anna, login("--device-code"));
        assertTrue(anna.err().contains("admin-consent"), anna::err);
        assertFalse(Files.exists(file(anna)));

        Run stranger = node.as("stranger");
        refused(1, DENIED, stranger, login("--device-code"));
        assertTrue(stranger.err().contains("not Microsoft's"), stranger::err);
    }

    @Test
    void scriptsSignInWithTheirOwnIdentity() throws IOException {
        offer();
        String client = entra.application("secret");
        entra.people().assign(client, "reader");
        Run script = nobody("script");
        script.variables.putAll(java.util.Map.of("AZURE_TENANT_ID", EntraDouble.TENANT, "AZURE_CLIENT_ID", client,
                "AZURE_CLIENT_SECRET", "secret"));
        assertEquals(0, script.run(login("--managed-identity", "--json")), script::err);
        assertEquals("app-" + client + "@entra", script.json().get("user").textValue());
        done(script, "vault", "list");
        script.variables.put("AZURE_CLIENT_SECRET", "wrong");
        refused(1, DENIED, script, login("--managed-identity"));
        assertTrue(script.err().contains("secret"), script::err);
    }

    @Test
    void administratorsSayWhatRolesMeanAndWhoIsForEmergencies() throws IOException {
        offer();
        String group = "11111111-2222-3333-4444-555555555555";
        done(admin, "sign-in", "map", "--app-role", "Backup.Run=operator", "--group", group + "=reader");
        assertEquals(5, done(admin, "sign-in", "show").json().get("roles").size());
        done(admin, "sign-in", "unmap", "--app-role", "administrator=administrator");
        assertEquals(4, done(admin, "sign-in", "show").json().get("roles").size());
        refused(2, "INVALID_REQUEST", admin, "sign-in", "map", "--app-role", "x");
        refused(2, "INVALID_REQUEST", admin, "sign-in", "map", "--group", "Admins=reader");
        refused(2, "INVALID_REQUEST", admin, "sign-in", "set", "--only-local-account", "nobody");
        done(admin, "sign-in", "set", "--only-local-account", "admin");
        assertEquals(0, admin.run("sign-in", "show"), admin::err);
        assertTrue(admin.out().contains("off, but admin") && admin.out().contains("Backup.Run"), admin::out);
        done(admin, "sign-in", "set", "--all-local-accounts");
        done(admin, "sign-in", "set", "--no-entra");
        assertFalse(done(admin, "sign-in", "show").json().get("enabled").booleanValue());
        entra.fail(org.holdfast.azure.doubles.HttpsDouble.Answer.status(500), 10);
        assertEquals(1, admin.run("sign-in", "check"), admin::err);
    }
}

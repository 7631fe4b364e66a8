package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.client.ClientSettings;
import org.holdfast.client.Identity;
import org.holdfast.client.PinSource;
import org.holdfast.client.RemoteException;
import org.holdfast.client.RetryPolicy;
import org.holdfast.client.ServerCertificate;
import org.holdfast.client.Trust;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.protocol.people.SecurityPin;
import org.holdfast.protocol.people.SecuritySettings;
import org.holdfast.protocol.people.SecurityView;
import org.holdfast.protocol.people.UserView;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.people.AuditLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stolen token destroys nothing: what is critical needs a PIN, and the PIN needs the password. */
class SecurityPinTest {
    private static final String USERS = "/api/v1/users";

    @TempDir
    private Path folder;
    private VaultNode node;
    private NodeClient admin;
    private String token;
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void start() {
        node = VaultNode.in(folder).pins().start();
        admin = node.signIn();
        token = node.client().send("POST", "/api/v1/login", "{\"user\":\"admin\",\"password\":\""
                + VaultNode.PASSWORD + "\"}").body().replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private VaultClient client(PinSource pins) {
        String address = "127.0.0.1:" + node.port();
        return new VaultClient(ClientSettings.of(List.of(address),
                new Trust.Pinned(ServerCertificate.shownBy(address).fingerprint())).as(new Identity.Token(token))
                .retrying(RetryPolicy.NONE), pins);
    }

    private static CreateUser user(String name) {
        return new CreateUser(name, null, List.of("administrator"), "a long enough secret");
    }

    @Test
    void aTokenAloneIsNotEnough() {
        HttpResponse<String> refused = admin.send("POST", USERS,
                "{\"name\":\"eve\",\"roles\":[\"administrator\"],\"password\":\"a long enough secret\"}");
        assertEquals(403, refused.statusCode());
        assertTrue(refused.body().contains("\"pin-needed\"") && refused.body().contains("eve"), refused.body());
        assertEquals(404, admin.send("GET", USERS + "/eve", null).statusCode());
        assertEquals(401, admin.send("POST", "/api/v1/security/pin", "{\"password\":\"guessed\"}").statusCode());
        assertEquals(403, admin.send("PUT", "/api/v1/security", "{\"pinRequired\":false}").statusCode());
        try (VaultClient client = client(PinSource.NONE)) {
            assertEquals("pin-needed", assertThrows(RemoteException.class,
                    () -> client.post(USERS, user("eve"), UserView.class)).code());
            assertEquals(new SecurityView(true, false), client.get("/api/v1/security", SecurityView.class));
        }
    }

    @Test
    void aClientAsksForThePasswordAndDoesItAgain() {
        PinSource source = (client, what) -> {
            asked.add(what);
            return client.securityPin(VaultNode.PASSWORD.toCharArray());
        };
        try (VaultClient client = client(source)) {
            assertEquals("eve", client.post(USERS, user("eve"), UserView.class).name());
            assertEquals(1, asked.size());
            assertTrue(asked.getFirst().contains("make the account eve"), asked.toString());
            // What is not critical asks nobody.
            client.get(USERS + "/eve", UserView.class);
            assertEquals(1, asked.size());

            assertFalse(client.put("/api/v1/security", new SecuritySettings(false), "*", SecurityView.class)
                    .pinRequired());
            assertEquals(2, asked.size());
            client.post(USERS, user("dora"), UserView.class);
            assertEquals(2, asked.size());
        }
        assertTrue(node.get(AuditLog.class).list(ListRequest.all()).items().stream()
                .anyMatch(entry -> entry.action().equals("request-security-pin") && entry.result().equals("ok")));
    }

    @Test
    void aPinIsGoodOnceAndNobodyKeepsIt() {
        String pin = admin.call("POST", "/api/v1/security/pin", java.util.Map.of("password", VaultNode.PASSWORD),
                SecurityPin.class).pin();
        String eve = "{\"name\":\"eve\",\"roles\":[\"operator\"],\"password\":\"a long enough secret\"}";
        assertEquals(201, admin.send("POST", USERS, eve, SecurityPin.HEADER, pin).statusCode());
        HttpResponse<String> again = admin.send("POST", USERS, eve.replace("eve", "mia"), SecurityPin.HEADER, pin);
        assertTrue(again.statusCode() == 403 && again.body().contains("pin-wrong"), again.body());
        assertNull(node.get(AuditLog.class).list(ListRequest.all()).items().stream()
                .filter(entry -> entry.toString().contains(pin)).findFirst().orElse(null));
    }
}

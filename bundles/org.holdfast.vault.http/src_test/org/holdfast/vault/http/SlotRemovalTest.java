package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.vault.KeySlotInfo;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.client.RemoteException;
import org.holdfast.client.VaultClient;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.data.OpenSession;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.protocol.data.SlotRemoval;
import org.holdfast.vault.data.ObjectService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may take key slots away: whoever holds the passphrase, as long as another slot stays; a certificate may not. */
@Timeout(120)
class SlotRemovalTest {
    private static final UUID SERVER = new UUID(7, 1);
    private static final String LOCATION = "vault://node";
    private static final char[] OLD = "the passphrase of long ago".toCharArray();
    private static final char[] NEW = "the passphrase from now on".toCharArray();

    private @TempDir Path temp = Path.of("");
    private DataNode node;
    private VaultClient client;
    private LocalVaultService service;

    @BeforeEach
    void start() {
        node = new DataNode(temp.resolve("node"), ObjectService.Policy.STANDARD, Clock.systemUTC());
        client = node.client(SERVER);
        service = AgentProcess.service(client, temp.resolve("agent"));
        service.create(LOCATION, OLD);
    }

    @AfterEach
    void stop() {
        client.close();
        node.close();
    }

    private List<Path> slots() throws IOException {
        try (Stream<Path> all = Files.list(node.objects(SERVER).resolve("slots"))) {
            return all.sorted().toList();
        }
    }

    private SessionOpened session() {
        return client.send(Call.post("/agent/v1/sessions", new OpenSession("boot of a thief", null, "backup")),
                SessionOpened.class).body();
    }

    private String removal(String slot, byte[] proof) {
        SessionOpened session = session();
        RemoteException e = assertThrows(RemoteException.class, () -> client.send(
                Call.post("/agent/v1/slots/" + slot + "/removal", new SlotRemoval(proof))
                        .header(SessionOpened.HEADER, session.header()),
                Void.class));
        return e.status() + " " + e.code();
    }

    private static byte[] proof(OpenVault vault, String slot) {
        return vault.prove(SlotRemoval.PURPOSE, ("slots/" + slot).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aChangedPassphraseLeavesNoOldSlot() throws IOException {
        Path before = slots().getFirst();
        byte[] bytes = Files.readAllBytes(before);
        try (OpenVault vault = service.open(LOCATION, OLD)) {
            vault.changePassphrase(NEW);
        }

        assertEquals(1, slots().size());
        assertFalse(Files.exists(before));
        assertEquals(Problem.WRONG_PASSPHRASE,
                assertThrows(HoldfastException.class, () -> service.open(LOCATION, OLD).close()).problem());
        service.open(LOCATION, NEW).close();

        // A thief with the certificate and an old copy of the slot cannot bring it back.
        SessionOpened session = session();
        RemoteException e = assertThrows(RemoteException.class, () -> client.send(
                Call.put("/agent/v1/objects/slots/" + before.getFileName(), new Body.Memory(bytes, 0, bytes.length))
                        .header(SessionOpened.HEADER, session.header()),
                Void.class));
        assertEquals("slot-removed", e.code());
        assertEquals(1, slots().size());
    }

    @Test
    void aRecoveryKeyIsTakenBack() throws IOException {
        try (OpenVault vault = service.open(LOCATION, OLD)) {
            String key = vault.addRecoveryKey();
            KeySlotInfo slot = vault.keySlots().stream().filter(s -> !s.current()).findFirst().orElseThrow();
            vault.removeKeySlot(slot.id());
            assertThrows(HoldfastException.class, () -> service.openWithRecoveryKey(LOCATION, key).close());
        }
        assertEquals(1, slots().size());
    }

    @Test
    void aStolenCertificateTakesNoSlotAway() throws IOException {
        String slot = slots().getFirst().getFileName().toString();
        byte[] foreign;
        byte[] ofAnotherSlot;
        byte[] forAnotherPurpose;
        var directory = new LocalVaultService(List.of(new org.holdfast.store.directory.DirectoryStoreProvider()),
                List.of(new org.holdfast.source.files.FilesSourceProvider()), Clock.systemUTC());
        String elsewhere = temp.resolve("elsewhere").toString();
        directory.create(elsewhere, OLD);
        try (OpenVault vault = service.open(LOCATION, OLD); OpenVault other = directory.open(elsewhere, OLD)) {
            vault.addRecoveryKey();
            foreign = proof(other, slot);
            ofAnotherSlot = proof(vault, "0".repeat(32));
            forAnotherPurpose = vault.prove("retirement", ("slots/" + slot).getBytes(StandardCharsets.US_ASCII));
        }

        for (byte[] proof : List.of(new byte[0], new byte[64], foreign, ofAnotherSlot, forAnotherPurpose)) {
            assertEquals("403 slot-proof-wrong", removal(slot, proof));
        }
        SessionOpened session = session();
        RemoteException e = assertThrows(RemoteException.class, () -> client.send(
                Call.delete("/agent/v1/objects/slots/" + slot).header(SessionOpened.HEADER, session.header()),
                Void.class));
        assertEquals("delete-refused", e.code());
        assertEquals(2, slots().size());
        service.open(LOCATION, OLD).close();
    }

    @Test
    void theLastSlotStays() throws IOException {
        String slot = slots().getFirst().getFileName().toString();
        byte[] proof;
        try (OpenVault vault = service.open(LOCATION, OLD)) {
            proof = proof(vault, slot);
        }
        assertEquals("409 last-slot", removal(slot, proof));

        // Junk that a thief stores is no slot that would open anything.
        SessionOpened session = session();
        byte[] junk = new byte[200];
        client.send(Call.put("/agent/v1/objects/slots/" + "a".repeat(32), new Body.Memory(junk, 0, junk.length))
                .header(SessionOpened.HEADER, session.header()), Void.class);
        assertEquals("409 last-slot", removal(slot, proof));
        assertEquals("404 not-found", removal("b".repeat(32), proof));
        assertEquals("404 not-found", removal("vault", proof));
        assertTrue(slots().stream().anyMatch(s -> s.endsWith(slot)));
    }
}

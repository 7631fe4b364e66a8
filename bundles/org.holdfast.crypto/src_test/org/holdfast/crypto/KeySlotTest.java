package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

import org.holdfast.crypto.internal.Argon2id;
import org.junit.jupiter.api.Test;

/** Key slots: golden bytes that must open for ever, wrong secrets and wrong domains. */
class KeySlotTest {

    private static final byte[] ROOT = Vectors.counting(0, 32);
    private static final byte[] DOMAIN = Vectors.counting(0xa0, 16);
    private static final byte[] OTHER_DOMAIN = Vectors.counting(0xa1, 16);
    private static final Instant CREATED = Instant.ofEpochSecond(1_760_000_000L);
    private static final char[] WORDS = "correct horse b\u00e4ttery".toCharArray();
    private static final String PASSPHRASE_SLOT =
            "48464b530101101112131415161718191a1b1c1d1e1f0000000068e77800010001000000000003"
                    + "00000004303132333435363738393a3b3c3d3e3f0f666972737420c3bc62657220616c6c825044"
                    + "3f92eda526b76ce62d84d891c0c972fdb7749dceb33e05f21f7c1c5d8480818283848586878889"
                    + "8a8b8c8d8e8f90919293949596970eeed30bd4d3c944d2daf5ced7a391c99e1fe7fb3bba73531c"
                    + "8b07370f6965391a0f964818a8b2645ea34768ea832c8abd2db9b5";
    private static final String RECOVERY_SLOT =
            "48464b530102202122232425262728292a2b2c2d2e2f0000000068e7780000e638548c05e48559"
                    + "e30227c5518fa323173e06b75794887546f923528c83a881808182838485868788898a8b8c8d8e"
                    + "8f9091929394959697c10aa945b6721a9d0f67bcca694db58f7740fc1778578506fd17561abf70"
                    + "0ba20572548ed7ac78516cfaf74baaeb1892fad41455";

    private static final String SERVICE_SLOT =
            "48464b530103202122232425262728292a2b2c2d2e2f0000000068e7780001002268747470733a"
                    + "2f2f612e7661756c742e617a7572652e6e65742f6b6579732f6b2f310010000102030405060708"
                    + "090a0b0c0d0e0f0023af6d355842a1f0958993034f79bccf6df5d9441263e3f5314a34ba8148a4"
                    + "f4808182838485868788898a8b8c8d8e8f9091929394959697e9318fdb47b82423402be6472452"
                    + "34b58c3dbc7f37efd3975f2fe3c643da3a92b2000a29d829c8adb8d07560895fdb481a533e3c";

    @Test
    void goldenPassphraseSlotOpens() {
        KeySlot slot = KeySlot.parse(Vectors.hex(PASSPHRASE_SLOT));
        assertEquals(KeySlot.Type.PASSPHRASE, slot.type());
        assertEquals("101112131415161718191a1b1c1d1e1f", slot.idText());
        assertEquals(CREATED, slot.created());
        assertEquals("first \u00fcber all", slot.label());
        assertEquals(Optional.of(KdfParameters.DEFAULT), slot.kdfParameters());
        try (Passphrase passphrase = words()) {
            assertArrayEquals(ROOT, slot.unlock(passphrase, DOMAIN).copy());
        }
    }

    @Test
    void goldenRecoverySlotOpens() {
        KeySlot slot = KeySlot.parse(Vectors.hex(RECOVERY_SLOT));
        assertEquals(KeySlot.Type.RECOVERY_KEY, slot.type());
        assertEquals("", slot.label());
        assertEquals(Optional.empty(), slot.kdfParameters());
        try (RecoveryKey key = RecoveryKey.of(SecretBytes.adopt(Vectors.counting(0x40, 32)))) {
            assertArrayEquals(ROOT, slot.unlock(key, DOMAIN).copy());
        }
    }

    @Test
    void aKeyServiceOpensItsSlot() {
        byte[] secret = Vectors.counting(0x40, 32);
        KeySlot made = KeySlot.create(SecretBytes.copyOf(ROOT), DOMAIN, secret,
                new KeySlot.WrappedSecret("https://a.vault.azure.net/keys/k/1", Vectors.counting(0, 256)), "", CREATED);
        KeySlot slot = KeySlot.parse(made.toBytes());
        assertEquals(KeySlot.Type.KEY_SERVICE, slot.type());
        assertEquals("https://a.vault.azure.net/keys/k/1", slot.wrappedSecret().orElseThrow().key());
        assertArrayEquals(Vectors.counting(0, 256), slot.wrappedSecret().orElseThrow().bytes());
        assertArrayEquals(ROOT, slot.unlock(secret, DOMAIN).copy());
        assertThrows(WrongPassphraseException.class, () -> slot.unlock(Vectors.counting(0x41, 32), DOMAIN));
        assertThrows(WrongPassphraseException.class, () -> slot.unlock(words(), DOMAIN));
        assertThrows(WrongDomainException.class, () -> slot.unlock(secret, new byte[16]));
        // Every bit counts: of the name of the key, of what is encrypted, of all of it.
        for (int at = 0; at < made.toBytes().length; at += 7) {
            byte[] bent = made.toBytes();
            bent[at] ^= 1;
            assertThrows(CryptoException.class, () -> KeySlot.parse(bent).unlock(secret, DOMAIN));
        }
        assertThrows(IllegalArgumentException.class, () -> new KeySlot.WrappedSecret("with blank s", secret));
        assertThrows(IllegalArgumentException.class, () -> new KeySlot.WrappedSecret("k".repeat(257), secret));
        assertThrows(IllegalArgumentException.class, () -> new KeySlot.WrappedSecret("k", new byte[1025]));
    }

    @Test
    void fixedRandomnessGivesTheGoldenBytes() {
        byte[] salt = Vectors.counting(0x30, 16);
        SlotHeader header = new SlotHeader(KeySlot.Type.PASSPHRASE, Vectors.counting(0x10, 16),
                CREATED.getEpochSecond(), KdfParameters.DEFAULT, salt, "first \u00fcber all");
        SecretBytes slotKey = SecretBytes.adopt(Argon2id.derive(words().utf8().copy(), salt, 65_536, 3, 4, 32));
        KeySlot slot = KeySlot.create(header, SecretBytes.copyOf(ROOT), DOMAIN, slotKey, Vectors.counting(0x80, 24));
        assertEquals(PASSPHRASE_SLOT, Vectors.hex(slot.toBytes()));

        RecoveryKey key = RecoveryKey.of(SecretBytes.adopt(Vectors.counting(0x40, 32)));
        SlotHeader plain = new SlotHeader(KeySlot.Type.RECOVERY_KEY, Vectors.counting(0x20, 16),
                CREATED.getEpochSecond(), null, null, "");
        KeySlot recovery = KeySlot.create(plain, SecretBytes.copyOf(ROOT), DOMAIN,
                SlotSeal.recoverySlotKey(plain, key), Vectors.counting(0x80, 24));
        assertEquals(RECOVERY_SLOT, Vectors.hex(recovery.toBytes()));

        SlotHeader service = new SlotHeader(KeySlot.Type.KEY_SERVICE, Vectors.counting(0x20, 16),
                CREATED.getEpochSecond(), null, null,
                new KeySlot.WrappedSecret("https://a.vault.azure.net/keys/k/1", Vectors.counting(0, 16)), "");
        KeySlot served = KeySlot.create(service, SecretBytes.copyOf(ROOT), DOMAIN,
                SlotSeal.serviceSlotKey(service, Vectors.counting(0x40, 32)), Vectors.counting(0x80, 24));
        assertEquals(SERVICE_SLOT, Vectors.hex(served.toBytes()));
    }

    @Test
    void newPassphraseSlotRefusesOtherSecretsAndDomains() {
        KeySlot slot;
        try (Passphrase passphrase = words()) {
            slot = KeySlot.create(SecretBytes.copyOf(ROOT), DOMAIN, passphrase, KdfParameters.DEFAULT, "x", CREATED);
            KeySlot read = KeySlot.parse(slot.toBytes());
            assertEquals(slot, read);
            assertArrayEquals(ROOT, read.unlock(passphrase, DOMAIN).copy());
            assertTrue(assertThrows(WrongDomainException.class, () -> read.unlock(passphrase, OTHER_DOMAIN))
                    .getMessage().contains("another encryption domain"));
            assertTrue(assertThrows(KdfParametersRefusedException.class,
                    () -> read.unlock(passphrase, DOMAIN, 65_535)).getMessage().contains("64 MiB"));
        }
        try (Passphrase wrong = Passphrase.of("correct horse battery".toCharArray())) {
            assertEquals("wrong passphrase: it does not open key slot " + slot.idText(),
                    assertThrows(WrongPassphraseException.class, () -> slot.unlock(wrong, DOMAIN)).getMessage());
        }
        try (RecoveryKey key = RecoveryKey.generate()) {
            assertTrue(assertThrows(WrongPassphraseException.class, () -> slot.unlock(key, DOMAIN)).getMessage()
                    .endsWith("is opened with a passphrase"));
        }
        assertFalse(slot.toString().contains("horse"));
    }

    @Test
    void newRecoverySlotRefusesOtherSecretsAndDomains() {
        try (RecoveryKey key = RecoveryKey.generate();
                RecoveryKey wrong = RecoveryKey.generate();
                Passphrase passphrase = words()) {
            KeySlot slot = KeySlot.create(SecretBytes.copyOf(ROOT), DOMAIN, key, "paper in the safe", CREATED);
            try (RecoveryKey typed = RecoveryKey.parse(key.toText().toLowerCase())) {
                assertArrayEquals(ROOT, slot.unlock(typed, DOMAIN).copy());
            }
            assertTrue(assertThrows(WrongPassphraseException.class, () -> slot.unlock(wrong, DOMAIN)).getMessage()
                    .startsWith("wrong recovery key"));
            assertTrue(assertThrows(WrongPassphraseException.class, () -> slot.unlock(passphrase, DOMAIN)).getMessage()
                    .endsWith("is opened with a recovery key"));
            assertThrows(WrongDomainException.class, () -> slot.unlock(key, OTHER_DOMAIN));
        }
    }

    @Test
    void slotsOfTheSameSecretDiffer() {
        try (RecoveryKey key = RecoveryKey.generate()) {
            KeySlot one = KeySlot.create(SecretBytes.copyOf(ROOT), DOMAIN, key, "", CREATED);
            KeySlot two = KeySlot.create(SecretBytes.copyOf(ROOT), DOMAIN, key, "", CREATED);
            assertFalse(Arrays.equals(one.id(), two.id()));
            assertFalse(Arrays.equals(one.toBytes(), 31, 135, two.toBytes(), 31, 135));
        }
    }

    @Test
    void whatCannotBeStoredIsRefused() {
        try (RecoveryKey key = RecoveryKey.generate(); Passphrase small = Passphrase.of("too short".toCharArray())) {
            SecretBytes root = SecretBytes.copyOf(ROOT);
            assertEquals("the passphrase has 9 characters, at least 16 are required",
                    assertThrows(PassphraseRefusedException.class, () -> KeySlot.create(root, DOMAIN, small,
                            KdfParameters.DEFAULT, "", CREATED)).getMessage());
            assertThrows(IllegalArgumentException.class,
                    () -> KeySlot.create(root, DOMAIN, key, "\u00fc".repeat(33), CREATED));
            assertEquals("\u00fc".repeat(32), KeySlot.parse(
                    KeySlot.create(root, DOMAIN, key, "\u00fc".repeat(32), CREATED).toBytes()).label());
            assertThrows(IllegalArgumentException.class,
                    () -> KeySlot.create(root, DOMAIN, key, "", Instant.ofEpochSecond(-1)));
            assertThrows(IllegalArgumentException.class,
                    () -> KeySlot.create(SecretBytes.copyOf(new byte[16]), DOMAIN, key, "", CREATED));
            assertThrows(IllegalArgumentException.class,
                    () -> KeySlot.create(root, new byte[15], key, "", CREATED));
        }
    }

    private static Passphrase words() {
        return Passphrase.of(WORDS);
    }
}

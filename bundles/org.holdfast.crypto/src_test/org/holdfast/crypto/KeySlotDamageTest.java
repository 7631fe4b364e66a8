package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Damaged, forged and random slots: each gets a precise refusal, none gets further than its bytes allow. */
class KeySlotDamageTest {

    private static final byte[] ROOT = Vectors.counting(0, 32);
    private static final byte[] DOMAIN = Vectors.counting(0xa0, 16);
    private static final RecoveryKey KEY = RecoveryKey.of(SecretBytes.adopt(Vectors.counting(0x40, 32)));
    private static final int LABEL_LENGTH_AT = 30;
    private static final byte[] RECOVERY = KeySlot
            .create(SecretBytes.copyOf(ROOT), DOMAIN, KEY, "label", Instant.ofEpochSecond(1)).toBytes();
    /** A passphrase slot that no passphrase opens, to look at the header without stretching anything. */
    private static final byte[] PASSPHRASE = KeySlot.create(
            new SlotHeader(KeySlot.Type.PASSPHRASE, new byte[16], 1, KdfParameters.DEFAULT, new byte[16], "label"),
            SecretBytes.copyOf(ROOT), DOMAIN, SecretBytes.random(32), new byte[24]).toBytes();

    @Test
    void everyFlippedBitIsDamage() {
        for (byte[] slot : new byte[][] { RECOVERY, PASSPHRASE }) {
            for (int bit = 0; bit < slot.length * 8; bit++) {
                byte[] damaged = slot.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                String expected = bit < 32 ? "not a key slot: it does not start with HFKS"
                        : "damaged key slot: the checksum over its " + (slot.length - 4) + " bytes does not match";
                assertEquals(expected, damage(damaged), "bit " + bit);
            }
        }
    }

    @Test
    void everyTruncationIsDamage() {
        for (byte[] slot : new byte[][] { RECOVERY, PASSPHRASE }) {
            for (int length = 0; length < slot.length; length++) {
                String message = damage(Arrays.copyOf(slot, length));
                assertTrue(message.contains(length < 10 ? "10 to 4096 bytes, not " + length : "checksum"), message);
            }
            assertTrue(damage(Arrays.copyOf(slot, slot.length + 1)).contains("checksum"));
            assertTrue(damage(Arrays.copyOf(slot, 5000)).contains("not 5000"));
        }
    }

    /** Whoever can write slots can mend the checksum too; then the fields and the keyed checks have to hold. */
    @Test
    void everyForgedByteIsRefusedWithoutTheKey() {
        for (int at = 0; at < RECOVERY.length - 4; at++) {
            byte[] forged = RECOVERY.clone();
            forged[at] ^= 0x04;
            mend(forged);
            CryptoException e = assertThrows(CryptoException.class, () -> KeySlot.parse(forged).unlock(KEY, DOMAIN),
                    "byte " + at);
            if (at >= 6 && at < 22 || at >= 25 && at < LABEL_LENGTH_AT || at > LABEL_LENGTH_AT && at < 36 + 32) {
                assertEquals(WrongPassphraseException.class, e.getClass(), "byte " + at);
            } else if (at >= 36 + 32) {
                assertEquals(WrongDomainException.class, e.getClass(), "byte " + at);
            }
        }
    }

    @Test
    void untouchedSlotOpens() {
        byte[] mended = RECOVERY.clone();
        mend(mended);
        assertArrayEquals(RECOVERY, mended);
        assertArrayEquals(ROOT, KeySlot.parse(mended).unlock(KEY, DOMAIN).copy());
    }

    @Test
    void newerSlotsAreNotCalledDamaged() {
        assertEquals("key slot of version 2, this program knows version 1", unsupported(set(RECOVERY, 4, 2)));
        assertEquals("key slot of type 4, this program knows types 1 to 3", unsupported(set(RECOVERY, 5, 4)));
        assertEquals("key slot of type 0, this program knows types 1 to 3", unsupported(set(RECOVERY, 5, 0)));
        assertEquals("key slot with passphrase function 2, this program knows 1 (Argon2id)",
                unsupported(set(PASSPHRASE, 30, 2)));
    }

    @Test
    void forgedFieldsAreNamed() {
        assertTrue(damage(set(RECOVERY, 22, 0x80)).contains("creation time out of range"));
        assertTrue(damage(set(RECOVERY, 22, 1)).contains("creation time out of range"));
        assertTrue(damage(set(RECOVERY, LABEL_LENGTH_AT, 65)).contains("label of 65 bytes"));
        assertTrue(damage(set(RECOVERY, LABEL_LENGTH_AT, 4)).contains("105 bytes after its label where 104 belong"));
        assertTrue(damage(set(RECOVERY, LABEL_LENGTH_AT, 6)).contains("103 bytes after its label"));
        assertTrue(damage(set(RECOVERY, LABEL_LENGTH_AT + 1, 0xff)).contains("not UTF-8"));
    }

    @Test
    void slotsThatEndTooSoonAreNamed() {
        assertEquals("key slot ends within its slot id", damage(shortened(RECOVERY, 21)));
        assertEquals("key slot ends within its creation time", damage(shortened(RECOVERY, 29)));
        assertEquals("key slot ends within its label length", damage(shortened(RECOVERY, 30)));
        assertEquals("key slot ends within its label", damage(shortened(RECOVERY, 35)));
        assertEquals("key slot ends within its passphrase function", damage(shortened(PASSPHRASE, 58)));
    }

    @Test
    void weakenedParametersAreRefused() {
        byte[] weak = PASSPHRASE.clone();
        ByteBuffer.wrap(weak).putInt(31, 1024);
        mend(weak);
        assertEquals("Argon2id with memory in KiB = 1024 is too weak, at least 65536 is required",
                assertThrows(KdfParametersRefusedException.class, () -> KeySlot.parse(weak)).getMessage());
        byte[] huge = PASSPHRASE.clone();
        ByteBuffer.wrap(huge).putInt(31, -1);
        mend(huge);
        assertTrue(assertThrows(KdfParametersRefusedException.class, () -> KeySlot.parse(huge)).getMessage()
                .contains("beyond the limit"));
    }

    @Test
    void anyBytesAreReadOrRefused() {
        Random random = new Random(23);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] slot = (random.nextBoolean() ? RECOVERY : PASSPHRASE).clone();
            if (random.nextInt(4) == 0) {
                slot = Arrays.copyOf(slot, random.nextInt(300));
            }
            for (int edit = random.nextInt(4); edit > 0 && slot.length > 0; edit--) {
                slot[random.nextInt(slot.length)] = (byte) random.nextInt();
            }
            if (random.nextInt(8) == 0) {
                random.nextBytes(slot);
            }
            if (slot.length >= 10 && random.nextInt(8) != 0) {
                ByteBuffer.wrap(slot).putInt(0, 0x48464b53);
                mend(slot);
            }
            try {
                KeySlot parsed = KeySlot.parse(slot);
                assertArrayEquals(slot, parsed.toBytes());
                assertTrue(parsed.label().length() <= 64);
                read++;
            } catch (CryptoException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
        assertTrue(read > 1000, "read: " + read);
    }

    private static String damage(byte[] slot) {
        return assertThrows(KeySlotDamagedException.class, () -> KeySlot.parse(slot)).getMessage();
    }

    private static String unsupported(byte[] slot) {
        return assertThrows(KeySlotUnsupportedException.class, () -> KeySlot.parse(slot)).getMessage();
    }

    private static byte[] set(byte[] slot, int at, int value) {
        byte[] forged = slot.clone();
        forged[at] = (byte) value;
        mend(forged);
        return forged;
    }

    private static byte[] shortened(byte[] slot, int body) {
        byte[] cut = Arrays.copyOf(slot, body + 4);
        mend(cut);
        return cut;
    }

    private static void mend(byte[] slot) {
        int body = slot.length - 4;
        ByteBuffer.wrap(slot).putInt(body, SlotHeader.crc(slot, body));
    }
}

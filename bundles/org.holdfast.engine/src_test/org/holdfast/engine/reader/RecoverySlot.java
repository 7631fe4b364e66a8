package org.holdfast.engine.reader;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/** Unwraps a root key with a recovery key, as format-keys.md §5 and §6 say. */
final class RecoverySlot {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int RECOVERY = 2;

    private RecoverySlot() {
    }

    /** The 32 bytes behind the text of a recovery key. */
    static byte[] key(String text) {
        String plain = text.toUpperCase(Locale.ROOT).replaceAll("[\\s\\p{Pd}\u2212]", "").replace('O', '0')
                .replace('I', '1').replace('L', '1');
        if (plain.length() == 63 && plain.startsWith("HF1")) {
            plain = plain.substring(3);
        }
        Damaged.unless(plain.length() == 60, "a recovery key has 60 characters");
        BigInteger bits = BigInteger.ZERO;
        for (char c : plain.toCharArray()) {
            int value = ALPHABET.indexOf(c);
            Damaged.unless(value >= 0, "a recovery key has no " + c);
            bits = bits.shiftLeft(5).or(BigInteger.valueOf(value));
        }
        Damaged.unless((bits.intValue() & 15) == 0, "the last bits of a recovery key are not zero");
        byte[] signed = bits.shiftRight(4).toByteArray();
        var payload = new byte[37];
        int from = Math.max(0, signed.length - payload.length);
        System.arraycopy(signed, from, payload, payload.length - (signed.length - from), signed.length - from);
        Damaged.unless(payload[0] == 1, "the version of a recovery key is unknown");
        Damaged.unless(crc(payload, 33) == new Cursor(Arrays.copyOfRange(payload, 33, 37)).u32(),
                "the checksum of a recovery key is wrong");
        return Arrays.copyOfRange(payload, 1, 33);
    }

    /** The root key, or null when the slot is not one for recovery keys, or one for another. */
    static byte[] unwrap(byte[] slot, byte[] recoveryKey, byte[] domain) {
        Damaged.unless(slot.length >= 10 && slot.length <= 4096, "a key slot cannot have " + slot.length + " bytes");
        var in = new Cursor(slot);
        Damaged.unless(Arrays.equals(in.raw(4), Crypto.ascii("HFKS")), "an object is no key slot");
        Damaged.unless(crc(slot, slot.length - 4) == new Cursor(Arrays.copyOfRange(slot, slot.length - 4,
                slot.length)).u32(), "the checksum of a key slot is wrong");
        Damaged.unless(in.u8() == 1, "the version of a key slot is unknown");
        if (in.u8() != RECOVERY) {
            return null;
        }
        byte[] id = in.raw(16);
        long created = in.u64();
        Damaged.unless(created >= 0 && created <= 253402300799L, "the time of a key slot is wrong");
        int label = in.u8();
        Damaged.unless(label <= 64, "the label of a key slot is too long");
        in.raw(label);
        byte[] header = Arrays.copyOf(slot, slot.length - in.left());
        byte[] commitment = in.raw(32);
        byte[] wrapped = in.raw(72);
        in.u32();
        in.end();
        byte[] slotKey = Crypto.hkdf(recoveryKey, id, "holdfast/v1/slot-recovery");
        if (!Arrays.equals(commitment, Crypto.hmac(Crypto.hkdf(slotKey, id, "holdfast/v1/slot-commit"), header))) {
            return null;
        }
        return Crypto.open(Crypto.hkdf(slotKey, id, "holdfast/v1/slot-wrap"), wrapped,
                Crypto.concat(header, commitment, domain));
    }

    private static long crc(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}

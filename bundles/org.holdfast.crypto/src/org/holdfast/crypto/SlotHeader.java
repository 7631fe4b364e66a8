package org.holdfast.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.crypto.internal.SlotLayout;

/**
 * The readable part of a key slot.
 *
 * @param id 16 bytes
 * @param createdSeconds seconds since 1970
 * @param kdf only for passphrases
 * @param salt 16 bytes, only for passphrases
 */
record SlotHeader(KeySlot.Type type, byte[] id, long createdSeconds, @Nullable KdfParameters kdf,
        byte @Nullable [] salt, String label) {

    SlotHeader {
        int labelBytes = label.getBytes(StandardCharsets.UTF_8).length;
        if (labelBytes > SlotLayout.MAX_LABEL_BYTES) {
            throw new IllegalArgumentException("the label of a key slot takes " + labelBytes
                    + " bytes, at most " + SlotLayout.MAX_LABEL_BYTES + " are allowed");
        }
        if (createdSeconds < 0 || createdSeconds > SlotLayout.MAX_CREATED) {
            throw new IllegalArgumentException("creation time out of range: " + createdSeconds);
        }
    }

    /** The header's bytes. */
    byte[] toBytes() {
        byte[] text = label.getBytes(StandardCharsets.UTF_8);
        KdfParameters cost = kdf;
        byte[] seasoning = salt;
        int length = SlotLayout.FIXED_BYTES + (cost == null ? 0 : SlotLayout.KDF_BYTES) + 1 + text.length;
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(SlotLayout.MAGIC).put((byte) SlotLayout.VERSION);
        out.put((byte) (type == KeySlot.Type.PASSPHRASE ? SlotLayout.TYPE_PASSPHRASE : SlotLayout.TYPE_RECOVERY_KEY));
        out.put(id).putLong(createdSeconds);
        if (cost != null && seasoning != null) {
            out.put((byte) SlotLayout.KDF_ARGON2ID).putInt(cost.memoryKiB()).putInt(cost.iterations());
            out.putInt(cost.parallelism()).put(seasoning);
        }
        out.put((byte) text.length).put(text);
        return out.array();
    }

    /** Reads the header of a whole slot and checks everything that needs no key. */
    static SlotHeader parse(byte[] slot) {
        checkEnvelope(slot);
        ByteBuffer in = ByteBuffer.wrap(slot, 4, slot.length - 4 - SlotLayout.CRC_BYTES);
        int version = in.get() & 0xff;
        int type = in.get() & 0xff;
        if (version != SlotLayout.VERSION) {
            throw new KeySlotUnsupportedException("key slot of version " + version + ", this program knows version "
                    + SlotLayout.VERSION);
        }
        if (type != SlotLayout.TYPE_PASSPHRASE && type != SlotLayout.TYPE_RECOVERY_KEY) {
            throw new KeySlotUnsupportedException("key slot of type " + type + ", this program knows types 1 and 2");
        }
        byte[] id = take(in, SlotLayout.ID_BYTES, "slot id");
        long created = need(in, 8, "creation time").getLong();
        if (created < 0 || created > SlotLayout.MAX_CREATED) {
            throw new KeySlotDamagedException("key slot with a creation time out of range: " + created);
        }
        KdfParameters kdf = null;
        byte[] salt = null;
        if (type == SlotLayout.TYPE_PASSPHRASE) {
            int function = need(in, SlotLayout.KDF_BYTES, "passphrase function").get() & 0xff;
            if (function != SlotLayout.KDF_ARGON2ID) {
                throw new KeySlotUnsupportedException("key slot with passphrase function " + function
                        + ", this program knows 1 (Argon2id)");
            }
            kdf = new KdfParameters(in.getInt(), in.getInt(), in.getInt());
            salt = take(in, SlotLayout.SALT_BYTES, "salt");
        }
        String label = label(in);
        return new SlotHeader(type == SlotLayout.TYPE_PASSPHRASE ? KeySlot.Type.PASSPHRASE : KeySlot.Type.RECOVERY_KEY,
                id, created, kdf, salt, label);
    }

    private static void checkEnvelope(byte[] slot) {
        if (slot.length < SlotLayout.MIN_BYTES || slot.length > SlotLayout.MAX_BYTES) {
            throw new KeySlotDamagedException("a key slot has " + SlotLayout.MIN_BYTES + " to " + SlotLayout.MAX_BYTES
                    + " bytes, not " + slot.length);
        }
        ByteBuffer in = ByteBuffer.wrap(slot);
        if (in.getInt(0) != SlotLayout.MAGIC) {
            throw new KeySlotDamagedException("not a key slot: it does not start with HFKS");
        }
        int body = slot.length - SlotLayout.CRC_BYTES;
        if (crc(slot, body) != in.getInt(body)) {
            throw new KeySlotDamagedException("damaged key slot: the checksum over its " + body
                    + " bytes does not match");
        }
    }

    /** CRC-32C of the first {@code length} bytes. */
    static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Reads the label and checks that exactly the sealed part follows. */
    private static String label(ByteBuffer in) {
        int length = need(in, 1, "label length").get() & 0xff;
        if (length > SlotLayout.MAX_LABEL_BYTES) {
            throw new KeySlotDamagedException("key slot with a label of " + length + " bytes, at most "
                    + SlotLayout.MAX_LABEL_BYTES + " are allowed");
        }
        byte[] text = take(in, length, "label");
        if (in.remaining() != SlotLayout.SEALED_BYTES) {
            throw new KeySlotDamagedException("key slot with " + in.remaining() + " bytes after its label where "
                    + SlotLayout.SEALED_BYTES + " belong");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        } catch (CharacterCodingException e) {
            throw new KeySlotDamagedException("key slot with a label that is not UTF-8");
        }
    }

    private static byte[] take(ByteBuffer in, int length, String what) {
        byte[] field = new byte[length];
        need(in, length, what).get(field);
        return field;
    }

    private static ByteBuffer need(ByteBuffer in, int length, String what) {
        if (in.remaining() < length) {
            throw new KeySlotDamagedException("key slot ends within its " + what);
        }
        return in;
    }
}

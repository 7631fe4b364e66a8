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
 * @param wrapped only for key services
 */
record SlotHeader(KeySlot.Type type, byte[] id, long createdSeconds, @Nullable KdfParameters kdf,
        byte @Nullable [] salt, KeySlot.@Nullable WrappedSecret wrapped, String label) {

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

    /** A header without a key service. */
    SlotHeader(KeySlot.Type type, byte[] id, long createdSeconds, @Nullable KdfParameters kdf,
            byte @Nullable [] salt, String label) {
        this(type, id, createdSeconds, kdf, salt, null, label);
    }

    /** The header's bytes. */
    byte[] toBytes() {
        byte[] text = label.getBytes(StandardCharsets.UTF_8);
        KdfParameters cost = kdf;
        byte[] seasoning = salt;
        KeySlot.WrappedSecret secret = wrapped;
        byte[] name = secret == null ? new byte[0] : secret.key().getBytes(StandardCharsets.US_ASCII);
        int service = secret == null ? 0 : 1 + 2 + name.length + 2 + secret.bytes().length;
        int length = SlotLayout.FIXED_BYTES + (cost == null ? 0 : SlotLayout.KDF_BYTES) + service + 1 + text.length;
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(SlotLayout.MAGIC).put((byte) SlotLayout.VERSION);
        out.put((byte) code(type));
        out.put(id).putLong(createdSeconds);
        if (cost != null && seasoning != null) {
            out.put((byte) SlotLayout.KDF_ARGON2ID).putInt(cost.memoryKiB()).putInt(cost.iterations());
            out.putInt(cost.parallelism()).put(seasoning);
        }
        if (secret != null) {
            out.put((byte) SlotLayout.WRAP_RSA_OAEP_256).putShort((short) name.length).put(name);
            out.putShort((short) secret.bytes().length).put(secret.bytes());
        }
        out.put((byte) text.length).put(text);
        return out.array();
    }

    private static int code(KeySlot.Type type) {
        return switch (type) {
            case PASSPHRASE -> SlotLayout.TYPE_PASSPHRASE;
            case RECOVERY_KEY -> SlotLayout.TYPE_RECOVERY_KEY;
            case KEY_SERVICE -> SlotLayout.TYPE_KEY_SERVICE;
        };
    }

    private static KeySlot.Type type(int code) {
        return switch (code) {
            case SlotLayout.TYPE_PASSPHRASE -> KeySlot.Type.PASSPHRASE;
            case SlotLayout.TYPE_RECOVERY_KEY -> KeySlot.Type.RECOVERY_KEY;
            case SlotLayout.TYPE_KEY_SERVICE -> KeySlot.Type.KEY_SERVICE;
            default -> throw new KeySlotUnsupportedException("key slot of type " + code
                    + ", this program knows types 1 to 3");
        };
    }

    private static KeySlot.WrappedSecret service(ByteBuffer in) {
        int algorithm = need(in, 1, "algorithm of its key service").get() & 0xff;
        if (algorithm != SlotLayout.WRAP_RSA_OAEP_256) {
            throw new KeySlotUnsupportedException("key slot whose key service uses algorithm " + algorithm
                    + ", this program knows 1 (RSA-OAEP-256)");
        }
        byte[] name = part(in, SlotLayout.MAX_KEY_NAME, "name of its key");
        for (byte each : name) {
            if (each <= ' ' || each > '~') {
                throw new KeySlotDamagedException("key slot with a name of a key that is not printable ASCII");
            }
        }
        return new KeySlot.WrappedSecret(new String(name, StandardCharsets.US_ASCII),
                part(in, SlotLayout.MAX_SERVICE_BYTES, "encrypted secret"));
    }

    private static byte[] part(ByteBuffer in, int most, String what) {
        int length = need(in, 2, what).getShort() & 0xffff;
        if (length == 0 || length > most) {
            throw new KeySlotDamagedException("key slot whose " + what + " has " + length + " bytes");
        }
        return take(in, length, what);
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
        KeySlot.Type kind = type(type);
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
        KeySlot.WrappedSecret wrapped = kind == KeySlot.Type.KEY_SERVICE ? service(in) : null;
        String label = label(in);
        return new SlotHeader(kind, id, created, kdf, salt, wrapped, label);
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

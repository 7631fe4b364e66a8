package org.holdfast.crypto.internal;

/** Sizes and constants of a key slot, version 1; see {@code docs/format-keys.md}. */
public final class SlotLayout {

    /** {@code HFKS}. */
    public static final int MAGIC = 0x48464b53;
    /** The version this program writes and reads. */
    public static final int VERSION = 1;
    /** Type: opened with a passphrase. */
    public static final int TYPE_PASSPHRASE = 1;
    /** Type: opened with a recovery key. */
    public static final int TYPE_RECOVERY_KEY = 2;
    /** Type: opened by an external key service. */
    public static final int TYPE_KEY_SERVICE = 3;
    /** The service encrypts with RSA-OAEP, SHA-256 in both places (RFC 8017). */
    public static final int WRAP_RSA_OAEP_256 = 1;
    /** Longest name of a key of a service, in bytes of ASCII. */
    public static final int MAX_KEY_NAME = 256;
    /** Longest secret as a service has encrypted it. */
    public static final int MAX_SERVICE_BYTES = 1024;
    /** Passphrase function: Argon2id, version 0x13. */
    public static final int KDF_ARGON2ID = 1;
    /** Slot id. */
    public static final int ID_BYTES = 16;
    /** Salt of the passphrase function. */
    public static final int SALT_BYTES = 16;
    /** Longest label. */
    public static final int MAX_LABEL_BYTES = 64;
    /** HMAC that commits to the slot key. */
    public static final int COMMITMENT_BYTES = 32;
    /** Sealed root key. */
    public static final int WRAPPED_BYTES = 24 + 32 + 16;
    /** Commitment and sealed root key. */
    public static final int SEALED_BYTES = COMMITMENT_BYTES + WRAPPED_BYTES;
    /** CRC-32C at the end, in every version. */
    public static final int CRC_BYTES = 4;
    /** Magic, version, type, id and creation time. */
    public static final int FIXED_BYTES = 4 + 1 + 1 + ID_BYTES + 8;
    /** Function, memory, passes, lanes and salt. */
    public static final int KDF_BYTES = 1 + 4 + 4 + 4 + SALT_BYTES;
    /** No slot of any version is longer. */
    public static final int MAX_BYTES = 4096;
    /** No slot of any version is shorter: magic, version, type, CRC. */
    public static final int MIN_BYTES = 4 + 1 + 1 + CRC_BYTES;
    /** Latest creation time, end of the year 9999. */
    public static final long MAX_CREATED = 253_402_300_799L;

    private SlotLayout() {
    }
}

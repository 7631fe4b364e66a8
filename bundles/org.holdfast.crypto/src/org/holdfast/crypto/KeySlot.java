package org.holdfast.crypto;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.crypto.internal.Argon2id;
import org.holdfast.crypto.internal.SlotLayout;

/**
 * One way to open an encryption domain: the domain's root key, wrapped under a key made from a passphrase or a recovery
 * key. Immutable. The bytes are specified in {@code docs/format-keys.md}; they are public, whoever has them can do no
 * better than guess.
 */
public final class KeySlot {

    /** What opens a slot. */
    public enum Type {
        /** A passphrase, stretched with Argon2id. */
        PASSPHRASE,
        /** A {@link RecoveryKey}. */
        RECOVERY_KEY,
        /** A service that decrypts with a key it shows nobody, for example Azure Key Vault. */
        KEY_SERVICE
    }

    /** Bytes of the secret that a key service encrypts. */
    public static final int SERVICE_SECRET_BYTES = DomainKeys.KEY_BYTES;

    /**
     * The secret of a slot, encrypted by a key service; public.
     *
     * @param key name of exactly the key that decrypts it, 1 to 256 characters of printable ASCII
     * @param bytes encrypted secret, 1 to 1024 bytes
     */
    public record WrappedSecret(String key, byte[] bytes) {
        /** Copies and checks. */
        public WrappedSecret {
            bytes = bytes.clone();
            if (key.isEmpty() || key.length() > SlotLayout.MAX_KEY_NAME
                    || !key.chars().allMatch(c -> c > ' ' && c < 127)
                    || bytes.length == 0 || bytes.length > SlotLayout.MAX_SERVICE_BYTES) {
                throw new IllegalArgumentException("the name of the key or the encrypted secret does not fit: " + key);
            }
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    /** Longest label, in bytes of UTF-8. */
    public static final int MAX_LABEL_BYTES = SlotLayout.MAX_LABEL_BYTES;

    /** What stretching a passphrase may use when the caller sets no budget, in KiB: 2 GiB, outside the heap. */
    public static final int DEFAULT_MEMORY_BUDGET_KIB = 2_097_152;

    private final SlotHeader header;
    private final byte[] bytes;

    KeySlot(SlotHeader header, byte[] bytes) {
        this.header = header;
        this.bytes = bytes;
    }

    /**
     * Wraps a root key under a new passphrase. Takes a fifth of a second and the memory of the parameters,
     * outside the heap.
     *
     * @param rootKey 32 bytes
     * @param domainId 16 bytes, bound to the slot
     * @param label free text of at most {@value #MAX_LABEL_BYTES} bytes of UTF-8, may be empty
     * @param created when, kept in whole seconds
     * @throws PassphraseRefusedException when the {@link PassphrasePolicy} does not accept the passphrase
     */
    public static KeySlot create(SecretBytes rootKey, byte[] domainId, Passphrase passphrase,
            KdfParameters parameters, String label, Instant created) {
        PassphrasePolicy.Result judgement = PassphrasePolicy.check(passphrase);
        if (!judgement.accepted()) {
            throw new PassphraseRefusedException(judgement.message());
        }
        SlotHeader header = new SlotHeader(Type.PASSPHRASE, random(SlotLayout.ID_BYTES), created.getEpochSecond(),
                parameters, random(SlotLayout.SALT_BYTES), label);
        return create(header, rootKey, domainId, stretch(passphrase, header), random(Xaes256Gcm.NONCE_BYTES));
    }

    /**
     * Wraps a root key under a recovery key.
     *
     * @param rootKey 32 bytes
     * @param domainId 16 bytes, bound to the slot
     * @param label free text of at most {@value #MAX_LABEL_BYTES} bytes of UTF-8, may be empty
     * @param created when, kept in whole seconds
     */
    public static KeySlot create(SecretBytes rootKey, byte[] domainId, RecoveryKey recoveryKey, String label,
            Instant created) {
        SlotHeader header = new SlotHeader(Type.RECOVERY_KEY, random(SlotLayout.ID_BYTES), created.getEpochSecond(),
                null, null, label);
        return create(header, rootKey, domainId, SlotSeal.recoverySlotKey(header, recoveryKey),
                random(Xaes256Gcm.NONCE_BYTES));
    }

    /**
     * Wraps a root key under a secret that a key service has encrypted.
     *
     * @param rootKey 32 bytes
     * @param domainId 16 bytes, bound to the slot
     * @param secret 32 random bytes; not wiped
     * @param wrapped the same, encrypted
     * @param label free text of at most {@value #MAX_LABEL_BYTES} bytes of UTF-8, may be empty
     * @param created when, kept in whole seconds
     */
    public static KeySlot create(SecretBytes rootKey, byte[] domainId, byte[] secret, WrappedSecret wrapped,
            String label, Instant created) {
        if (secret.length != SERVICE_SECRET_BYTES) {
            throw new IllegalArgumentException("a secret has " + SERVICE_SECRET_BYTES + " bytes");
        }
        SlotHeader header = new SlotHeader(Type.KEY_SERVICE, random(SlotLayout.ID_BYTES), created.getEpochSecond(),
                null, null, wrapped, label);
        return create(header, rootKey, domainId, SlotSeal.serviceSlotKey(header, secret),
                random(Xaes256Gcm.NONCE_BYTES));
    }

    /** Builds a slot from given parts, the slot key is closed. For the above and for known answers. */
    static KeySlot create(SlotHeader header, SecretBytes rootKey, byte[] domainId, SecretBytes slotKey,
            byte[] nonce) {
        try (slotKey) {
            return new KeySlot(header, SlotSeal.seal(header, rootKey, domainId, slotKey, nonce));
        }
    }

    /**
     * Reads a slot. Allocates less than 4 KiB whatever the input.
     *
     * @throws KeySlotDamagedException when this is no slot or a damaged one
     * @throws KeySlotUnsupportedException when it is of a newer version or type
     * @throws KdfParametersRefusedException when its parameters are too weak or too large
     */
    public static KeySlot parse(byte[] bytes) {
        return new KeySlot(SlotHeader.parse(bytes), bytes.clone());
    }

    /**
     * Unwraps the root key with a passphrase, using at most {@link #DEFAULT_MEMORY_BUDGET_KIB} of memory.
     *
     * @param domainId the domain the slot has to belong to
     * @return the root key, to be closed by the caller
     * @throws WrongPassphraseException when it is not this slot's passphrase, or the slot has none
     * @throws WrongDomainException when the slot belongs to another domain
     * @throws KdfParametersRefusedException when there is too little memory
     */
    public SecretBytes unlock(Passphrase passphrase, byte[] domainId) {
        return unlock(passphrase, domainId, DEFAULT_MEMORY_BUDGET_KIB);
    }

    /**
     * As {@link #unlock(Passphrase, byte[])} with a limit on the memory that the slot's parameters may ask for.
     *
     * @param memoryBudgetKiB limit in KiB
     */
    public SecretBytes unlock(Passphrase passphrase, byte[] domainId, long memoryBudgetKiB) {
        KdfParameters parameters = header.kdf();
        if (parameters == null) {
            throw new WrongPassphraseException("key slot " + idText() + " is opened with a recovery key");
        }
        parameters.requireWithin(memoryBudgetKiB);
        try (SecretBytes slotKey = stretch(passphrase, header)) {
            return SlotSeal.open(header, bytes, domainId, slotKey,
                    "wrong passphrase: it does not open key slot " + idText());
        }
    }

    /**
     * Unwraps the root key with a recovery key.
     *
     * @param domainId the domain the slot has to belong to
     * @return the root key, to be closed by the caller
     * @throws WrongPassphraseException when it is not this slot's recovery key, or the slot has none
     * @throws WrongDomainException when the slot belongs to another domain
     */
    public SecretBytes unlock(RecoveryKey recoveryKey, byte[] domainId) {
        if (header.type() != Type.RECOVERY_KEY) {
            throw new WrongPassphraseException("key slot " + idText() + " is opened with a passphrase");
        }
        try (SecretBytes slotKey = SlotSeal.recoverySlotKey(header, recoveryKey)) {
            return SlotSeal.open(header, bytes, domainId, slotKey,
                    "wrong recovery key: it does not open key slot " + idText());
        }
    }

    /**
     * Unwraps the root key with what the key service has decrypted.
     *
     * @param secret decrypted bytes of {@link #wrappedSecret()}; not wiped
     * @param domainId the domain the slot has to belong to
     * @return the root key, to be closed by the caller
     * @throws WrongPassphraseException when it is not this slot's secret, or the slot has none
     * @throws WrongDomainException when the slot belongs to another domain
     */
    public SecretBytes unlock(byte[] secret, byte[] domainId) {
        if (header.type() != Type.KEY_SERVICE || secret.length != SERVICE_SECRET_BYTES) {
            throw new WrongPassphraseException("key slot " + idText() + " is not opened with that");
        }
        try (SecretBytes slotKey = SlotSeal.serviceSlotKey(header, secret)) {
            return SlotSeal.open(header, bytes, domainId, slotKey,
                    "wrong secret: it does not open key slot " + idText());
        }
    }

    private static SecretBytes stretch(Passphrase passphrase, SlotHeader header) {
        @Nullable KdfParameters kdf = header.kdf();
        byte @Nullable [] salt = header.salt();
        if (kdf == null || salt == null) {
            throw new IllegalStateException("a passphrase slot has parameters");
        }
        try {
            return SecretBytes.adopt(Argon2id.derive(passphrase.utf8().view(), salt, kdf.memoryKiB(),
                    kdf.iterations(), kdf.parallelism(), DomainKeys.KEY_BYTES));
        } catch (OutOfMemoryError e) {
            throw new KdfParametersRefusedException("Argon2id needs " + kdf.memoryKiB() / 1024
                    + " MiB of memory, which this machine does not give");
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** A copy of the slot's bytes, for storing. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** A copy of the slot's id, 16 bytes. */
    public byte[] id() {
        return header.id().clone();
    }

    /** The slot's id as 32 hex digits. */
    public String idText() {
        return HexFormat.of().formatHex(header.id());
    }

    /** What opens the slot. */
    public Type type() {
        return header.type();
    }

    /** When it was made, in whole seconds. */
    public Instant created() {
        return Instant.ofEpochSecond(header.createdSeconds());
    }

    /** The label it was given, may be empty. */
    public String label() {
        return header.label();
    }

    /** Cost of stretching the passphrase; empty for a recovery key. */
    public Optional<KdfParameters> kdfParameters() {
        return Optional.ofNullable(header.kdf());
    }

    /** What a key service has to decrypt; empty for other slots. */
    public Optional<WrappedSecret> wrappedSecret() {
        return Optional.ofNullable(header.wrapped());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeySlot slot && Arrays.equals(bytes, slot.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "KeySlot[" + idText() + ", " + header.type() + ", " + header.label() + "]";
    }
}

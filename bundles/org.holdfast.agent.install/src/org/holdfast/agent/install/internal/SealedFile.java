package org.holdfast.agent.install.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.crypto.AuthenticationFailedException;
import org.holdfast.crypto.CryptoException;
import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.KdfParameters;
import org.holdfast.crypto.KeySlot;
import org.holdfast.crypto.Passphrase;
import org.holdfast.crypto.PassphraseRefusedException;
import org.holdfast.crypto.RecoveryKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.WrongPassphraseException;
import org.holdfast.crypto.Xaes256Gcm;

/**
 * The form of a sealed file: {@code "HFPE" || version (1) || id (16) || length of the slot (2, big endian) || key slot}
 * and then the sealed content. The key slot is that of vaults (docs/format-keys.md) and wraps a random key of this file
 * alone; the content is sealed with that key by XAES-256-GCM, with everything before it as associated data.
 */
public final class SealedFile implements AutoCloseable {
    private static final byte[] MAGIC = "HFPE".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEAD = MAGIC.length + 1 + DomainKeys.DOMAIN_ID_BYTES + Short.BYTES;
    private static final String LABEL = "passphrases of servers";

    private final byte[] head;
    private final SecretBytes key;

    private SealedFile(byte[] head, SecretBytes key) {
        this.head = head;
        this.key = key;
    }

    /** A new one for a passphrase. */
    public static SealedFile create(char[] passphrase, Instant now) {
        try (Passphrase secret = Passphrase.of(passphrase)) {
            return create((key, id) -> KeySlot.create(key, id, secret, KdfParameters.DEFAULT, LABEL, now));
        } catch (PassphraseRefusedException e) {
            throw new HoldfastException(Problem.WEAK_PASSPHRASE, "The file of passphrases needs a better one itself: "
                    + e.getMessage() + ".", "Choose a longer passphrase.", e);
        }
    }

    /** A new one for a recovery key. */
    public static SealedFile create(RecoveryKey recovery, Instant now) {
        return create((key, id) -> KeySlot.create(key, id, recovery, LABEL, now));
    }

    /** Makes the slot of a new file. */
    @FunctionalInterface
    private interface SlotMaker {
        KeySlot make(SecretBytes key, byte[] id);
    }

    private static SealedFile create(SlotMaker maker) {
        byte[] id = DomainKeys.newDomainId();
        SecretBytes key = DomainKeys.newRootKey();
        byte[] slot = maker.make(key, id).toBytes();
        byte[] head = ByteBuffer.allocate(HEAD + slot.length).put(MAGIC).put((byte) VERSION).put(id)
                .putShort((short) slot.length).put(slot).array();
        return new SealedFile(head, key);
    }

    /** Opens one with its passphrase. */
    public static SealedFile open(byte[] file, char[] passphrase) {
        try (Passphrase secret = Passphrase.of(passphrase)) {
            return open(file, (slot, id) -> slot.unlock(secret, id));
        }
    }

    /** Opens one with its recovery key. */
    public static SealedFile open(byte[] file, RecoveryKey recovery) {
        return open(file, (slot, id) -> slot.unlock(recovery, id));
    }

    /** Unwraps the key of a file. */
    @FunctionalInterface
    private interface Unlock {
        SecretBytes key(KeySlot slot, byte[] id);
    }

    private static SealedFile open(byte[] file, Unlock unlock) {
        byte[] head = head(file);
        byte[] id = Arrays.copyOfRange(head, MAGIC.length + 1, MAGIC.length + 1 + DomainKeys.DOMAIN_ID_BYTES);
        try {
            KeySlot slot = KeySlot.parse(Arrays.copyOfRange(head, HEAD, head.length));
            return new SealedFile(head, unlock.key(slot, id));
        } catch (WrongPassphraseException e) {
            throw new HoldfastException(Problem.WRONG_PASSPHRASE, "This does not open the file of passphrases.",
                    "Give the passphrase or recovery key that it was sealed with.", e);
        } catch (CryptoException e) {
            throw new HoldfastException(Problem.OBJECT_DAMAGED, "The file of passphrases is damaged: " + e.getMessage()
                    + ".", "Bring it back from a copy.", e);
        }
    }

    private static byte[] head(byte[] file) {
        if (file.length < HEAD || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "This is no sealed file of passphrases.",
                    "Give another file; one that is not there is made.");
        }
        if (file[MAGIC.length] != VERSION) {
            throw new HoldfastException(Problem.VAULT_UNSUPPORTED,
                    "This file of passphrases is of a version that is not known here.", "Use a newer program.");
        }
        int slot = ByteBuffer.wrap(file).getShort(HEAD - Short.BYTES) & 0xffff;
        if (file.length < HEAD + slot + Xaes256Gcm.OVERHEAD) {
            throw new HoldfastException(Problem.OBJECT_DAMAGED, "The file of passphrases is cut off.",
                    "Bring it back from a copy.");
        }
        return Arrays.copyOf(file, HEAD + slot);
    }

    /** All bytes of the file with a content. */
    public byte[] seal(byte[] plain) {
        byte[] sealed = cipher(cipher -> cipher.seal(plain, head));
        return ByteBuffer.allocate(head.length + sealed.length).put(head).put(sealed).array();
    }

    /**
     * The content of a file that was sealed by this one or opened as this one.
     *
     * @throws HoldfastException with {@link Problem#OBJECT_DAMAGED} when it is another file or was changed
     */
    public byte[] unseal(byte[] file) {
        if (!Arrays.equals(head(file), head)) {
            throw changed(null);
        }
        try {
            return cipher(cipher -> cipher.open(Arrays.copyOfRange(file, head.length, file.length), head));
        } catch (AuthenticationFailedException e) {
            throw changed(e);
        }
    }

    private static HoldfastException changed(@Nullable Exception cause) {
        return new HoldfastException(Problem.OBJECT_DAMAGED, "The file of passphrases was changed by somebody else.",
                "Bring it back from a copy.", cause);
    }

    private byte[] cipher(Function<Xaes256Gcm, byte[]> work) {
        try (var cipher = new Xaes256Gcm(key)) {
            return work.apply(cipher);
        }
    }

    @Override
    public void close() {
        key.close();
    }
}

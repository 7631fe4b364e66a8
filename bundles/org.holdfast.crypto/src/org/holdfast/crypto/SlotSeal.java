package org.holdfast.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

import javax.crypto.Mac;

import org.holdfast.crypto.internal.Hkdf;
import org.holdfast.crypto.internal.RawKey;
import org.holdfast.crypto.internal.SlotLayout;

/**
 * The sealed part of a key slot: {@code commitment || wrapped root key || CRC-32C}. The commitment is there because one
 * GCM ciphertext can be made to open under two keys, and because it tells a wrong passphrase from a wrong domain.
 */
final class SlotSeal {

    private static final byte[] RECOVERY_INFO = ascii("holdfast/v1/slot-recovery");
    private static final byte[] SERVICE_INFO = ascii("holdfast/v1/slot-service");
    private static final byte[] COMMIT_INFO = ascii("holdfast/v1/slot-commit");
    private static final byte[] WRAP_INFO = ascii("holdfast/v1/slot-wrap");

    private SlotSeal() {
    }

    /** The slot key that belongs to a recovery key. */
    static SecretBytes recoverySlotKey(SlotHeader header, RecoveryKey recoveryKey) {
        return derive(recoveryKey.bytes(), header, RECOVERY_INFO);
    }

    /** The slot key that belongs to a secret that a key service has given back. */
    static SecretBytes serviceSlotKey(SlotHeader header, byte[] secret) {
        try (SecretBytes copy = SecretBytes.adopt(secret.clone())) {
            return derive(copy, header, SERVICE_INFO);
        }
    }

    /** All bytes of a slot. */
    static byte[] seal(SlotHeader header, SecretBytes rootKey, byte[] domainId, SecretBytes slotKey, byte[] nonce) {
        if (rootKey.length() != DomainKeys.KEY_BYTES || domainId.length != DomainKeys.DOMAIN_ID_BYTES) {
            throw new IllegalArgumentException("a root key has 32 bytes and a domain id 16");
        }
        byte[] head = header.toBytes();
        int wrappedAt = head.length + SlotLayout.COMMITMENT_BYTES;
        byte[] slot = new byte[wrappedAt + SlotLayout.WRAPPED_BYTES + SlotLayout.CRC_BYTES];
        System.arraycopy(head, 0, slot, 0, head.length);
        byte[] commitment = commitment(header, head, slotKey);
        System.arraycopy(commitment, 0, slot, head.length, commitment.length);
        byte[] aad = associatedData(slot, wrappedAt, domainId);
        try (SecretBytes key = derive(slotKey, header, WRAP_INFO); Xaes256Gcm cipher = new Xaes256Gcm(key)) {
            cipher.seal(nonce, rootKey.view(), 0, rootKey.length(), aad, 0, aad.length, slot, wrappedAt);
        }
        int body = slot.length - SlotLayout.CRC_BYTES;
        ByteBuffer.wrap(slot).putInt(body, SlotHeader.crc(slot, body));
        return slot;
    }

    /** The root key of a slot that {@link SlotHeader#parse} accepted. */
    static SecretBytes open(SlotHeader header, byte[] slot, byte[] domainId, SecretBytes slotKey, String wrongKey) {
        if (domainId.length != DomainKeys.DOMAIN_ID_BYTES) {
            throw new IllegalArgumentException("a domain id has 16 bytes, not " + domainId.length);
        }
        int wrappedAt = slot.length - SlotLayout.CRC_BYTES - SlotLayout.WRAPPED_BYTES;
        int headLength = wrappedAt - SlotLayout.COMMITMENT_BYTES;
        byte[] expected = commitment(header, Arrays.copyOf(slot, headLength), slotKey);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(slot, headLength, wrappedAt))) {
            throw new WrongPassphraseException(wrongKey);
        }
        byte[] aad = associatedData(slot, wrappedAt, domainId);
        byte[] rootKey = new byte[DomainKeys.KEY_BYTES];
        try (SecretBytes key = derive(slotKey, header, WRAP_INFO); Xaes256Gcm cipher = new Xaes256Gcm(key)) {
            cipher.open(slot, wrappedAt, SlotLayout.WRAPPED_BYTES, aad, 0, aad.length, rootKey, 0);
            return SecretBytes.adopt(rootKey);
        } catch (AuthenticationFailedException e) {
            throw new WrongDomainException("the key slot belongs to another encryption domain than the one asked for, "
                    + "or its wrapped key was replaced", e);
        }
    }

    private static byte[] associatedData(byte[] slot, int length, byte[] domainId) {
        byte[] aad = Arrays.copyOf(slot, length + domainId.length);
        System.arraycopy(domainId, 0, aad, length, domainId.length);
        return aad;
    }

    private static byte[] commitment(SlotHeader header, byte[] head, SecretBytes slotKey) {
        try (SecretBytes key = derive(slotKey, header, COMMIT_INFO)) {
            RawKey raw = new RawKey("HmacSHA256", key.view());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(raw);
            raw.destroy();
            return mac.doFinal(head);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime offers no HMAC-SHA-256", e);
        }
    }

    private static SecretBytes derive(SecretBytes secret, SlotHeader header, byte[] info) {
        return SecretBytes.adopt(Hkdf.derive(secret.view(), header.id(), info, DomainKeys.KEY_BYTES));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

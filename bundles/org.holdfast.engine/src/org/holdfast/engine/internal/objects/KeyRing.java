package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.keys.KeyWrapper;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.crypto.CryptoException;
import org.holdfast.crypto.KdfParameters;
import org.holdfast.crypto.KeySlot;
import org.holdfast.crypto.Passphrase;
import org.holdfast.crypto.PassphraseRefusedException;
import org.holdfast.crypto.RecoveryKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.WrongPassphraseException;

/** The key slots of a vault. */
public final class KeyRing {
    /** Prefix of key slots in the store. */
    public static final String PREFIX = "slots/";
    private static final int MAX_BYTES = 4096;

    private KeyRing() {
    }

    /** A root key and the slot that gave it. */
    public record Unlocked(SecretBytes rootKey, String slotId) {
    }

    /** Reads all slots; damaged ones are left out, verify names them. */
    public static List<KeySlot> slots(BlobStore store) throws IOException {
        List<ObjectInfo> infos = new ArrayList<>();
        store.list(PREFIX, infos::add);
        List<KeySlot> slots = new ArrayList<>();
        for (ObjectInfo info : infos) {
            try {
                slots.add(KeySlot.parse(store.get(info.name(), MAX_BYTES)));
            } catch (CryptoException | java.nio.file.NoSuchFileException e) {
                // One damaged slot must not keep the others from opening the vault.
                continue;
            }
        }
        slots.sort(java.util.Comparator.comparing(KeySlot::created).thenComparing(KeySlot::idText));
        return slots;
    }

    /** Tries a passphrase on all passphrase slots. */
    public static Unlocked unlock(BlobStore store, byte[] domainId, char[] characters) throws IOException {
        List<KeySlot> slots = slots(store).stream().filter(s -> s.type() == KeySlot.Type.PASSPHRASE).toList();
        requireSome(slots, "passphrase");
        try (Passphrase passphrase = passphrase(characters)) {
            for (KeySlot slot : slots) {
                try {
                    return new Unlocked(slot.unlock(passphrase, domainId), slot.idText());
                } catch (WrongPassphraseException e) {
                    // Perhaps it is another slot's; after the last one the person is told.
                    continue;
                } catch (CryptoException e) {
                    throw damaged(slot, e);
                }
            }
        }
        throw new HoldfastException(Problem.WRONG_PASSPHRASE, "The passphrase does not open this vault.",
                "Check the passphrase; a recovery key, if one was made, opens the vault too.");
    }

    /** Tries a recovery key on all recovery slots. */
    public static Unlocked unlockWithRecoveryKey(BlobStore store, byte[] domainId, String text) throws IOException {
        List<KeySlot> slots = slots(store).stream().filter(s -> s.type() == KeySlot.Type.RECOVERY_KEY).toList();
        requireSome(slots, "recovery key");
        try (RecoveryKey key = RecoveryKey.parse(text)) {
            for (KeySlot slot : slots) {
                try {
                    return new Unlocked(slot.unlock(key, domainId), slot.idText());
                } catch (WrongPassphraseException e) {
                    // Perhaps it is another slot's; after the last one the person is told.
                    continue;
                } catch (CryptoException e) {
                    throw damaged(slot, e);
                }
            }
        } catch (org.holdfast.crypto.RecoveryKeyFormatException e) {
            throw new HoldfastException(Problem.WRONG_PASSPHRASE, "This is no recovery key: " + e.getMessage() + ".",
                    "Check the text for typing errors.", e);
        }
        throw new HoldfastException(Problem.WRONG_PASSPHRASE, "The recovery key does not open this vault.",
                "Check that it belongs to this vault.");
    }

    /** Lets a key service open the slots that it has wrapped with a key. */
    public static Unlocked unlockWithKeyService(BlobStore store, byte[] domainId, String key, KeyWrapper wrapper)
            throws IOException {
        List<KeySlot> slots = slots(store).stream().filter(s -> isWrappedWith(s, key)).toList();
        requireSome(slots, "key service");
        HoldfastException refused = null;
        for (KeySlot slot : slots) {
            KeySlot.WrappedSecret wrapped = slot.wrappedSecret().orElseThrow();
            byte[] secret = new byte[0];
            try {
                secret = wrapper.unwrap(new KeyWrapper.Wrapped(wrapped.key(), wrapped.bytes()));
                return new Unlocked(slot.unlock(secret, domainId), slot.idText());
            } catch (HoldfastException e) {
                // Another slot may be of a version that may still be used.
                refused = e;
            } catch (WrongPassphraseException e) {
                continue;
            } catch (CryptoException e) {
                throw damaged(slot, e);
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }
        throw refused != null ? refused
                : new HoldfastException(Problem.WRONG_PASSPHRASE, "What the key service decrypts does not open this"
                        + " vault.", "Use the passphrase or a recovery key.");
    }

    private static boolean isWrappedWith(KeySlot slot, String key) {
        String wanted = key.toLowerCase(java.util.Locale.ROOT).replaceAll("/+$", "");
        return slot.wrappedSecret().map(wrapped -> wrapped.key().toLowerCase(java.util.Locale.ROOT))
                .filter(name -> name.equals(wanted) || name.startsWith(wanted + "/")).isPresent();
    }

    private static void requireSome(List<KeySlot> slots, String kind) {
        if (slots.isEmpty()) {
            throw new HoldfastException(Problem.WRONG_PASSPHRASE, "The vault has no readable " + kind + " slot.",
                    "Run verify to see whether key slots are damaged.");
        }
    }

    private static HoldfastException damaged(KeySlot slot, CryptoException e) {
        return new HoldfastException(Problem.OBJECT_DAMAGED, "The key slot " + slot.idText() + " cannot be used: "
                + e.getMessage() + ".", "Use another key slot.", e);
    }

    private static Passphrase passphrase(char[] characters) {
        try {
            return Passphrase.of(characters);
        } catch (PassphraseRefusedException e) {
            throw weak(e);
        }
    }

    private static HoldfastException weak(PassphraseRefusedException e) {
        String text = e.getMessage();
        return new HoldfastException(Problem.WEAK_PASSPHRASE,
                "The passphrase was refused: " + text + (text.endsWith(".") ? "" : "."),
                "Use at least 16 characters.", e);
    }

    /** Makes a passphrase slot, not stored yet. */
    public static KeySlot newSlot(SecretBytes rootKey, byte[] domainId, char[] characters, Instant now) {
        try (Passphrase passphrase = passphrase(characters)) {
            return KeySlot.create(rootKey, domainId, passphrase, KdfParameters.DEFAULT, "", now);
        } catch (PassphraseRefusedException e) {
            throw weak(e);
        }
    }

    /** Stores a slot. */
    public static void put(BlobStore store, KeySlot slot) throws IOException {
        store.put(PREFIX + slot.idText(), ByteBuffer.wrap(slot.toBytes()));
    }

    /** Wipes characters. */
    public static void wipe(char[] characters) {
        Arrays.fill(characters, '\0');
    }
}

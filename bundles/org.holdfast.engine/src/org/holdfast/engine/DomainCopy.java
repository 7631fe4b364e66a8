package org.holdfast.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.engine.internal.objects.KeyRing;
import org.holdfast.format.FormatException;
import org.holdfast.format.KeeperKey;
import org.holdfast.format.VaultDescriptor;

/**
 * A second, empty place for the recovery points of an encryption domain: same keys, same key slots, so what is stored
 * in one can be carried to the other. The two know nothing of each other.
 */
public final class DomainCopy {
    private static final int MAX_BYTES = 4096;

    private DomainCopy() {
    }

    /**
     * Makes the copy; one that is there already stays as it is.
     *
     * @param from a vault
     * @param to an empty store, or one with an earlier copy
     * @param passphrase of the domain; not wiped
     * @throws HoldfastException {@link Problem#WRONG_PASSPHRASE}, {@link Problem#OBJECT_DAMAGED}, or
     *         {@link Problem#VAULT_EXISTS} when there is something else
     * @throws IOException when one of the stores fails
     */
    public static void make(BlobStore from, BlobStore to, char[] passphrase) throws IOException {
        byte[] bytes = from.get(VaultDescriptor.OBJECT, MAX_BYTES);
        try {
            VaultDescriptor descriptor = VaultDescriptor.parse(bytes);
            if (isThere(to, bytes)) {
                return;
            }
            byte[] domain = descriptor.domainId();
            try (SecretBytes root = KeyRing.unlock(from, domain, passphrase).rootKey();
                    DomainKeys keys = DomainKeys.derive(root, domain)) {
                if (!Arrays.equals(Signatures.publicKey(keys.signatureSeed()), descriptor.publicKey())) {
                    throw new HoldfastException(Problem.SIGNATURE_INVALID,
                            "The vault's descriptor does not belong to its keys: somebody changed it.",
                            "Do not trust this vault; restore it from a copy.");
                }
                copySlots(from, to);
                to.put(KeeperKey.OBJECT, ByteBuffer.wrap(KeeperKey.encode(domain, keys.keeperKey())));
            }
            // Last of all: what has no descriptor is no vault.
            to.put(VaultDescriptor.OBJECT, ByteBuffer.wrap(bytes));
        } catch (FormatException e) {
            throw new HoldfastException(Problem.OBJECT_DAMAGED, e.getMessage(), "", e);
        }
    }

    private static boolean isThere(BlobStore to, byte[] descriptor) throws IOException {
        try {
            if (Arrays.equals(descriptor, to.get(VaultDescriptor.OBJECT, MAX_BYTES))) {
                return true;
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        throw new HoldfastException(Problem.VAULT_EXISTS, "There is another vault at '" + to.location() + "'.",
                "Choose an empty directory.");
    }

    private static void copySlots(BlobStore from, BlobStore to) throws IOException {
        List<ObjectInfo> slots = new ArrayList<>();
        from.list(KeyRing.PREFIX, slots::add);
        for (ObjectInfo slot : slots) {
            to.put(slot.name(), ByteBuffer.wrap(from.get(slot.name(), MAX_BYTES)));
        }
    }
}

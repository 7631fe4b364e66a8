package org.holdfast.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.KeeperKey;
import org.holdfast.format.VaultDescriptor;

/** The keys of the one protected server, the same in all runs, and what its files can hold. */
final class Domain {
    /** How many different things a file can hold. */
    static final int CONTENTS = 12;
    private final DomainKeys keys;
    private final VaultDescriptor descriptor;
    private final byte[] stored;
    private final byte[] group;
    private final byte[][] contents = new byte[CONTENTS][];

    Domain() {
        byte[] id = new byte[DomainKeys.DOMAIN_ID_BYTES];
        Arrays.fill(id, (byte) 7);
        byte[] root = new byte[DomainKeys.KEY_BYTES];
        Arrays.fill(root, (byte) 9);
        try (SecretBytes key = SecretBytes.copyOf(root)) {
            keys = DomainKeys.derive(key, id);
        }
        descriptor = new VaultDescriptor(id, 1_700_000_000, 0, 0, Signatures.publicKey(keys.signatureSeed()));
        byte[] body = descriptor.encode();
        byte[] signature = Signatures.sign(keys.signatureSeed(), body);
        stored = Arrays.copyOf(body, body.length + signature.length);
        System.arraycopy(signature, 0, stored, body.length, signature.length);
        group = Points.group(keys.keeperKey(), "server", RawPath.of("/srv"), java.util.List.of(RawPath.of("/srv")));
        for (int i = 0; i < CONTENTS; i++) {
            contents[i] = ("what a file holds, number " + i + "; ").repeat(2).getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Makes the vault in a place. */
    void create(Place place) {
        place.add(KeeperKey.OBJECT, KeeperKey.encode(descriptor.domainId(), keys.keeperKey()), 0);
        place.add(VaultDescriptor.OBJECT, stored.clone(), 0);
    }

    /** The vault with all keys. */
    Vault open(BlobStore store, Clock clock) {
        return new Vault(store, descriptor, keys.keeperKey(), keys, clock);
    }

    DomainKeys keys() {
        return keys;
    }

    byte[] group() {
        return group;
    }

    byte[] content(int number) {
        return contents[number];
    }
}

package org.holdfast.engine.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

import org.holdfast.crypto.DomainProof;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.Test;

class ProofTest {
    private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();

    @Test
    void whoHoldsThePassphraseCanProveIt() {
        try (var tree = new TempTree()) {
            var service = new LocalVaultService(List.of(new DirectoryStoreProvider()),
                    List.of(new FilesSourceProvider()), Clock.systemUTC());
            String one = tree.resolve("one").toString();
            String two = tree.resolve("two").toString();
            service.create(one, PASSPHRASE);
            service.create(two, PASSPHRASE);
            byte[] challenge = "challenge".getBytes(StandardCharsets.UTF_8);
            try (var vault = service.open(one, PASSPHRASE); var other = service.open(two, PASSPHRASE)) {
                byte[] proof = vault.prove("registration", challenge);

                assertTrue(DomainProof.verify(vault.publicKey(), "registration", challenge, proof));
                assertFalse(DomainProof.verify(other.publicKey(), "registration", challenge, proof));
                vault.changePassphrase("another passphrase altogether".toCharArray());
                assertArrayEquals(proof, vault.prove("registration", challenge));
            }
        }
    }
}

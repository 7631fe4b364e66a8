package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreFullException;
import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.FormatException;
import org.holdfast.format.UnsupportedFormatException;
import org.holdfast.format.VaultDescriptor;

/**
 * One vault in use: its store, its descriptor and its keys.
 *
 * @param store the objects
 * @param descriptor what the vault says of itself
 * @param keeper key of pack directories, index and keeper parts
 * @param keys all keys, or null when the vault was opened without passphrase
 * @param clock wall clock
 */
public record Vault(BlobStore store, VaultDescriptor descriptor, SecretBytes keeper, DomainKeys keys, Clock clock) {
    /** Feature bits this program knows. */
    public static final long KNOWN_FEATURES = 0;

    /** Whether this program knows everything it must know to write to the vault. */
    public boolean writable() {
        return (descriptor.writeFeatures() & ~KNOWN_FEATURES) == 0;
    }

    /**
     * Makes sure that this program knows everything it must know to write to the vault.
     *
     * @throws HoldfastException with {@link Problem#VAULT_UNSUPPORTED} when it does not
     */
    public void requireWritable() {
        if (!writable()) {
            throw new HoldfastException(Problem.VAULT_UNSUPPORTED,
                    "The vault uses features that this version can read but not write.",
                    "Use a newer version of Holdfast.");
        }
    }

    /** Id of the encryption domain, 16 bytes. */
    public byte[] domainId() {
        return descriptor.domainId();
    }

    /** A new cipher for keeper objects; one per thread. */
    public Xaes256Gcm keeperCipher() {
        return new Xaes256Gcm(keeper);
    }

    /** A step that talks to the store. */
    @FunctionalInterface
    public interface StoreCall<T> {
        /** Runs it. */
        T run() throws IOException;
    }

    /** Runs a step and turns what can go wrong into a problem a person understands. */
    public static <T> T io(String what, StoreCall<T> call) {
        try {
            return call.run();
        } catch (IOException e) {
            throw problem(what, e);
        } catch (UnsupportedFormatException e) {
            throw new HoldfastException(Problem.VAULT_UNSUPPORTED, what + " failed. " + e.getMessage(),
                    "Use a newer version of Holdfast.", e);
        } catch (FormatException e) {
            throw new HoldfastException(Problem.OBJECT_DAMAGED, what + " failed. " + e.getMessage(),
                    "Run verify to learn what is affected.", e);
        }
    }

    /** The problem behind a failure of the store. */
    public static HoldfastException problem(String what, IOException e) {
        if (e instanceof StoreFullException) {
            return new HoldfastException(Problem.STORE_FULL, what + " failed: the vault's storage is full.",
                    "Free space or run retain, then try again; nothing that was committed is affected.", e);
        }
        if (e instanceof NoSuchFileException) {
            return new HoldfastException(Problem.OBJECT_MISSING, what + " failed: an object of the vault is missing ("
                    + e.getMessage() + ").", "Run verify to learn what is affected.", e);
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return new HoldfastException(Problem.ACCESS_DENIED, what + " failed: access denied to " + e.getMessage()
                    + ".", "Check the owner and mode of the vault's directory.", e);
        }
        return new HoldfastException(Problem.STORE_UNAVAILABLE, what + " failed: " + e.getMessage() + ".",
                "Check the vault's storage and try again.", e);
    }
}

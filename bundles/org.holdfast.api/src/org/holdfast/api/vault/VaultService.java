package org.holdfast.api.vault;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.spi.keys.KeyWrapper;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Creates and opens vaults. All methods block and throw {@link HoldfastException} with the fitting
 * {@link org.holdfast.api.Problem}; call them from a job, not from a user interface thread.
 */
@ProviderType
public interface VaultService {
    /**
     * Creates a vault with one encryption domain.
     *
     * @param location where; a directory path that does not exist yet or is empty
     * @param passphrase at least 16 characters; the array is not kept and not wiped
     */
    VaultInfo create(String location, char[] passphrase);

    /** Opens a vault with a passphrase. */
    OpenVault open(String location, char[] passphrase);

    /**
     * Like {@link #open}, but returns while the keys are still being derived, so that work that needs none can begin.
     * A wrong passphrase is reported by the first call that needs keys, or by {@link OpenVault#unlock()}.
     */
    default OpenVault openLater(String location, char[] passphrase) {
        return open(location, passphrase);
    }

    /** Opens a vault with the text of its recovery key. */
    OpenVault openWithRecoveryKey(String location, String recoveryKey);

    /**
     * Opens a vault with a key slot that a key service wraps. Such a slot does not prove who made it, see
     * {@code docs/format-keys.md}.
     *
     * @param key name of the key; of its versions that of the slot is taken
     * @param wrapper the service
     */
    default OpenVault openWithKeyService(String location, String key, KeyWrapper wrapper) {
        throw new HoldfastException(Problem.INVALID_REQUEST, "No key service opens vaults here.",
                "Use the passphrase.");
    }

    /** What can be told without a passphrase. */
    VaultInfo inspect(String location);

    /**
     * Checks a vault without a passphrase: every object there, every pack unchanged, directories of packs readable,
     * nothing referenced missing.
     *
     * @param readData whether to read and hash every pack, not only look for it
     */
    VerifyResult verify(String location, boolean readData, ProgressSink progress, CancelToken cancel);
}

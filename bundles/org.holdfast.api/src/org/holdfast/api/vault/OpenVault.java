package org.holdfast.api.vault;

import java.util.List;
import java.util.function.Consumer;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.keys.KeyWrapper;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A vault whose keys are at hand. Thread-safe; all methods block and throw {@link HoldfastException}. Closing wipes
 * the keys.
 *
 * <p>Paths in a recovery point are either absolute as on the protected server or relative to the point's
 * {@linkplain PointSummary#base() base}; results always carry absolute ones.
 */
@ProviderType
public interface OpenVault extends AutoCloseable {
    /**
     * Waits until the keys are there.
     *
     * @throws HoldfastException with {@link org.holdfast.api.Problem#WRONG_PASSPHRASE} when the passphrase was wrong
     */
    default void unlock() {
    }

    /** Facts about the vault. */
    VaultInfo info();

    /**
     * The public key of the domain's signatures (Ed25519, 32 bytes); no secret.
     *
     * @throws UnsupportedOperationException when this vault was not opened from where its objects are
     */
    default byte[] publicKey() {
        throw new UnsupportedOperationException("no keys here");
    }

    /**
     * Proves to whoever knows the public key that this process holds the passphrase; see {@code DomainProof} of the
     * crypto bundle, which checks it.
     *
     * @param context what the proof is for
     * @param message what it is about, for example somebody's challenge
     * @throws UnsupportedOperationException when this vault was not opened from where its objects are
     */
    default byte[] prove(String context, byte[] message) {
        throw new UnsupportedOperationException("no keys here");
    }

    /** All recovery points, oldest first. Damaged manifests are left out here and named by {@link #verify}. */
    List<PointSummary> points();

    /**
     * Finds one recovery point.
     *
     * @param id an id, a unique prefix of one, or {@code latest}
     */
    PointSummary point(String id);

    /** Statistics, warnings and everything else that is recorded about a point. */
    PointDetails details(String pointId);

    /**
     * Lists a directory of a recovery point in the order of names as unsigned bytes, reading no data pack.
     *
     * @param path a directory; {@link RawPath#EMPTY} for the base
     * @param from number of the first entry wanted, 0 for the first
     * @param max most entries wanted in one call
     */
    Listing list(String pointId, RawPath path, int from, int max);

    /** One entry of a recovery point. */
    Entry entry(String pointId, RawPath path);

    /** The most that {@link #read} gives at once, in bytes. */
    int READ_MAX = 16 << 20;

    /**
     * Reads part of a file of a recovery point, and of the vault no more than what holds it. Holes are zeros.
     *
     * @param from first byte wanted, 0 for the beginning
     * @param most bytes wanted at most, up to {@value #READ_MAX}
     * @return the bytes, fewer when the file ends before
     * @throws HoldfastException {@link org.holdfast.api.Problem#PATH_NOT_FOUND} when there is no such entry,
     *         {@link org.holdfast.api.Problem#INVALID_REQUEST} when it is no file,
     *         {@link org.holdfast.api.Problem#OBJECT_DAMAGED} when what is wanted cannot be read
     * @throws UnsupportedOperationException when this vault cannot
     */
    default byte[] read(String pointId, RawPath path, long from, int most, CancelToken cancel) {
        throw new UnsupportedOperationException("no contents here");
    }

    /**
     * Searches recovery points, newest first. Every version of an entry is told once, while the search runs: as soon as
     * it is known how many points have it.
     */
    void find(FindRequest request, Consumer<FindHit> hits, ProgressSink progress, CancelToken cancel);

    /** Makes a recovery point. */
    BackupResult backup(BackupRequest request, ProgressSink progress, CancelToken cancel);

    /** Walks the items of a request and hands out what its exclusions would leave out; stores nothing. */
    void previewExclusions(BackupRequest request, Consumer<Excluded> excluded, CancelToken cancel);

    /** Restores; with {@link RestoreRequest#dryRun()} only counts. */
    RestoreResult restore(RestoreRequest request, ProgressSink progress, CancelToken cancel);

    /** Checks the vault with keys: structure, and with {@code readData} every chunk decrypted and hashed. */
    VerifyResult verify(boolean readData, ProgressSink progress, CancelToken cancel);

    /** Drops recovery points by rule and collects what nothing needs any more. */
    RetainResult retain(RetainRequest request, ProgressSink progress, CancelToken cancel);

    /** All key slots. */
    List<KeySlotInfo> keySlots();

    /** Replaces the passphrase this vault was opened with; data is not rewritten. */
    void changePassphrase(char[] newPassphrase);

    /** Adds a recovery key slot and returns its text; it is shown this once and kept nowhere. */
    String addRecoveryKey();

    /** Removes a key slot; the last one cannot be removed. */
    void removeKeySlot(String slotId);

    /**
     * Adds a key slot that a key service wraps, after it has shown that it unwraps it again.
     *
     * @param key name of the key, whose newest version is taken
     * @param wrapper the service
     */
    default void addKeyService(String key, KeyWrapper wrapper) {
        throw new HoldfastException(Problem.INVALID_REQUEST, "No key service can be used here.", "");
    }

    @Override
    void close();
}

package org.holdfast.store.azure.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.spi.store.remote.StoreCheck.Finding;
import org.holdfast.api.spi.store.remote.StoreCheck.Level;
import org.holdfast.azure.AzureErrors;
import org.holdfast.azure.CredentialKind;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobImmutabilityPolicyMode;
import com.azure.storage.blob.models.StorageAccountInfo;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;

/** Tries what a vault will do in a place, with a small object that is gone afterwards, and says what happened. */
public final class PlaceCheck {
    private static final byte[] PROBE = { 'p', 'r', 'o', 'b', 'e' };
    private static final Duration LOCK = Duration.ofDays(1);
    /** More than this and permits would count too early or too late. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final Accounts accounts;
    private final AzureLocation location;
    private final Clock clock;
    private final List<Finding> found = new ArrayList<>();

    /** Looks at a place. */
    public PlaceCheck(Accounts accounts, AzureLocation location, Clock clock) {
        this.accounts = accounts;
        this.location = location;
        this.clock = clock;
    }

    private interface Look {
        void run() throws IOException;
    }

    private boolean look(String what, Look look) {
        try {
            look.run();
            return true;
        } catch (IOException | RuntimeException e) {
            IOException failure = Failures.of(location.text(), e);
            String text = failure instanceof java.nio.file.FileSystemException file && file.getReason() != null
                    ? file.getReason()
                    : String.valueOf(failure.getMessage());
            found.add(new Finding(Level.BAD, what, text));
            return false;
        }
    }

    private void good(String what, String text) {
        found.add(new Finding(Level.GOOD, what, text));
    }

    private void warn(String what, String text) {
        found.add(new Finding(Level.WARNING, what, text));
    }

    /** What was found. */
    public List<Finding> run() {
        var settings = accounts.settings();
        if (settings.kind() == CredentialKind.DEVELOPMENT_KEY) {
            warn("credential", settings.explain() + ": for trials on this machine only");
        } else {
            good("credential", settings.explain());
        }
        boolean[] writable = { false };
        look("container", () -> {
            var account = accounts.account(location);
            if (settings.kind() != CredentialKind.DEVELOPMENT_KEY && !token()) {
                return;
            }
            account(account);
            var container = account.container(location.container()).client();
            if (!container.exists()) {
                good("container", location.container() + " is not there and will be made");
                return;
            }
            writable[0] = write(container.getBlobClient(location.prefix() + ".probe-" + UUID.randomUUID()));
        });
        if (writable[0]) {
            look("lock", this::lock);
        }
        return List.copyOf(found);
    }

    private boolean token() {
        var request = new com.azure.core.credential.TokenRequestContext()
                .addScopes("https://storage.azure.com/.default");
        try {
            var token = accounts.access().credential().getTokenSync(request);
            good("token", "for storage, until " + token.getExpiresAt().toInstant());
            return true;
        } catch (RuntimeException e) {
            found.add(new Finding(Level.BAD, "token", AzureErrors.sentence(e)));
            return false;
        }
    }

    private void account(Account account) {
        try {
            StorageAccountInfo info = account.service().getAccountInfo();
            String sku = String.valueOf(info.getSkuName());
            good("redundancy", sku.isEmpty() ? "the account does not say" : redundancy(sku));
        } catch (RuntimeException e) {
            warn("redundancy", "the account does not say: " + AzureErrors.sentence(e));
        }
    }

    /** What the name of a kind of account means. */
    static String redundancy(String sku) {
        String kind = sku.substring(sku.indexOf('_') + 1).toUpperCase(java.util.Locale.ROOT);
        return switch (kind) {
            case "LRS" -> "LRS: three copies in one building";
            case "ZRS" -> "ZRS: three copies in three zones of the region";
            case "GRS" -> "GRS: copies in another region too, to be used after a failover";
            case "RAGRS" -> "RA-GRS: copies in another region too, which can be read at any time";
            case "GZRS" -> "GZRS: three zones, and copies in another region to be used after a failover";
            case "RAGZRS" -> "RA-GZRS: three zones, and copies in another region which can be read at any time";
            default -> sku;
        };
    }

    private boolean write(BlobClient probe) {
        return look("writing", () -> {
            var answer = probe.getBlockBlobClient().uploadWithResponse(new BlockBlobSimpleUploadOptions(
                    BinaryData.fromStream(new ByteArrayInputStream(PROBE), (long) PROBE.length))
                    .setContentMd5(Sender.md5(PROBE)), null, Context.NONE);
            Instant there = answer.getValue().getLastModified().toInstant();
            Duration apart = Duration.between(clock.instant(), there).abs();
            byte[] back = probe.downloadContent().toBytes();
            probe.delete();
            if (!java.util.Arrays.equals(back, PROBE)) {
                throw new IOException("What is read is not what was written.");
            }
            good("writing", location.text() + ": an object was written, read and deleted");
            if (apart.compareTo(CLOCKS) > 0) {
                warn("clock", "this machine and the storage account are " + apart.toMinutes() + " minutes apart");
            }
        });
    }

    /**
     * Whether a lock really holds: some services take the headers and keep nothing of them. The lock of the probe is of
     * the kind that can be taken off again, and comes off.
     */
    private void lock() throws IOException {
        BlobClient probe = accounts.account(location).container(location.container()).client()
                .getBlobClient(location.prefix() + ".probe-" + UUID.randomUUID());
        int days = accounts.options().lockDays();
        String held = tryLock(probe);
        if (held.isEmpty()) {
            good("lock", "holds: a locked object could not be deleted"
                    + (days == 0 ? ". Objects are not locked now: HOLDFAST_AZURE_LOCK_DAYS is not set"
                            : ". Objects are locked for " + days + " days"));
        } else if (days > 0) {
            found.add(new Finding(Level.BAD, "lock", held + " Without it whoever has the vault's identity can delete"
                    + " recovery points, although HOLDFAST_AZURE_LOCK_DAYS is " + days + "."));
        } else {
            warn("lock", held);
        }
    }

    private String tryLock(BlobClient probe) {
        var policy = new BlobImmutabilityPolicy().setPolicyMode(BlobImmutabilityPolicyMode.UNLOCKED)
                .setExpiryTime(Account.time(clock.instant().plus(LOCK)));
        try {
            probe.getBlockBlobClient().uploadWithResponse(new BlockBlobSimpleUploadOptions(
                    BinaryData.fromBytes(PROBE)).setImmutabilityPolicy(policy), null, Context.NONE);
        } catch (RuntimeException e) {
            return "does not hold: the container refuses it (" + Failures.code(e)
                    + "); it needs version-level immutability.";
        }
        try {
            probe.delete();
            return "does not hold: a locked object could be deleted all the same.";
        } catch (RuntimeException e) {
            boolean refused = Failures.status(e) == 409;
            probe.deleteImmutabilityPolicy();
            probe.delete();
            return refused ? "" : "cannot be told: deleting failed for another reason (" + Failures.code(e) + ").";
        }
    }
}

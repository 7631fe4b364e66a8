package org.holdfast.store.azure.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobImmutabilityPolicyMode;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;

/**
 * Makes objects, each of them once: one request for all but the largest, with the condition that there is none and the
 * MD5 that the service compares. Thread-safe.
 */
final class Sender {
    /** Up to here in one request; packs are smaller. */
    static final long ONE_REQUEST = 80L << 20;
    private static final int BLOCK = 16 << 20;
    /**
     * Who made it. When an answer is lost, the next try finds the object there, and this tells whether it was the same
     * writer that had made it.
     */
    private static final String WRITER = "holdfastwriter";
    private static final String DATA = "data/";

    private final StoreOptions options;
    private final Clock clock;
    private final Retry retry;

    Sender(StoreOptions options, Clock clock, Retry retry) {
        this.options = options;
        this.clock = clock;
        this.retry = retry;
    }

    /** The bytes of an object, as often as they are needed. */
    interface Source {
        /** @param length of the part */
        InputStream open(long from, long length) throws IOException;
    }

    /** @return false when there is an object of that name already */
    boolean send(BlobClient blob, String name, Source source, long length, byte[] md5) throws IOException {
        String writer = UUID.randomUUID().toString();
        List<String> blocks = length > ONE_REQUEST ? stage(blob, name, source, length, writer) : List.of();
        return retry.run(name, before -> {
            try {
                if (blocks.isEmpty()) {
                    put(blob, name, source, length, md5, writer);
                } else {
                    commit(blob, name, blocks, md5, writer);
                }
                return true;
            } catch (RuntimeException e) {
                boolean discarded = Failures.code(e).equals("InvalidBlockList");
                if (Failures.isThere(e) || discarded && blob.exists()) {
                    return before > 0 && isBy(blob, writer);
                }
                throw e;
            }
        });
    }

    private static boolean isBy(BlobClient blob, String writer) {
        Map<String, String> metadata = blob.getProperties().getMetadata();
        return metadata != null && writer.equals(metadata.get(WRITER));
    }

    private void put(BlobClient blob, String name, Source source, long length, byte[] md5, String writer)
            throws IOException {
        try (InputStream in = source.open(0, length)) {
            var upload = new BlockBlobSimpleUploadOptions(BinaryData.fromStream(in, length)).setContentMd5(md5)
                    .setMetadata(Map.of(WRITER, writer)).setTier(tier(name)).setRequestConditions(onlyNew());
            BlobImmutabilityPolicy lock = lock(name);
            if (lock != null) {
                upload.setImmutabilityPolicy(lock);
            }
            blob.getBlockBlobClient().uploadWithResponse(upload, null, Context.NONE);
        }
    }

    private List<String> stage(BlobClient blob, String name, Source source, long length, String writer)
            throws IOException {
        List<String> ids = new ArrayList<>();
        for (long at = 0; at < length; at += BLOCK) {
            long from = at;
            int size = (int) Math.min(BLOCK, length - at);
            String id = Base64.getEncoder().encodeToString(
                    "%s-%06d".formatted(writer, ids.size()).getBytes(StandardCharsets.US_ASCII));
            retry.run(name, before -> {
                byte[] bytes;
                try (InputStream in = source.open(from, size)) {
                    bytes = in.readNBytes(size);
                }
                return blob.getBlockBlobClient().stageBlockWithResponse(
                        new BlockBlobStageBlockOptions(id, BinaryData.fromBytes(bytes)).setContentMd5(md5(bytes)), null,
                        Context.NONE);
            });
            ids.add(id);
        }
        return ids;
    }

    private void commit(BlobClient blob, String name, List<String> blocks, byte[] md5, String writer) {
        var list = new BlockBlobCommitBlockListOptions(blocks).setHeaders(new BlobHttpHeaders().setContentMd5(md5))
                .setMetadata(Map.of(WRITER, writer)).setTier(tier(name)).setRequestConditions(onlyNew());
        BlobImmutabilityPolicy lock = lock(name);
        if (lock != null) {
            list.setImmutabilityPolicy(lock);
        }
        blob.getBlockBlobClient().commitBlockListWithResponse(list, null, Context.NONE);
    }

    private static BlobRequestConditions onlyNew() {
        return new BlobRequestConditions().setIfNoneMatch("*");
    }

    /** Everything but data is needed whenever somebody looks into the vault. */
    @Nullable
    AccessTier tier(String name) {
        AccessTier data = options.dataTier();
        return data == null ? null : name.startsWith(DATA) ? data : AccessTier.HOT;
    }

    /** What is only there while somebody works is not locked: it is removed after minutes. */
    @Nullable
    BlobImmutabilityPolicy lock(String name) {
        boolean passing = name.startsWith("sessions/") || name.startsWith("checkpoints/");
        return options.lockDays() == 0 || passing ? null
                : new BlobImmutabilityPolicy().setPolicyMode(BlobImmutabilityPolicyMode.LOCKED).setExpiryTime(
                        Account.time(clock.instant().plus(Duration.ofDays(options.lockDays()))));
    }

    static byte[] md5(byte[] bytes) {
        return md5().digest(bytes);
    }

    /** For mistakes on the way; nobody's safety rests on it. */
    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}

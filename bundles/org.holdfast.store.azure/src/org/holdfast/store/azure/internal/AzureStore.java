package org.holdfast.store.azure.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.ObjectNames;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.api.spi.store.remote.DirectAccess;
import org.holdfast.api.spi.store.remote.Permit;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.sas.BlobSasPermission;

/** Objects below a prefix of a container. */
public final class AzureStore implements BlobStore, DirectAccess {
    /** Shows that a store was made here; no object can have such a name. */
    static final String MARKER = ".holdfast";
    private static final Pattern IMMUTABLE = Pattern.compile("(data|meta)/[0-9a-f]{64}");
    private static final int PAGE = 5000;
    private static final long FARTHEST = Long.MAX_VALUE - (64 << 20);

    private final AzureLocation location;
    private final Account account;
    private final Container container;
    private final StoreOptions options;
    private final Clock clock;
    private final Retry retry;
    private final Sender sender;

    /** Makes no connection yet. */
    public AzureStore(AzureLocation location, Account account, StoreOptions options, Clock clock) {
        this.location = location;
        this.account = account;
        this.container = account.container(location.container());
        this.options = options;
        this.clock = clock;
        this.retry = new Retry(options.patience());
        this.sender = new Sender(options, clock, retry);
    }

    private String full(String name) {
        return location.prefix() + name;
    }

    private BlobClient blob(String name) {
        return container.client().getBlobClient(full(name));
    }

    /** Whether a store was made here, or the objects of one were brought here. */
    public boolean isThere() throws IOException {
        return rawSize(MARKER) >= 0 || !isEmpty();
    }

    /** Whether there is no object. */
    public boolean isEmpty() throws IOException {
        return retry.run(location.text(), before -> {
            try {
                var two = new ListBlobsOptions().setPrefix(location.prefix()).setMaxResultsPerPage(2);
                return container.client().listBlobs(two, null).stream().limit(2)
                        .allMatch(item -> item.getName().equals(full(MARKER)));
            } catch (RuntimeException e) {
                if (Failures.isMissing(e)) {
                    return true;
                }
                throw e;
            }
        });
    }

    /** Makes an empty place: the container, unless it is there, and the mark of a store. */
    public void create() throws IOException {
        retry.run(location.text(), before -> container.client().createIfNotExists());
        sender.send(blob(MARKER), MARKER, (from, length) -> new ByteArrayInputStream(new byte[0]), 0,
                Sender.md5(new byte[0]));
    }

    @Override
    public boolean put(String name, ByteBuffer bytes) throws IOException {
        ObjectNames.require(name);
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return sender.send(blob(name), name,
                (from, length) -> new ByteArrayInputStream(copy, (int) from, (int) length), copy.length,
                Sender.md5(copy));
    }

    @Override
    public Upload begin() {
        return new SpooledUpload(options.spool(), (name, source, length, md5) -> sender.send(blob(name), name, source,
                length, md5));
    }

    @Override
    public long size(String name) throws IOException {
        ObjectNames.require(name);
        return rawSize(name);
    }

    private long rawSize(String name) throws IOException {
        return retry.run(name, before -> {
            try {
                return blob(name).getProperties().getBlobSize();
            } catch (RuntimeException e) {
                if (Failures.isMissing(e)) {
                    return -1L;
                }
                throw e;
            }
        });
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        ObjectNames.require(name);
        Objects.checkFromIndexSize(offset, length, into.length);
        if (position < 0) {
            throw new IllegalArgumentException("Position " + position);
        }
        if (length == 0 || position > FARTHEST) {
            if (size(name) < 0) {
                throw new NoSuchFileException(name);
            }
            return 0;
        }
        return retry.run(name, before -> {
            if (IMMUTABLE.matcher(name).matches()) {
                return container.ahead().read(full(name), position, into, offset, length);
            }
            byte[][] bytes = { new byte[length] };
            int count = container.range(full(name), position, bytes);
            System.arraycopy(bytes[0], 0, into, offset, count);
            return count;
        });
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        ObjectNames.require(name);
        return retry.run(name, before -> container.whole(full(name), limit));
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        ObjectNames.requirePrefix(prefix);
        var wanted = new ListBlobsOptions().setPrefix(full(prefix)).setMaxResultsPerPage(PAGE);
        @Nullable String next = null;
        do {
            String from = next;
            PagedResponse<BlobItem> page = retry.run(location.text(), before -> page(wanted, from));
            if (page == null) {
                return;
            }
            for (BlobItem item : page.getValue()) {
                String name = item.getName().substring(location.prefix().length());
                // Marks and probes of ours have names that no object can have.
                if (ObjectNames.isValid(name)) {
                    var facts = item.getProperties();
                    visitor.accept(new ObjectInfo(name, facts.getContentLength(), facts.getLastModified().toInstant()));
                }
            }
            next = page.getContinuationToken();
        } while (next != null && !next.isEmpty());
    }

    private @Nullable PagedResponse<BlobItem> page(ListBlobsOptions wanted, @Nullable String from) {
        try {
            var pages = container.client().listBlobs(wanted, from, null).iterableByPage(PAGE).iterator();
            return pages.hasNext() ? pages.next() : null;
        } catch (RuntimeException e) {
            if (Failures.isMissing(e)) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public boolean delete(String name) throws IOException {
        ObjectNames.require(name);
        try {
            return retry.run(name, before -> {
                try {
                    blob(name).delete();
                    return true;
                } catch (RuntimeException e) {
                    if (Failures.isMissing(e)) {
                        return before > 0;
                    }
                    throw e;
                }
            });
        } finally {
            container.ahead().drop(full(name));
        }
    }

    @Override
    public Permit permit(String name, Access access, Duration validity) throws IOException {
        ObjectNames.require(name);
        if (location.endpoint().getScheme().equals("http")) {
            throw new IOException("Permits are for places with TLS.");
        }
        Instant until = clock.instant().plus(validity);
        boolean create = access == Access.CREATE;
        var allowed = create ? new BlobSasPermission().setCreatePermission(true)
                : new BlobSasPermission().setReadPermission(true);
        URI address = retry.run(name, before -> account.signed(blob(name), allowed, until));
        Map<String, String> headers = new HashMap<>();
        headers.put("x-ms-version", account.service().getServiceVersion().getVersion());
        if (create) {
            headers.put("x-ms-blob-type", "BlockBlob");
            headers.put("If-None-Match", "*");
            AccessTier tier = sender.tier(name);
            if (tier != null) {
                headers.put("x-ms-access-tier", tier.toString());
            }
        }
        return new Permit(address, headers, until, account.trust());
    }

    @Override
    public long arrived(String name) throws IOException {
        long size = size(name);
        BlobImmutabilityPolicy lock = sender.lock(name);
        if (size >= 0 && lock != null) {
            retry.run(name, before -> blob(name).setImmutabilityPolicyWithResponse(lock, null, null, Context.NONE));
        }
        return size;
    }

    @Override
    public long freeBytes() {
        return -1;
    }

    @Override
    public String location() {
        return location.text();
    }

    @Override
    public void close() {
        retry.close();
    }
}

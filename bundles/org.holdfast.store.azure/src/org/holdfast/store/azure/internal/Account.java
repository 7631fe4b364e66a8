package org.holdfast.store.azure.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.azure.AzureAccess;
import org.holdfast.azure.CredentialKind;

import com.azure.core.util.HttpClientOptions;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.azure.storage.common.sas.SasProtocol;

/** A storage account as this program's identity reaches it. Thread-safe. */
public final class Account {
    /** Public, the same in every emulator; see the emulator's documentation. */
    private static final String DEVELOPMENT_KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    /** Clocks of this machine and of the service may differ by so much. */
    static final Duration SKEW = Duration.ofMinutes(15);
    /** A key signs permits for hours; the service takes at most seven days. */
    private static final Duration KEY = Duration.ofHours(12);
    private static final int TRY_SECONDS = 1800;

    private final AzureLocation location;
    private final Clock clock;
    private final boolean developer;
    private final BlobServiceClient service;
    private final @Nullable String trust;
    private final Map<String, Container> containers = new ConcurrentHashMap<>();
    private @Nullable UserDelegationKey key;
    private Instant keyEnd = Instant.MIN;

    /** Makes no connection yet. */
    public Account(AzureLocation location, AzureAccess access, StoreOptions options, Clock clock) throws IOException {
        this.location = location;
        this.clock = clock;
        this.developer = access.settings().kind() == CredentialKind.DEVELOPMENT_KEY;
        if (developer && !location.isHere()) {
            throw new IOException("The key of an emulator is used on this machine only, and '" + location.text()
                    + "' is somewhere else.");
        }
        var builder = new BlobServiceClientBuilder().endpoint(location.endpoint().toString())
                .httpClient(access.http())
                .clientOptions(new HttpClientOptions().setApplicationId("holdfast"))
                .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, TRY_SECONDS, null, null, null));
        if (options.version() != null) {
            builder.serviceVersion(options.version());
        }
        if (developer) {
            builder.credential(new StorageSharedKeyCredential(location.account(), DEVELOPMENT_KEY));
        } else if (location.endpoint().getScheme().equals("http")) {
            throw new IOException("Tokens are sent over TLS only. Begin the location with azure://.");
        } else {
            builder.credential(access.credential());
        }
        this.service = builder.buildClient();
        Path own = access.settings().trust();
        this.trust = own == null ? null : Files.readString(own);
    }

    /** Certificates of the authority of the account, PEM, when it is not one that everybody trusts. */
    @Nullable
    String trust() {
        return trust;
    }

    BlobServiceClient service() {
        return service;
    }

    /** A container of it; always the same object, so that what was read ahead is shared. */
    Container container(String name) {
        return containers.computeIfAbsent(name, each -> new Container(service.getBlobContainerClient(each)));
    }

    /** A permit's address: for one object, one way, until a time, and over TLS only. */
    URI signed(BlobClient blob, BlobSasPermission permission, Instant until) {
        var values = new BlobServiceSasSignatureValues(time(until), permission).setStartTime(
                time(clock.instant().minus(SKEW)));
        if (!location.endpoint().getScheme().equals("http")) {
            values.setProtocol(SasProtocol.HTTPS_ONLY);
        }
        String signature = developer ? blob.generateSas(values) : blob.generateUserDelegationSas(values, key(until));
        return URI.create(blob.getBlobUrl() + "?" + signature);
    }

    private synchronized UserDelegationKey key(Instant until) {
        UserDelegationKey known = key;
        if (known == null || keyEnd.isBefore(until.plus(SKEW))) {
            Instant now = clock.instant();
            Instant end = now.plus(KEY).isBefore(until.plus(SKEW)) ? until.plus(KEY) : now.plus(KEY);
            known = service.getUserDelegationKey(time(now.minus(SKEW)), time(end));
            key = known;
            keyEnd = end;
        }
        return known;
    }

    /** Forgets the key, which the service has stopped to honour. */
    synchronized void forgetKey() {
        key = null;
    }

    static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}

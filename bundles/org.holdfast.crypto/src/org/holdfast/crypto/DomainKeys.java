package org.holdfast.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.holdfast.crypto.internal.Hkdf;

/**
 * The keys of one encryption domain, each derived from the domain's root key for one purpose with HKDF-SHA-256
 * (RFC 5869): input key material is the root key, salt the domain id, info the ASCII text {@code holdfast/v1/} followed
 * by the purpose. Keys are derived on first use, belong to this object (do not close them) and are wiped by
 * {@link #close()}. Thread-safe.
 */
public final class DomainKeys implements AutoCloseable {

    /** Length of a root key and of every derived key, in bytes. */
    public static final int KEY_BYTES = 32;
    /** Length of a domain id, in bytes. */
    public static final int DOMAIN_ID_BYTES = 16;

    private static final String INFO_PREFIX = "holdfast/v1/";

    private final byte[] domainId;
    private final SecretBytes pseudoRandomKey;
    private final Map<String, SecretBytes> derived = new ConcurrentHashMap<>();

    private DomainKeys(SecretBytes pseudoRandomKey, byte[] domainId) {
        this.pseudoRandomKey = pseudoRandomKey;
        this.domainId = domainId;
    }

    /**
     * The keys of a domain. The root key is used here and not kept: the caller may close it afterwards.
     *
     * @param rootKey 32 bytes
     * @param domainId 16 bytes
     */
    public static DomainKeys derive(SecretBytes rootKey, byte[] domainId) {
        if (rootKey.length() != KEY_BYTES) {
            throw new IllegalArgumentException("a root key has 32 bytes, not " + rootKey.length());
        }
        if (domainId.length != DOMAIN_ID_BYTES) {
            throw new IllegalArgumentException("a domain id has 16 bytes, not " + domainId.length);
        }
        byte[] salt = domainId.clone();
        return new DomainKeys(SecretBytes.adopt(Hkdf.extract(rootKey.view(), salt)), salt);
    }

    /** A new random domain id, 16 bytes. */
    public static byte[] newDomainId() {
        byte[] id = new byte[DOMAIN_ID_BYTES];
        new SecureRandom().nextBytes(id);
        return id;
    }

    /** A new random root key, 32 bytes. */
    public static SecretBytes newRootKey() {
        return SecretBytes.random(KEY_BYTES);
    }

    /** A copy of the domain id, 16 bytes. */
    public byte[] domainId() {
        return domainId.clone();
    }

    /** Key of content ids (purpose {@code content-id}); see {@link ContentHasher}. */
    public SecretBytes contentIdKey() {
        return key("content-id");
    }

    /** Key from which the chunker's gear table is made (purpose {@code chunker}). */
    public SecretBytes chunkerKey() {
        return key("chunker");
    }

    /** Key that seals data blobs (purpose {@code data/<epoch>}); the epoch is unsigned, 0 at first. */
    public SecretBytes dataKey(int epoch) {
        return key("data/" + Integer.toUnsignedString(epoch));
    }

    /** Key that seals metadata blobs (purpose {@code meta/<epoch>}); the epoch is unsigned, 0 at first. */
    public SecretBytes metaKey(int epoch) {
        return key("meta/" + Integer.toUnsignedString(epoch));
    }

    /** Key that seals the private part of manifests (purpose {@code manifest}). */
    public SecretBytes manifestKey() {
        return key("manifest");
    }

    /**
     * Key that seals pack directories, index segments and the keeper part of manifests (purpose {@code keeper}). The
     * vault holds a copy, so that it can scrub, collect and compact without the passphrase; it opens no content.
     */
    public SecretBytes keeperKey() {
        return key("keeper");
    }

    /** Key of the local cache (purpose {@code cache}). */
    public SecretBytes cacheKey() {
        return key("cache");
    }

    /** Ed25519 seed (RFC 8032) of the domain's signatures (purpose {@code sign}). */
    public SecretBytes signatureSeed() {
        return key("sign");
    }

    private SecretBytes key(String purpose) {
        return derived.computeIfAbsent(purpose, p -> SecretBytes.adopt(Hkdf.expand(pseudoRandomKey.view(),
                (INFO_PREFIX + p).getBytes(StandardCharsets.US_ASCII), KEY_BYTES)));
    }

    /** Wipes every key handed out; they fail on further use. */
    @Override
    public void close() {
        pseudoRandomKey.close();
        derived.values().forEach(SecretBytes::close);
    }

    @Override
    public String toString() {
        return "DomainKeys[domain " + HexFormat.of().formatHex(domainId) + "]";
    }
}

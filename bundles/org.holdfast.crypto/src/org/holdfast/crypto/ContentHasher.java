package org.holdfast.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;

import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

import org.holdfast.crypto.internal.RawKey;

/**
 * Computes content ids (see {@link ContentId}). One instance per thread; it costs what SHA-256 costs, plus four
 * compressions per id.
 */
public final class ContentHasher implements AutoCloseable {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private boolean closed;

    /** @param key 32 bytes, usually {@link DomainKeys#contentIdKey()} */
    public ContentHasher(SecretBytes key) {
        RawKey raw = new RawKey(ALGORITHM, key.view());
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(raw);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime offers no HMAC-SHA-256", e);
        } finally {
            raw.destroy();
        }
    }

    /**
     * Makes hashing fast from the first chunk on: HotSpot uses the processor's SHA instructions after some thousand
     * calls only. Costs about 15 ms of one processor in a fresh JVM. Never needed for correctness.
     */
    public static void prewarm() {
        byte[] piece = new byte[128];
        try (ContentHasher hasher = new ContentHasher(SecretBytes.adopt(new byte[ContentId.BYTES]))) {
            hasher.begin(ContentId.TYPE_DATA);
            for (int i = 0; i < 8000; i++) {
                hasher.update(piece, 0, piece.length);
            }
            hasher.finish(piece, 0);
        }
    }

    /** Writes the id of one piece of content to {@code out}, 32 bytes from {@code outOffset}. */
    public void hash(byte type, byte[] data, int offset, int length, byte[] out, int outOffset) {
        begin(type);
        mac.update(data, offset, length);
        finish(out, outOffset);
    }

    /** Starts an id whose content comes in parts; forgets an id that was begun and not finished. */
    public void begin(byte type) {
        if (closed) {
            throw new IllegalStateException("this hasher has been closed");
        }
        mac.reset();
        mac.update(type);
    }

    /** Adds a part. */
    public void update(byte[] data, int offset, int length) {
        mac.update(data, offset, length);
    }

    /** Writes the id of all parts since {@link #begin(byte)}, 32 bytes from {@code outOffset}. */
    public void finish(byte[] out, int outOffset) {
        try {
            mac.doFinal(out, outOffset);
        } catch (ShortBufferException e) {
            throw new IndexOutOfBoundsException("an id needs 32 bytes of room");
        }
    }

    /** Forgets the key; {@link #begin(byte)} fails from then on. */
    @Override
    public void close() {
        closed = true;
        try {
            mac.init(new RawKey(ALGORITHM, ContentId.BYTES));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}

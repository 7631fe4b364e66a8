package org.holdfast.crypto.internal;

import java.util.Arrays;

import javax.crypto.SecretKey;

/**
 * A key for the JCA whose bytes can be replaced and wiped, which {@code SecretKeySpec} does not offer. Providers take
 * a copy through {@link #getEncoded()}.
 */
public final class RawKey implements SecretKey {

    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final transient byte[] bytes;

    /** A key of zeros to be filled through {@link #bytes()}. */
    public RawKey(String algorithm, int length) {
        this.algorithm = algorithm;
        this.bytes = new byte[length];
    }

    /** A key with a copy of the given bytes. */
    public RawKey(String algorithm, byte[] bytes) {
        this.algorithm = algorithm;
        this.bytes = bytes.clone();
    }

    /** The key's own array, for filling it. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "RawKey[" + algorithm + "]";
    }

    private void writeObject(java.io.ObjectOutputStream out) throws java.io.NotSerializableException {
        throw new java.io.NotSerializableException(RawKey.class.getName());
    }
}

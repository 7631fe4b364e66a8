package org.holdfast.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Secret bytes that can be wiped and never print themselves. Instances are safe to read from several threads; closing
 * one while another thread reads it is a programming error that ends in {@link IllegalStateException} or in zeros,
 * never in somebody else's memory.
 */
public final class SecretBytes implements AutoCloseable {

    private final byte[] bytes;
    private volatile boolean closed;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A secret with a copy of the given bytes; the caller still owns, and should wipe, its array. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** A secret that takes the given array over: closing the secret wipes the array. */
    public static SecretBytes adopt(byte[] bytes) {
        return new SecretBytes(bytes);
    }

    /** A new random secret from the system's generator, for instance a root key of 32 bytes. */
    public static SecretBytes random(int length) {
        byte[] fresh = new byte[length];
        new SecureRandom().nextBytes(fresh);
        return new SecretBytes(fresh);
    }

    /** Overwrites an array with zeros; {@code null} is ignored. */
    public static void wipe(byte @Nullable [] bytes) {
        if (bytes != null) {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Overwrites an array with zeros; {@code null} is ignored. */
    public static void wipe(char @Nullable [] chars) {
        if (chars != null) {
            Arrays.fill(chars, '\0');
        }
    }

    /** Number of bytes. */
    public int length() {
        return bytes.length;
    }

    /**
     * A copy that the caller has to {@linkplain #wipe(byte[]) wipe}.
     *
     * @throws IllegalStateException when closed
     */
    public byte[] copy() {
        return view().clone();
    }

    /** Compares without telling by time how much is equal. */
    public boolean matches(SecretBytes other) {
        return MessageDigest.isEqual(view(), other.view());
    }

    /** The bytes themselves, not to be changed or kept. */
    byte[] view() {
        if (closed) {
            throw new IllegalStateException("this secret has been closed");
        }
        return bytes;
    }

    /** Wipes the bytes; further use fails. Closing again does nothing. */
    @Override
    public void close() {
        closed = true;
        wipe(bytes);
    }

    @Override
    public String toString() {
        return closed ? "SecretBytes[closed]" : "SecretBytes[" + bytes.length + " bytes]";
    }
}

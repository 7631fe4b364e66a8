package org.holdfast.crypto.internal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Makes the JDK's AES-GCM fast before the first real message.
 * <p>
 * HotSpot uses its AES and GHASH instructions only in callers that its optimising compiler has compiled, which takes
 * some 5000 calls; messages of 256 KiB make a handful each. Calling with many small messages is not enough: the
 * compiler then inlines the inner methods into the path of small messages and the path of large ones stays slow. A
 * read-only buffer makes the provider walk it in pieces of 512 bytes within one long-running loop, so that the inner
 * methods, which all paths share, are compiled on their own. One large piece shows the compiler the branches that
 * only large messages take.
 */
public final class CipherWarmup {

    private static final int ROUNDS = 64;
    private static final int ROUND_BYTES = 128 * 1024;
    private static final int LARGE_BYTES = 640 * 1024;
    private static final int BLOCK = 16;

    private CipherWarmup() {
    }

    /** Takes 0.15 s of one processor in a fresh JVM; useful once. */
    public static void run() {
        byte[] in = new byte[LARGE_BYTES];
        byte[] out = new byte[LARGE_BYTES + BLOCK];
        ByteBuffer source = ByteBuffer.wrap(in, 0, ROUND_BYTES).asReadOnlyBuffer();
        ByteBuffer target = ByteBuffer.wrap(out);
        try {
            Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
            gcm.init(Cipher.ENCRYPT_MODE, new RawKey("AES", 32), new GCMParameterSpec(128, new byte[12]));
            for (int round = 0; round < ROUNDS; round++) {
                gcm.update(source.rewind(), target.rewind());
                if (round == 1) {
                    gcm.update(in, 0, LARGE_BYTES, out, 0);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime offers no AES-256-GCM", e);
        }
    }
}

package org.holdfast.format;

import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.holdfast.crypto.SecretBytes;

/** Makes the gear table of a domain: HMAC-SHA-256 (RFC 2104) of "gear" and a counter under the chunker key. */
public final class GearTable {
    private GearTable() {
    }

    /** The chunker of a domain. */
    public static Chunker chunker(SecretBytes chunkerKey) {
        byte[] key = chunkerKey.copy();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            var table = new byte[Chunker.TABLE_BYTES];
            for (int i = 0; i < table.length / 32; i++) {
                mac.update(new byte[] { 'g', 'e', 'a', 'r', 0, 0, 0, (byte) i });
                mac.doFinal(table, i * 32);
            }
            return new Chunker(table);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        } finally {
            SecretBytes.wipe(key);
        }
    }
}

package org.holdfast.crypto.internal;

/** The compression function G of Argon2 (RFC 9106 section 3.5) on blocks of 128 words. */
final class Argon2Block {

    /** Words of a block. */
    static final int WORDS = 128;
    private static final long LOW = 0xffff_ffffL;

    private Argon2Block() {
    }

    /** {@code out = G(x, y)}, or {@code out ^= G(x, y)}; {@code scratch} is overwritten, {@code out} may be x or y. */
    static void compress(long[] x, long[] y, long[] out, boolean xor, long[] scratch) {
        for (int i = 0; i < WORDS; i++) {
            scratch[i] = x[i] ^ y[i];
        }
        if (xor) {
            for (int i = 0; i < WORDS; i++) {
                out[i] ^= scratch[i];
            }
        } else {
            System.arraycopy(scratch, 0, out, 0, WORDS);
        }
        for (int row = 0; row < 8; row++) {
            permute(scratch, 16 * row, 2);
        }
        for (int column = 0; column < 8; column++) {
            permute(scratch, 2 * column, 16);
        }
        for (int i = 0; i < WORDS; i++) {
            out[i] ^= scratch[i];
        }
    }

    /** Permutation P on eight pairs of words, {@code stride} words apart, in locals that fit into registers. */
    private static void permute(long[] v, int base, int stride) {
        int at = base;
        long v0 = v[at];
        long v1 = v[at + 1];
        at += stride;
        long v2 = v[at];
        long v3 = v[at + 1];
        at += stride;
        long v4 = v[at];
        long v5 = v[at + 1];
        at += stride;
        long v6 = v[at];
        long v7 = v[at + 1];
        at += stride;
        long v8 = v[at];
        long v9 = v[at + 1];
        at += stride;
        long v10 = v[at];
        long v11 = v[at + 1];
        at += stride;
        long v12 = v[at];
        long v13 = v[at + 1];
        at += stride;
        long v14 = v[at];
        long v15 = v[at + 1];

        v0 = add(v0, v4);
        v12 = Long.rotateRight(v12 ^ v0, 32);
        v8 = add(v8, v12);
        v4 = Long.rotateRight(v4 ^ v8, 24);
        v0 = add(v0, v4);
        v12 = Long.rotateRight(v12 ^ v0, 16);
        v8 = add(v8, v12);
        v4 = Long.rotateRight(v4 ^ v8, 63);

        v1 = add(v1, v5);
        v13 = Long.rotateRight(v13 ^ v1, 32);
        v9 = add(v9, v13);
        v5 = Long.rotateRight(v5 ^ v9, 24);
        v1 = add(v1, v5);
        v13 = Long.rotateRight(v13 ^ v1, 16);
        v9 = add(v9, v13);
        v5 = Long.rotateRight(v5 ^ v9, 63);

        v2 = add(v2, v6);
        v14 = Long.rotateRight(v14 ^ v2, 32);
        v10 = add(v10, v14);
        v6 = Long.rotateRight(v6 ^ v10, 24);
        v2 = add(v2, v6);
        v14 = Long.rotateRight(v14 ^ v2, 16);
        v10 = add(v10, v14);
        v6 = Long.rotateRight(v6 ^ v10, 63);

        v3 = add(v3, v7);
        v15 = Long.rotateRight(v15 ^ v3, 32);
        v11 = add(v11, v15);
        v7 = Long.rotateRight(v7 ^ v11, 24);
        v3 = add(v3, v7);
        v15 = Long.rotateRight(v15 ^ v3, 16);
        v11 = add(v11, v15);
        v7 = Long.rotateRight(v7 ^ v11, 63);

        v0 = add(v0, v5);
        v15 = Long.rotateRight(v15 ^ v0, 32);
        v10 = add(v10, v15);
        v5 = Long.rotateRight(v5 ^ v10, 24);
        v0 = add(v0, v5);
        v15 = Long.rotateRight(v15 ^ v0, 16);
        v10 = add(v10, v15);
        v5 = Long.rotateRight(v5 ^ v10, 63);

        v1 = add(v1, v6);
        v12 = Long.rotateRight(v12 ^ v1, 32);
        v11 = add(v11, v12);
        v6 = Long.rotateRight(v6 ^ v11, 24);
        v1 = add(v1, v6);
        v12 = Long.rotateRight(v12 ^ v1, 16);
        v11 = add(v11, v12);
        v6 = Long.rotateRight(v6 ^ v11, 63);

        v2 = add(v2, v7);
        v13 = Long.rotateRight(v13 ^ v2, 32);
        v8 = add(v8, v13);
        v7 = Long.rotateRight(v7 ^ v8, 24);
        v2 = add(v2, v7);
        v13 = Long.rotateRight(v13 ^ v2, 16);
        v8 = add(v8, v13);
        v7 = Long.rotateRight(v7 ^ v8, 63);

        v3 = add(v3, v4);
        v14 = Long.rotateRight(v14 ^ v3, 32);
        v9 = add(v9, v14);
        v4 = Long.rotateRight(v4 ^ v9, 24);
        v3 = add(v3, v4);
        v14 = Long.rotateRight(v14 ^ v3, 16);
        v9 = add(v9, v14);
        v4 = Long.rotateRight(v4 ^ v9, 63);

        at = base;
        v[at] = v0;
        v[at + 1] = v1;
        at += stride;
        v[at] = v2;
        v[at + 1] = v3;
        at += stride;
        v[at] = v4;
        v[at + 1] = v5;
        at += stride;
        v[at] = v6;
        v[at + 1] = v7;
        at += stride;
        v[at] = v8;
        v[at + 1] = v9;
        at += stride;
        v[at] = v10;
        v[at + 1] = v11;
        at += stride;
        v[at] = v12;
        v[at + 1] = v13;
        at += stride;
        v[at] = v14;
        v[at + 1] = v15;
    }

    /** The multiplication-hardened addition that replaces BLAKE2b's. */
    private static long add(long x, long y) {
        return x + y + 2 * (x & LOW) * (y & LOW);
    }
}

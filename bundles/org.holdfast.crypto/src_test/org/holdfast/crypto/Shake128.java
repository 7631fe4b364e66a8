package org.holdfast.crypto;

/** SHAKE128 (FIPS 202) as an endless source of bytes, which the JDK offers with a fixed length of output only. */
final class Shake128 {

    private static final int RATE = 168;
    private static final int ROUNDS = 24;

    private final long[] lanes = new long[25];
    private int at;
    private boolean squeezing;

    void update(byte[] data, int offset, int length) {
        for (int i = 0; i < length; i++) {
            xor(at, data[offset + i]);
            if (++at == RATE) {
                permute();
                at = 0;
            }
        }
    }

    byte[] squeeze(int length) {
        if (!squeezing) {
            xor(at, (byte) 0x1f);
            xor(RATE - 1, (byte) 0x80);
            at = RATE;
            squeezing = true;
        }
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            if (at == RATE) {
                permute();
                at = 0;
            }
            out[i] = (byte) (lanes[at / 8] >>> 8 * (at % 8));
            at++;
        }
        return out;
    }

    private void xor(int position, byte value) {
        lanes[position / 8] ^= (value & 0xffL) << 8 * (position % 8);
    }

    private void permute() {
        int lfsr = 1;
        long[] parity = new long[5];
        for (int round = 0; round < ROUNDS; round++) {
            for (int x = 0; x < 5; x++) {
                parity[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
            }
            for (int i = 0; i < 25; i++) {
                lanes[i] ^= parity[(i + 4) % 5] ^ Long.rotateLeft(parity[(i + 1) % 5], 1);
            }
            rotateAndMove();
            for (int row = 0; row < 25; row += 5) {
                System.arraycopy(lanes, row, parity, 0, 5);
                for (int x = 0; x < 5; x++) {
                    lanes[row + x] = parity[x] ^ ~parity[(x + 1) % 5] & parity[(x + 2) % 5];
                }
            }
            for (int bit = 0; bit < 7; bit++) {
                lanes[0] ^= (long) (lfsr & 1) << (1 << bit) - 1;
                lfsr = lfsr << 1 ^ (lfsr >> 7) * 0x171;
            }
        }
    }

    private void rotateAndMove() {
        int x = 1;
        int y = 0;
        long current = lanes[1];
        for (int t = 0; t < ROUNDS; t++) {
            int next = (2 * x + 3 * y) % 5;
            x = y;
            y = next;
            long saved = lanes[x + 5 * y];
            lanes[x + 5 * y] = Long.rotateLeft(current, (t + 1) * (t + 2) / 2);
            current = saved;
        }
    }
}

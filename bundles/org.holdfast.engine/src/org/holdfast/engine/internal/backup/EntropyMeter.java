package org.holdfast.engine.internal.backup;

import java.util.Arrays;

/**
 * How random new data looks: Shannon's entropy of the bytes in samples, weighted by the size of what they stand for.
 * Data that was encrypted, as by malware, comes close to 8 bits per byte; so does what is compressed already, which is
 * why a backup is compared with those before it. A sample in a few chunks costs next to nothing. One per thread.
 */
final class EntropyMeter {
    /** Bytes of a sample: random ones are measured 0.09 bits too low, which does not matter. */
    static final int SAMPLE = 2048;
    /** One of so many chunks is looked at. */
    private static final int EVERY = 8;
    private static final double[] X_LOG_X = table();

    private final int[] histogram = new int[256];
    private final Counters counters;
    private int chunks;

    EntropyMeter(Counters counters) {
        this.counters = counters;
    }

    private static double[] table() {
        double[] table = new double[SAMPLE + 1];
        for (int x = 1; x <= SAMPLE; x++) {
            table[x] = x * Math.log(x) / Math.log(2);
        }
        return table;
    }

    /** A chunk is new. */
    void chunk(byte[] data, int from, int length) {
        if (length >= SAMPLE && chunks++ % EVERY == 0) {
            counters.entropy(bits(data, from + (length - SAMPLE) / 2), length);
        }
    }

    private double bits(byte[] data, int from) {
        Arrays.fill(histogram, 0);
        for (int i = from; i < from + SAMPLE; i++) {
            histogram[data[i] & 0xFF]++;
        }
        double sum = 0;
        for (int count : histogram) {
            sum += X_LOG_X[count];
        }
        return X_LOG_X[SAMPLE] / SAMPLE - sum / SAMPLE;
    }
}

package org.holdfast.engine.internal.verify;

import java.util.concurrent.atomic.LongAdder;

/** What a verification counts. Thread-safe. */
final class Counters {
    /** Objects checked. */
    final LongAdder objects = new LongAdder();
    /** Bytes read. */
    final LongAdder bytes = new LongAdder();
    /** Chunks decrypted and hashed. */
    final LongAdder chunks = new LongAdder();
    /** Packs done. */
    final LongAdder packs = new LongAdder();
    /** Bytes of packs done. */
    final LongAdder packBytes = new LongAdder();
}

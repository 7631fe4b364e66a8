package org.holdfast.testkit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.StoreFullException;
import org.holdfast.api.spi.store.Upload;

/**
 * A store whose n-th call goes wrong in a chosen way. Meant for sweeps: run a scenario with the fault at call 1, 2, 3 …
 * until {@link #fired()} stays false, and check after each run what must hold, on the store underneath:
 *
 * <pre>
 * for (int n = 1;; n++) {
 *     MemoryStore under = start.copy();
 *     FaultyStore faulty = new FaultyStore(under, FaultyStore.WRITING).powerCut(n, When.AFTER);
 *     attempt(faulty);
 *     checkEverythingPromised(under);
 *     if (!faulty.fired()) {
 *         break;
 *     }
 * }
 * </pre>
 *
 * <p>Faults are set before the store is used; it is as thread-safe as the store underneath.
 */
public final class FaultyStore implements BlobStore {
    /** What is counted. */
    public enum Call {
        /** {@link BlobStore#put}. */
        PUT,
        /** {@link BlobStore#begin}. */
        BEGIN,
        /** {@link Upload#write}. */
        WRITE,
        /** {@link Upload#commit}. */
        COMMIT,
        /** {@link BlobStore#size}. */
        SIZE,
        /** {@link BlobStore#read}. */
        READ,
        /** {@link BlobStore#get}. */
        GET,
        /** {@link BlobStore#list}. */
        LIST,
        /** {@link BlobStore#delete}. */
        DELETE
    }

    /** On which side of the effect of a call the fault comes. */
    public enum When {
        /** The call does nothing. */
        BEFORE,
        /** The call has done its work, but its caller does not learn so. */
        AFTER
    }

    /** All calls. */
    public static final Set<Call> ALL = Set.copyOf(EnumSet.allOf(Call.class));
    /** The calls that change something. */
    public static final Set<Call> WRITING = Set.of(Call.PUT, Call.BEGIN, Call.WRITE, Call.COMMIT, Call.DELETE);
    /** The calls that make objects appear or go away. */
    public static final Set<Call> PUBLISHING = Set.of(Call.PUT, Call.COMMIT, Call.DELETE);
    /** Damage for {@link #lie}: the second half is missing. */
    public static final UnaryOperator<byte[]> TRUNCATED = bytes -> Arrays.copyOf(bytes, bytes.length / 2);
    /** Damage for {@link #lie}: one bit in the middle is wrong. */
    public static final UnaryOperator<byte[]> FLIPPED = bytes -> {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[flipped.length / 2] ^= 1;
        }
        return flipped;
    };

    private final BlobStore inner;
    private final CallLog log;
    // What a power cut or the end of this store must remove: uploads under way and torn ones.
    private final List<FaultyUpload> uploads = new CopyOnWriteArrayList<>();
    private final AtomicBoolean dead = new AtomicBoolean();

    /** Counts all calls. */
    public FaultyStore(BlobStore inner) {
        this(inner, ALL);
    }

    /** @param counted the calls that count and can go wrong; others pass, until the power is cut */
    public FaultyStore(BlobStore inner, Set<Call> counted) {
        this.inner = inner;
        log = new CallLog(counted);
    }

    /** Call {@code n} (from 1) fails with an {@link IOException}. */
    public FaultyStore fail(int n, When when) {
        return plan(n, new Fault.Fail(when, () -> new IOException("Made to fail at call " + n)));
    }

    /** Call {@code n} finds no room. */
    public FaultyStore full(int n) {
        return plan(n, new Fault.Fail(When.BEFORE, () -> new StoreFullException("Made to be full at call " + n)));
    }

    /** Call {@code n} stops before or after its effect until the gate is opened. */
    public Gate delay(int n, When when) {
        Gate gate = new Gate();
        plan(n, new Fault.Delay(when, gate));
        return gate;
    }

    /**
     * Call {@code n} gets half its bytes into a temporary object and fails; nothing becomes visible, and what is left
     * stays until this store is closed. Calls without bytes fail before their effect.
     */
    public FaultyStore tear(int n) {
        return plan(n, new Fault.Tear());
    }

    /**
     * Call {@code n} pretends that all is well, but the object it makes visible, or the bytes it gives back, are
     * damaged. No honest store does that; readers have to notice. Other calls are not affected.
     *
     * @param damage what becomes of the bytes, for example {@link #TRUNCATED}
     */
    public FaultyStore lie(int n, UnaryOperator<byte[]> damage) {
        log.keepBytes();
        return plan(n, new Fault.Lie(damage));
    }

    /**
     * Call {@code n} happens twice and its caller gets the second result, as when the first answer was lost on the way
     * and the call was sent again.
     */
    public FaultyStore duplicate(int n) {
        return plan(n, new Fault.Twice());
    }

    /** From call {@code n} on everything fails, and uploads that were not committed are gone. */
    public FaultyStore powerCut(int n, When when) {
        return plan(n, new Fault.PowerCut(when));
    }

    /** How many counted calls there were. */
    public int calls() {
        return log.count();
    }

    /** The counted calls in their order, for example {@code "3 COMMIT config"}. */
    public List<String> log() {
        return log.lines();
    }

    /** Whether any fault came. */
    public boolean fired() {
        return log.fired();
    }

    @Override
    public boolean put(String name, ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return call(Call.PUT, name, new Action<>() {
            @Override
            public Boolean run() throws IOException {
                return inner.put(name, ByteBuffer.wrap(copy));
            }

            @Override
            public void half() throws IOException {
                track(inner.begin()).abandon(copy, 0, copy.length / 2);
            }

            @Override
            public Boolean damaged(UnaryOperator<byte[]> damage) throws IOException {
                return inner.put(name, ByteBuffer.wrap(damage.apply(copy)));
            }
        });
    }

    @Override
    public Upload begin() throws IOException {
        return call(Call.BEGIN, "", () -> track(inner.begin()));
    }

    @Override
    public long size(String name) throws IOException {
        return call(Call.SIZE, name, () -> inner.size(name));
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        return call(Call.READ, name, new Action<>() {
            @Override
            public Integer run() throws IOException {
                return inner.read(name, position, into, offset, length);
            }

            @Override
            public Integer damaged(UnaryOperator<byte[]> damage) throws IOException {
                int count = run();
                byte[] bad = damage.apply(Arrays.copyOfRange(into, offset, offset + count));
                System.arraycopy(bad, 0, into, offset, bad.length);
                return bad.length;
            }
        });
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        return call(Call.GET, name, new Action<>() {
            @Override
            public byte[] run() throws IOException {
                return inner.get(name, limit);
            }

            @Override
            public byte[] damaged(UnaryOperator<byte[]> damage) throws IOException {
                return damage.apply(run());
            }
        });
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        List<ObjectInfo> found = call(Call.LIST, prefix, () -> {
            List<ObjectInfo> infos = new ArrayList<>();
            inner.list(prefix, infos::add);
            return infos;
        });
        found.forEach(visitor);
    }

    @Override
    public boolean delete(String name) throws IOException {
        return call(Call.DELETE, name, () -> inner.delete(name));
    }

    @Override
    public long freeBytes() throws IOException {
        requirePower();
        return inner.freeBytes();
    }

    @Override
    public String location() {
        return inner.location();
    }

    /** Removes what torn uploads left, and closes the store underneath. */
    @Override
    public void close() throws IOException {
        dropUploads();
        inner.close();
    }

    /** A call: what it does, what half of it does, and what a liar does. */
    interface Action<T> {
        /** All of it. */
        T run() throws IOException;

        /** The second time of a call that is sent twice. */
        default T again() throws IOException {
            return run();
        }

        /** As much as happens before it breaks off. */
        default void half() throws IOException {
            // Without bytes there is no half.
        }

        /** It says that all is well, and nothing is. */
        default T damaged(UnaryOperator<byte[]> damage) throws IOException {
            return run();
        }
    }

    <T> T call(Call kind, String detail, Action<T> action) throws IOException {
        requirePower();
        Fault fault = log.next(kind, detail);
        T result = fault == null ? action.run() : fault.meet(this, action);
        requirePower();
        return result;
    }

    void cutPower() throws IOException {
        dead.set(true);
        dropUploads();
    }

    boolean isDead() {
        return dead.get();
    }

    /** An upload that came to its end. */
    void ended(FaultyUpload upload) {
        uploads.remove(upload);
    }

    void requirePower() throws IOException {
        if (dead.get()) {
            throw new IOException("The power is cut");
        }
    }

    private FaultyUpload track(Upload upload) {
        FaultyUpload faulty = new FaultyUpload(this, inner, upload, log.bytesKept());
        uploads.add(faulty);
        return faulty;
    }

    private void dropUploads() throws IOException {
        for (FaultyUpload upload : uploads) {
            upload.vanish();
        }
    }

    private FaultyStore plan(int n, Fault fault) {
        log.plan(n, fault);
        return this;
    }
}

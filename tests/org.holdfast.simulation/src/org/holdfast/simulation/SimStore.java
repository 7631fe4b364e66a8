package org.holdfast.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.simulation.Faults.Fault;

/**
 * The store as one node sees it: every call is a chance for others to come first, and may fail, happen twice, happen
 * without an answer, or be the last that the node does. Lists are handed out bit by bit while others go on. All of it
 * is what the contract of stores allows.
 */
final class SimStore implements BlobStore {
    private static final Instant START = World.START;

    private final World world;
    private final Node node;

    /** @param node whose calls go wrong, or null for who looks from outside */
    SimStore(World world, Node node) {
        this.world = world;
        this.node = node;
    }

    private interface Effect<T> {
        T run() throws IOException;
    }

    private <T> T call(String what, String name, boolean repeatable, Effect<T> effect) throws IOException {
        Node party = node;
        if (party == null || party.isOpening() || Scheduler.current() == null) {
            return effect.run();
        }
        party.step();
        Fault fault = world.faults().next();
        T result;
        switch (fault) {
            case FAILS -> {
                world.tell(what, name, "fails");
                throw new IOException("made to fail");
            }
            case CRASH_BEFORE -> throw party.crash(what + " " + name);
            case TWICE -> {
                result = effect.run();
                if (repeatable) {
                    result = effect.run();
                }
            }
            default -> result = effect.run();
        }
        if (fault == Fault.CRASH_AFTER) {
            world.tell(what, name, result);
            throw party.crash("after " + what + " " + name);
        }
        if (fault == Fault.LOST) {
            world.tell(what, name, "answer lost");
            throw new IOException("made to lose the answer");
        }
        world.tell(what, name, result);
        return result;
    }

    @Override
    public boolean put(String name, ByteBuffer buffer) throws IOException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return call("put", name, true, () -> {
            boolean made = world.place().add(name, bytes, world.now());
            if (made) {
                world.appeared(name);
            }
            return made;
        });
    }

    @Override
    public Upload begin() {
        return new Buffered(this);
    }

    /** Bytes on their way; nothing of them is seen before all are there. */
    static final class Buffered implements Upload {
        private final BlobStore store;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Buffered(BlobStore store) {
            this.store = store;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
        }

        @Override
        public long length() {
            return bytes.size();
        }

        @Override
        public boolean commit(String name) throws IOException {
            return store.put(name, ByteBuffer.wrap(bytes.toByteArray()));
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @Override
    public long size(String name) throws IOException {
        return call("size", name, true, () -> {
            Place.Blob blob = world.place().get(name);
            return blob == null ? -1L : blob.bytes().length;
        });
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        return call("read", name, true, () -> {
            byte[] bytes = bytes(name);
            int count = (int) Math.max(0, Math.min(length, bytes.length - position));
            if (count > 0) {
                System.arraycopy(bytes, (int) position, into, offset, count);
            }
            return count;
        });
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        return call("get", name, true, () -> bytes(name).clone());
    }

    private byte[] bytes(String name) throws NoSuchFileException {
        Place.Blob blob = world.place().get(name);
        if (blob == null) {
            throw new NoSuchFileException(name);
        }
        return blob.bytes();
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        List<ObjectInfo> found = new ArrayList<>();
        call("list", prefix, false, () -> {
            world.place().starting(prefix).forEach((name, blob) -> found.add(info(name, blob)));
            return found.size();
        });
        Node party = node;
        if (party != null && found.size() > 1 && world.pick(2) == 0) {
            // No store promises an order.
            Collections.rotate(found, world.pick(found.size()));
        }
        if (party == null || Scheduler.current() == null || found.size() < 2 || !world.chance(25)) {
            found.forEach(visitor);
            return;
        }
        int half = 1 + world.pick(found.size() - 1);
        found.subList(0, half).forEach(visitor);
        party.step();
        // What has come or gone since may be in the rest or not.
        boolean seen = world.chance(50);
        Set<String> before = new HashSet<>();
        found.forEach(info -> before.add(info.name()));
        found.subList(half, found.size()).stream().filter(info -> !seen || world.place().get(info.name()) != null)
                .forEach(visitor);
        if (seen) {
            world.place().starting(prefix).forEach((name, blob) -> {
                if (!before.contains(name)) {
                    visitor.accept(info(name, blob));
                }
            });
        }
        world.tell("list", prefix, "rest");
    }

    private static ObjectInfo info(String name, Place.Blob blob) {
        return new ObjectInfo(name, blob.bytes().length, START.plusMillis(blob.appeared()));
    }

    @Override
    public boolean delete(String name) throws IOException {
        return call("delete", name, true, () -> {
            if (world.place().get(name) != null) {
                world.vanishes(name, node);
            }
            return world.place().remove(name);
        });
    }

    @Override
    public long freeBytes() {
        return -1;
    }

    @Override
    public String location() {
        return "simulated";
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}

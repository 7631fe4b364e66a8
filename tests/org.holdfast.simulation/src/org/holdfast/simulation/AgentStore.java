package org.holdfast.simulation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.simulation.Faults.Fault;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.data.SessionRow;

/**
 * What an agent has of the store: requests to a node, as {@code store.vault} makes them and {@code vault.http} answers
 * them. A request may get lost, its answer may get lost, the node may die over it; each is tried again, at whatever
 * node answers then.
 */
final class AgentStore implements BlobStore {
    private static final String POINTS = "points/";
    private static final int TRIES = 4;
    private static final ScopedValue<Boolean> REQUEST = ScopedValue.newInstance();

    private final World world;
    private final Agent agent;
    private final SessionOpened session;

    AgentStore(World world, Agent agent, SessionOpened session) {
        this.world = world;
        this.agent = agent;
        this.session = session;
    }

    /** Whether the current actor works on a request of an agent. */
    static boolean isRequest() {
        return REQUEST.isBound();
    }

    private static <T> T serve(Node node, Request<T> request) throws IOException {
        return node.in(() -> ScopedValue.where(REQUEST, true).call(() -> request.at(node)));
    }

    private interface Request<T> {
        T at(Node node) throws IOException;
    }

    private <T> T request(String what, String name, Request<T> request) throws IOException {
        for (int attempt = 1;; attempt++) {
            agent.step();
            try {
                Fault fault = world.faults().next();
                if (fault == Fault.CRASH_BEFORE) {
                    agent.crash(what + " " + name);
                }
                if (fault == Fault.FAILS) {
                    throw new IOException("made to lose the request");
                }
                Node node = world.node();
                T result = serve(node, request);
                agent.step();
                if (fault == Fault.TWICE) {
                    result = serve(node, request);
                }
                if (fault == Fault.CRASH_AFTER) {
                    agent.crash("after " + what + " " + name);
                }
                if (fault == Fault.LOST) {
                    throw new IOException("made to lose the answer");
                }
                return result;
            } catch (NoSuchFileException e) {
                throw e;
            } catch (Refusal e) {
                world.tell(what, name, e.code());
                throw new IOException(e.code(), e);
            } catch (IOException | RuntimeException e) {
                world.unexpected(e);
                world.tell(what, name, "attempt " + attempt + " failed");
                if (attempt == TRIES) {
                    throw e instanceof IOException io ? io : new IOException("The vault failed", e);
                }
                if (world.chance(10)) {
                    // The network is away for a while.
                    world.pause();
                }
            }
        }
    }

    private SessionRow require(Node node) {
        return world.mutant().require(node, session);
    }

    @Override
    public boolean put(String name, ByteBuffer buffer) throws IOException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return request("put", name, node -> {
            boolean fenced = world.isFenced(session);
            SessionRow row = require(node);
            boolean made;
            if (name.startsWith(POINTS)) {
                made = !world.mutant().commit(node, row, name.substring(POINTS.length()), bytes).repeated();
            } else {
                made = node.objects().put(world.vault(), world.server(), name, bytes.length,
                        new ByteArrayInputStream(bytes));
            }
            if (fenced) {
                world.violate("a run that another one has taken the place of has stored " + name);
            }
            return made;
        });
    }

    @Override
    public Upload begin() {
        return new SimStore.Buffered(this);
    }

    @Override
    public long size(String name) throws IOException {
        return request("size", name, node -> node.objects().size(world.vault(), world.server(), name));
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        return request("read", name, node -> {
            long size = node.objects().size(world.vault(), world.server(), name);
            if (size < 0) {
                throw new NoSuchFileException(name);
            }
            int count = (int) Math.max(0, Math.min(length, size - position));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            node.objects().read(world.vault(), world.server(), name, position, count, out::write);
            System.arraycopy(out.toByteArray(), 0, into, offset, count);
            return count;
        });
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        return request("get", name, node -> {
            long size = node.objects().size(world.vault(), world.server(), name);
            if (size < 0) {
                throw new NoSuchFileException(name);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            node.objects().read(world.vault(), world.server(), name, 0, size, out::write);
            return out.toByteArray();
        });
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        List<ObjectInfo> found = request("list", prefix, node -> {
            List<ObjectInfo> infos = new ArrayList<>();
            node.objects().list(world.vault(), world.server(), prefix, infos::add);
            return infos;
        });
        found.forEach(visitor);
    }

    @Override
    public boolean delete(String name) throws IOException {
        return request("delete", name, node -> {
            require(node);
            return node.objects().delete(world.vault(), world.server(), name);
        });
    }

    @Override
    public long freeBytes() {
        return -1;
    }

    @Override
    public String location() {
        return "simulated vault";
    }

    /** Ends the session in the vault. */
    @Override
    public void close() throws IOException {
        request("close", "", node -> {
            node.sessions().close(world.server(), UUID.fromString(session.session()));
            return true;
        });
    }
}

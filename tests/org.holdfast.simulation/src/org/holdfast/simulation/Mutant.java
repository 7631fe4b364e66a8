package org.holdfast.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ForwardingStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.protocol.data.Committed;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.vault.catalog.data.SessionRow;
import org.holdfast.vault.catalog.data.Sessions;

/**
 * Bugs on purpose, each made at the edge of the code under test: in what it sees of the store, of the time or of the
 * catalogue. The simulation has to find each of them, or it would not find such a bug of ours either.
 */
public enum Mutant {
    /** None. */
    NONE("the code as it is"),
    /** Collection sees no sessions. */
    NO_GRACE("a collection waits for no session") {
        @Override
        BlobStore nodeStore(BlobStore store, World world, Node node) {
            return without(store, "sessions/");
        }
    },
    /** Sessions are dead sooner than they think. */
    WRONG_CLOCK("a collection tells the age of sessions by a clock that is ahead by a day, and removes none") {
        @Override
        BlobStore nodeStore(BlobStore store, World world, Node node) {
            return new ForwardingStore(store) {
                @Override
                public boolean delete(String name) throws IOException {
                    return !AgentStore.isRequest() && name.startsWith("sessions/") || super.delete(name);
                }
            };
        }

        @Override
        Clock engineClock(Clock clock) {
            return Clock.offset(clock, Duration.ofDays(1));
        }
    },
    /** A run that was replaced may go on. */
    NO_FENCING("a node does not look whether a session still holds") {
        @Override
        SessionRow require(Node node, SessionOpened session) {
            return node.world().catalog().read(h -> Sessions.find(h, UUID.fromString(session.session())))
                    .orElseThrow();
        }
    },
    /** Condemned packs are relied upon. */
    TOMBSTONE_HANDED_OUT("a backup does not read tombstones") {
        @Override
        BlobStore agentStore(BlobStore store, World world) {
            return without(store, "tombstones/");
        }
    },
    /** Moved chunks are not durable when their old packs go. */
    COMPACTION_DELETES_FIRST("new packs of a compaction are stored after the old ones are deleted") {
        @Override
        BlobStore nodeStore(BlobStore store, World world, Node node) {
            return new Late(store);
        }
    },
    /** A list from before. */
    STALE_LIST("a collection trusts a list of recovery points that is an hour old") {
        @Override
        BlobStore nodeStore(BlobStore store, World world, Node node) {
            return new Stale(store, world);
        }
    },
    /** What is pinned goes as everything else. */
    PIN_IGNORED("retention does not look at pins when it deletes") {
        @Override
        String sql(String statement) {
            if (statement.startsWith("select * from data_points where server_id") && statement.contains("order by")) {
                return statement.replace("select *",
                        "select * except (pinned), cast(null as timestamp with time zone) as pinned");
            }
            return statement.startsWith("update data_points set removing")
                    ? statement.replaceFirst("\\(pinned is null or pinned_until <= ([?:\\w]+)\\)",
                            "(pinned is null or cast($1 as timestamp with time zone) is not null)")
                    : statement;
        }
    },
    /** A part of an object is taken for all of it. */
    TORN_PUT("an object of which half has come counts as stored") {
        @Override
        BlobStore nodeStore(BlobStore store, World world, Node node) {
            return new Whole(store) {
                @Override
                public boolean put(String name, ByteBuffer bytes) throws IOException {
                    if (name.startsWith("data/") && world.chance(20)) {
                        byte[] all = new byte[bytes.remaining()];
                        bytes.get(all);
                        return super.put(name, ByteBuffer.wrap(Arrays.copyOf(all, all.length / 2)));
                    }
                    return super.put(name, bytes);
                }
            };
        }
    },
    /** An old request does its work again. */
    LATE_DUPLICATE("the second copy of a request arrives days later and is carried out") {
        @Override
        BlobStore nodeStore(BlobStore store, World world, Node node) {
            return new ForwardingStore(store) {
                private final Map<String, byte[]> deleted = new LinkedHashMap<>();

                @Override
                public boolean delete(String name) throws IOException {
                    Place.Blob blob = world.place().get(name);
                    boolean done = super.delete(name);
                    if (done && blob != null && name.startsWith("points/")) {
                        deleted.put(name, blob.bytes());
                    }
                    if (name.startsWith("tombstones/")) {
                        for (Map.Entry<String, byte[]> each : deleted.entrySet()) {
                            super.put(each.getKey(), ByteBuffer.wrap(each.getValue()));
                        }
                    }
                    return done;
                }
            };
        }
    },
    /** What was done is undone. */
    LOST_ANSWER("a commit whose answer is lost counts as failed, and its manifest is removed") {
        @Override
        Committed commit(Node node, SessionRow session, String name, byte[] bytes) throws IOException {
            try {
                Committed committed = super.commit(node, session, name, bytes);
                if (node.world().chance(5)) {
                    throw new IOException("made to lose the answer");
                }
                return committed;
            } catch (IOException | RuntimeException e) {
                node.world().place().remove("points/" + name);
                throw e;
            }
        }
    },
    /** A lease that nobody keeps up. */
    NOT_RENEWED("a backup goes on without looking whether its session is still there") {
        @Override
        BlobStore agentStore(BlobStore store, World world) {
            return new ForwardingStore(store) {
                @Override
                public long size(String name) throws IOException {
                    return name.startsWith("sessions/") ? 1 : super.size(name);
                }

                @Override
                public boolean put(String name, ByteBuffer bytes) throws IOException {
                    return name.startsWith("sessions/") && !name.endsWith("-0") || super.put(name, bytes);
                }
            };
        }
    },
    /** Deletion that was to be soft. */
    SOFT_DELETE_FORGOTTEN("what was deleted is removed before its time to be brought back is over") {
        @Override
        Instant retentionTime(Instant now) {
            return now.plus(Duration.ofDays(13));
        }
    };

    private final String what;

    Mutant(String what) {
        this.what = what;
    }

    /** What is wrong, in words. */
    public String what() {
        return what;
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    BlobStore nodeStore(BlobStore store, World world, Node node) {
        return store;
    }

    BlobStore agentStore(BlobStore store, World world) {
        return store;
    }

    Clock engineClock(Clock clock) {
        return clock;
    }

    Instant retentionTime(Instant now) {
        return now;
    }

    String sql(String statement) {
        return statement;
    }

    SessionRow require(Node node, SessionOpened session) {
        return node.sessions().require(node.world().server(), session.session() + ":" + session.fence());
    }

    Committed commit(Node node, SessionRow session, String name, byte[] bytes) throws IOException {
        return node.commits().commit(node.world().vault(), session, name, bytes);
    }

    /** A store that shows nothing of a kind in lists. */
    private static BlobStore without(BlobStore store, String hidden) {
        return new ForwardingStore(store) {
            @Override
            public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
                if (!prefix.startsWith(hidden)) {
                    super.list(prefix, visitor);
                }
            }
        };
    }

    /** Sees uploads as a whole. */
    private static class Whole extends ForwardingStore {
        Whole(BlobStore store) {
            super(store);
        }

        @Override
        public Upload begin() {
            return new SimStore.Buffered(this);
        }
    }

    /** Stores packs when something is deleted that is no pack. */
    private static final class Late extends Whole {
        private final Map<String, byte[]> waiting = new LinkedHashMap<>();
        private final Set<String> seen = new HashSet<>();

        Late(BlobStore store) {
            super(store);
        }

        @Override
        public boolean put(String name, ByteBuffer bytes) throws IOException {
            if (!AgentStore.isRequest() && (name.startsWith("data/") || name.startsWith("meta/"))) {
                byte[] all = new byte[bytes.remaining()];
                bytes.get(all);
                waiting.put(name, all);
                return seen.add(name);
            }
            return super.put(name, bytes);
        }

        @Override
        public boolean delete(String name) throws IOException {
            boolean deleted = super.delete(name);
            if (name.startsWith("tombstones/") || name.startsWith("sessions/")) {
                for (Map.Entry<String, byte[]> each : waiting.entrySet()) {
                    super.put(each.getKey(), ByteBuffer.wrap(each.getValue()));
                }
                waiting.clear();
            }
            return deleted;
        }
    }

    /** Lists of recovery points stay the same for a while. */
    private static final class Stale extends ForwardingStore {
        private final World world;
        private final List<ObjectInfo> kept = new ArrayList<>();
        private long since = Long.MIN_VALUE / 2;

        Stale(BlobStore store, World world) {
            super(store);
            this.world = world;
        }

        @Override
        public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
            if (AgentStore.isRequest() || !prefix.equals("points/")) {
                super.list(prefix, visitor);
                return;
            }
            if (world.now() - since > Duration.ofHours(1).toMillis()) {
                List<ObjectInfo> fresh = new ArrayList<>();
                super.list(prefix, fresh::add);
                kept.clear();
                kept.addAll(fresh);
                since = world.now();
            }
            kept.forEach(visitor);
        }
    }
}

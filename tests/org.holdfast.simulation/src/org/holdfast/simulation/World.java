package org.holdfast.simulation;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.fleet.PointPin;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.engine.internal.objects.IdTable;
import org.holdfast.engine.internal.objects.Session;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Id;
import org.holdfast.protocol.data.OpenSession;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.jdbi.v3.core.JdbiException;

/** One run: who takes part, what they do, and what must hold. */
final class World {
    static final Instant START = Instant.parse("2026-11-23T07:00:00Z");
    /** Where what is deleted is gone at once. */
    static final UUID HARD_VAULT = new UUID(1, 1);
    /** Where what is deleted can be brought back for a fortnight. */
    static final UUID SOFT_VAULT = new UUID(1, 2);
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final String POINTS = "points/";

    private final long seed;
    private final Mutant mutant;
    private final Catalog catalog;
    private final Domain domain;
    private final SplittableRandom random;
    private final SplittableRandom nonces;
    private final Trace trace;
    private final Scheduler scheduler;
    private final Faults faults;
    private final Place place;
    private final Past past;
    private final UUID server;
    private final UUID vault;
    private final List<Node> nodes = new ArrayList<>();
    private final Checks checks;
    private final RetentionRule rule;
    private final int days;
    private final long round;
    private final boolean scrubs;
    private final boolean settles;
    private final int[][] files;
    /** How many different contents there are: with few of them what is garbage is often of use again. */
    private final int variety;
    private final Map<Id, int[][]> expected = new HashMap<>();
    private final List<int[][]> history = new ArrayList<>();
    private final List<int[][]> garbage = new ArrayList<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, Long> pinned = new HashMap<>();
    private final Map<String, Opened> opened = new HashMap<>();
    private final Set<Id> rotten = new HashSet<>();
    private String violation;
    private boolean over;
    private long start;
    private int runs;

    /**
     * What there is when a run begins.
     *
     * @param place the objects
     * @param rows points in the catalogue
     * @param expected what they have to give back
     * @param garbage what points held whose manifests are gone
     * @param now time that has gone by
     */
    record Past(Place place, List<PointRow> rows, Map<Id, int[][]> expected, List<int[][]> garbage, long now) {
    }

    /** @param past what there is, null for nothing */
    World(long seed, Mutant mutant, Catalog catalog, Domain domain, Past past, boolean words) {
        this.seed = seed;
        this.mutant = mutant;
        this.catalog = catalog;
        this.domain = domain;
        this.past = past;
        place = past == null ? new Place() : past.place().copy();
        SplittableRandom source = new SplittableRandom(seed);
        random = source.split();
        nonces = source.split();
        trace = new Trace(words);
        scheduler = new Scheduler(source.split(), trace);
        faults = new Faults(source.split());
        server = new UUID(random.nextLong(), random.nextLong());
        vault = random.nextInt(100) < 25 ? SOFT_VAULT : HARD_VAULT;
        rule = new RetentionRule(1 + random.nextInt(2), 0, 0, 0, 0);
        days = random.nextInt(100) < 85 ? 1 : 2;
        settles = random.nextInt(100) < 25;
        round = (vault.equals(SOFT_VAULT) ? 6 : 1) * DAY + random.nextInt(60) * MINUTE;
        scrubs = random.nextInt(100) < 20;
        variety = 6 + random.nextInt(Domain.CONTENTS - 5);
        files = new int[1 + random.nextInt(3)][];
        checks = new Checks(this);
    }

    /** How a run ended. */
    record Ending(Violation violation, long hash, int steps) {
    }

    /** Runs it. */
    Ending run() {
        Randomness.in(nonces, () -> {
            try {
                play();
            } catch (Stopped e) {
                over = true;
            } catch (RuntimeException | Error | IOException e) {
                note("unexpected " + describe(e));
            } finally {
                catalog.run(h -> DataServers.delete(h, server));
            }
        });
        String what = violation;
        return new Ending(what == null ? null : new Violation(seed, what, trace.lines()), trace.hash(),
                scheduler.steps());
    }

    private static String describe(Throwable e) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = e; each != null; each = each.getCause()) {
            text.append(each).append(" at ").append(each.getStackTrace().length == 0 ? "?" : each.getStackTrace()[0])
                    .append("; ");
        }
        return text.toString();
    }

    private void play() throws IOException {
        begin();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            nodes.add(start("node" + (i + 1)));
        }
        for (Node node : nodes) {
            keep(node, 0);
        }
        if (random.nextInt(100) < 50) {
            // A backup has just died: for a while nobody can know.
            place.add("sessions/%032x-0".formatted(seed), new byte[] { 1 }, start);
        }
        spawnAgent(start + (random.nextInt(100) < 50 ? 0 : random.nextInt(10) * MINUTE / 2));
        if (random.nextInt(100) < 15) {
            // A copy of the machine, or a run that was only thought dead.
            spawnAgent(start + random.nextInt(4 * (int) MINUTE));
        }
        if (random.nextInt(100) < 40) {
            spawn("person", start, this::people);
        }
        if (scrubs) {
            spawn("rot", start, this::rot);
        }
        scheduler.run();
        checks.between();
        if (settles || scrubs) {
            settle();
        }
    }

    private void begin() {
        Past before = past;
        catalog.run(h -> DataServers.ensure(h, server, vault));
        if (before == null) {
            domain.create(place);
        } else {
            expected.putAll(before.expected());
            scheduler.setTime(before.now());
            catalog.run(h -> before.rows().forEach(row -> Points.insert(h, moved(row))));
        }
        start = scheduler.now();
        for (int i = 0; i < files.length; i++) {
            change(i);
        }
        if (before != null && !before.garbage().isEmpty() && random.nextInt(100) < 75) {
            // What was thought to be garbage is of use again.
            int[][] again = before.garbage().get(random.nextInt(before.garbage().size()));
            for (int i = 0; i < Math.min(files.length, again.length); i++) {
                files[i] = again[i].clone();
            }
        }
    }

    private PointRow moved(PointRow p) {
        return new PointRow(server, p.name(), vault, p.made(), p.committed(), p.durationMillis(), p.state(), p.group(),
                p.previous(), p.storedBytes(), p.keepUntil(), p.job(), p.files(), p.bytes(), p.warnings(), p.policy(),
                p.policyVersion(), p.anomalous(), p.damage(), null, null);
    }

    /**
     * Makes a past: points, packs that nothing needs, chunks that are there twice, tombstones that wait, sessions
     * that nobody has ended.
     */
    Past makePast() {
        Randomness.in(nonces, () -> {
            faults.off();
            scheduler.calmDown();
            begin();
            spawn("past", 0, () -> {
                try {
                    for (Node node = start("past"); nodes.isEmpty();) {
                        nodes.add(node);
                    }
                    pastDays();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            scheduler.run();
        });
        List<PointRow> rows = catalog.read(h -> Points.of(h, server));
        catalog.run(h -> DataServers.delete(h, server));
        return new Past(place, rows, expected, garbage, scheduler.now() + DAY);
    }

    private void pastDays() throws IOException {
        int backups = 3 + random.nextInt(5);
        for (int i = 0; i < backups; i++) {
            Agent agent = new Agent(this, "past", clock());
            scheduler.sleepUntil(scheduler.now() + DAY);
            history.add(copy());
            agent.backUp(copy());
            if (random.nextInt(3) == 0) {
                // Another one that has seen nothing of it: the same chunks again.
                place.hide("index/");
                agent.backUp(copy());
                place.show();
            }
            change(random.nextInt(files.length));
            if (random.nextInt(4) == 0) {
                nodes.getFirst().maintain(new RetentionRule(9, 0, 0, 0, 0), false);
            }
        }
        for (int i = 1 + random.nextInt(2); i > 0 && backups > 2; i--) {
            // The manifest goes, and what only it needs is garbage that the next backup may find useful.
            List<PointRow> rows = catalog.read(h -> Points.of(h, server));
            String name = rows.getFirst().name();
            garbage.add(history.removeFirst());
            place.remove(POINTS + name);
            catalog.run(h -> Points.delete(h, server, name));
        }
        if (random.nextInt(3) == 0) {
            Session.beginCollection(truth());
        }
        if (random.nextInt(3) == 0) {
            Session.begin(truth());
            scheduler.sleepUntil(scheduler.now() + MINUTE);
            nodes.getFirst().maintain(new RetentionRule(2, 0, 0, 0, 0), false);
        }
    }

    /** Runs something as an actor. */
    private void spawn(String name, long at, Runnable body) {
        scheduler.spawn(name, at, () -> Randomness.in(nonces, body));
    }

    private Node start(String name) throws IOException {
        Node node = new Node(this, name, random.nextInt(4) * MINUTE - 2 * MINUTE);
        node.open();
        return node;
    }

    private void keep(Node node, int from) {
        long offset = start + (random.nextInt(4) == 0 ? random.nextInt(120) * MINUTE : random.nextInt(4000));
        spawn(node.name(), Math.max(now(), from * round + offset), () -> {
            for (int day = from; day < days; day++) {
                scheduler.sleepUntil(day * round + offset);
                attempt("maintain", () -> node.maintain(rule, scrubs));
                if (random.nextInt(100) < 40) {
                    scheduler.sleepUntil(now() + (20 + random.nextInt(70)) * MINUTE);
                    attempt("maintain", () -> node.maintain(rule, false));
                }
            }
        });
    }

    private void spawnAgent(long at) {
        String name = "agent" + ++runs;
        Agent agent = new Agent(this, name, clock());
        spawn(name, at, () -> {
            for (int day = (int) ((now() - start) / round); day < days; day++) {
                scheduler.sleepUntil(start + day * round);
                int backups = 1 + random.nextInt(2);
                for (int i = 0; i < backups; i++) {
                    attempt("backup", () -> agent.backUp(copy()));
                    change(random.nextInt(files.length));
                }
            }
        });
    }

    private int[][] copy() {
        int[][] copy = new int[files.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = files[i].clone();
        }
        return copy;
    }

    private void change(int directory) {
        files[directory] = random.ints(1 + random.nextInt(4), 0, variety).sorted().distinct().toArray();
    }

    private interface Try {
        void run() throws IOException;
    }

    private void attempt(String what, Try work) {
        try {
            work.run();
            tell(what, "", "done");
        } catch (IOException | RuntimeException e) {
            unexpected(e);
            tell(what, "", e.getClass().getSimpleName());
        }
    }

    private void people() {
        for (int i = 0; i < days; i++) {
            scheduler.sleepUntil(start + i * round + random.nextInt(6000));
            for (int acts = 1 + random.nextInt(4); acts > 0; acts--) {
                attempt("person", () -> {
                    Node node = node();
                    node.in(() -> {
                        decide(node);
                        return null;
                    });
                });
            }
        }
    }

    private void decide(Node node) {
        List<PointRow> points = catalog.read(h -> Points.of(h, server));
        if (points.isEmpty()) {
            return;
        }
        PointRow point = points.get(random.nextInt(points.size()));
        Instant now = node.clock().instant();
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                Instant until = now.plus(Duration.ofDays(60));
                if (catalog.<Boolean>write(h -> Points.setPin(h, server, point.id(),
                        new PointPin(now, until, "ada", "")))) {
                    pinned.put(point.name(), now() + 60 * DAY);
                    tell("pin", point.name(), "done");
                }
            }
            case 2 -> {
                pinned.remove(point.name());
                catalog.write(h -> Points.setPin(h, server, point.id(), null));
            }
            default -> node.deletions().deletePoint(vault, point.id(), "ada");
        }
    }

    /** A bit of a pack flips. */
    private void rot() {
        scheduler.step();
        List<String> packs = new ArrayList<>(place.starting("data/").keySet());
        if (!packs.isEmpty()) {
            String name = packs.get(random.nextInt(packs.size()));
            rotten.addAll(checks.idsOf(name));
            byte[] bytes = place.get(name).bytes().clone();
            bytes[30] ^= 1;
            place.replace(name, bytes, place.get(name).appeared());
            tell("rot", name, "");
        }
    }

    /** Everything is well again: after a while nothing may be left but what is needed, and all of that. */
    private void settle() throws IOException {
        faults.off();
        scheduler.calmDown();
        spawn("calm", scheduler.now(), () -> {
            try {
                Node node = start("last");
                nodes.clear();
                nodes.add(node);
                node.accept();
                node.reconcile();
                Agent agent = new Agent(this, "last", clock());
                for (int i = 0; i < (scrubs ? 3 : 2); i++) {
                    scheduler.sleepUntil(scheduler.now() + (vault.equals(SOFT_VAULT) ? 16 : 2) * DAY);
                    if (i == 0 || scrubs && i == 1) {
                        agent.backUp(copy());
                    }
                    node.maintain(rule, scrubs);
                }
            } catch (IOException | RuntimeException e) {
                note("in the end something fails: " + describe(e));
            }
        });
        scheduler.run();
        if (violation == null) {
            checks.atTheEnd();
        }
    }

    /** A node that has died comes back. */
    void restart(Node dead) {
        int at = nodes.indexOf(dead);
        if (at < 0) {
            return;
        }
        long when = scheduler.now() + (1 + random.nextInt(40)) * MINUTE;
        spawn(dead.name() + "'", when, () -> attempt("start", () -> {
            Node node = start(dead.name() + "'");
            nodes.set(at, node);
            keep(node, (int) Math.min(days, (now() - start) / round + 1));
            node.reconcile();
        }));
    }

    /** Another run of the agent takes over, while the old one may be gone or only slow. */
    void replace() {
        spawnAgent(scheduler.now() + random.nextInt(30) * MINUTE);
    }

    SessionOpened openSession(String boot) throws IOException {
        Node node = node();
        SessionOpened session = node.in(() -> node.sessions().open(vault, server, new OpenSession(boot, null, null)));
        opened.put(session.session(), new Opened(boot, session.fence()));
        tell("session", boot, session.fence());
        return session;
    }

    private record Opened(String boot, long fence) {
    }

    /** Whether another run has opened a session since. */
    boolean isFenced(SessionOpened session) {
        Opened own = opened.get(session.session());
        return opened.values().stream()
                .anyMatch(other -> other.fence() > own.fence() && !other.boot().equals(own.boot()));
    }

    void step() {
        if (over) {
            throw new Crashed("all");
        }
        scheduler.step();
        if (over) {
            throw new Crashed("all");
        }
    }

    /** The agent's machine sleeps. */
    void pause() {
        scheduler.sleepUntil(scheduler.now() + (5 + random.nextInt(120)) * MINUTE);
    }

    /** What a manifest with that root has to give back. */
    void expect(Id root, int[][] directories) {
        expected.put(root, directories);
    }

    void committed(String name) {
        acknowledged.add(name);
    }

    void damaged(String object, String detail) {
        violate("a manifest is damaged: " + object + ": " + detail);
    }

    /** An object has appeared. */
    void appeared(String name) {
        checks.appeared(name);
    }

    /** An object is about to be deleted. */
    void vanishes(String name, Node node) {
        if (name.startsWith(POINTS) && node != null) {
            Long until = pinned.get(name.substring(POINTS.length()));
            if (until != null && until > now() + 30 * MINUTE) {
                violate(name + " is deleted, although it is pinned");
            }
            checks.deleted(name.substring(POINTS.length()));
        }
    }

    /** An agent takes these for present; it began its session at that step. */
    void handedOut(IdTable table, long began) {
        checks.handedOut(table, began);
    }

    /** Failures of the program itself, as opposed to those that it is made to meet. */
    void unexpected(Exception e) {
        boolean known = e instanceof IOException || e instanceof HoldfastException || e instanceof JdbiException
                || e instanceof Refusal;
        if (!known) {
            violate("unexpected " + describe(e));
        }
    }

    /** Ends a run that has come to what must not be. */
    static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    private void note(String what) {
        if (violation == null && !over) {
            violation = trace.brief(what);
        }
        over = true;
        scheduler.stop();
    }

    void violate(String what) {
        tell("VIOLATION", what, "");
        note(what);
        if (Scheduler.current() != null) {
            throw new Crashed("all");
        }
        throw new Stopped();
    }

    /** A node that is up, or one that is not. */
    Node node() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    /** The vault as it truly is. */
    Vault truth() {
        return domain.open(new SimStore(this, null), clock());
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return START.plusMillis(now());
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
    }

    void tell(String what, String detail, Object outcome) {
        scheduler.tell(what, detail, outcome instanceof byte[] bytes ? bytes.length : outcome);
    }

    boolean chance(int percent) {
        return faults.chance(percent);
    }

    int pick(int bound) {
        return random.nextInt(bound);
    }

    long now() {
        return scheduler.now();
    }

    long steps() {
        return scheduler.steps();
    }

    boolean isOver() {
        return over;
    }

    Mutant mutant() {
        return mutant;
    }

    Catalog catalog() {
        return catalog;
    }

    Domain domain() {
        return domain;
    }

    Faults faults() {
        return faults;
    }

    Place place() {
        return place;
    }

    UUID server() {
        return server;
    }

    UUID vault() {
        return vault;
    }

    boolean isSoft() {
        return vault.equals(SOFT_VAULT);
    }

    Map<Id, int[][]> expected() {
        return expected;
    }

    Set<Id> rotten() {
        return rotten;
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    int[][] files() {
        return files;
    }
}

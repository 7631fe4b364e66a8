package org.holdfast.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets exactly one actor run at a time. Whoever comes to a call of the store or the catalogue hands over, and the seed
 * decides who goes on, and how much time has gone by. Actors are virtual threads; what they call needs to know nothing
 * of this, but must not hand over while it holds a lock that another actor may want.
 */
final class Scheduler {
    private static final ScopedValue<Actor> CURRENT = ScopedValue.newInstance();
    private static final int MOST_STEPS = 60_000;

    private final SplittableRandom random;
    private final Trace trace;
    private final int stay;
    private final List<Actor> actors = new ArrayList<>();
    private final Thread main = Thread.currentThread();
    private volatile Actor turn;
    private volatile boolean ended;
    private long now;
    private int steps;
    private boolean stopped;
    private boolean calm;

    /** One line of action. */
    final class Actor implements Runnable {
        private final String name;
        private final Runnable body;
        private final Thread thread;
        private long wake;
        private boolean done;
        private Throwable failure;

        Actor(String name, Runnable body) {
            this.name = name;
            this.body = body;
            this.thread = Thread.ofVirtual().unstarted(this);
        }

        String name() {
            return name;
        }

        @Override
        public void run() {
            ScopedValue.where(CURRENT, this).run(() -> {
                await(this);
                try {
                    body.run();
                } catch (Crashed e) {
                    // It died, as parties do.
                    done = true;
                } catch (Throwable e) {
                    failure = e;
                }
                done = true;
                pass(next());
            });
        }
    }

    Scheduler(SplittableRandom random, Trace trace) {
        this.random = random;
        this.trace = trace;
        // Some runs change actors at nearly every step, some let one get far before the next has a turn.
        this.stay = List.of(10, 40, 70, 92).get(random.nextInt(4));
    }

    /** The actor whose thread this is, null for the one that looks from outside. */
    static Actor current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    long now() {
        return now;
    }

    void setTime(long millis) {
        now = millis;
    }

    int steps() {
        return steps;
    }

    /** From now on no time goes by on its own. */
    void calmDown() {
        calm = true;
    }

    /** Ends all actors at their next step. */
    void stop() {
        stopped = true;
    }

    /** Adds an actor; it begins when it is its turn. */
    void spawn(String name, long at, Runnable body) {
        Actor actor = new Actor(name, body);
        actor.wake = at;
        actors.add(actor);
        actor.thread.start();
    }

    /** Runs until all actors have come to their ends. */
    void run() {
        ended = false;
        pass(next());
        while (!ended) {
            LockSupport.park(this);
        }
        for (Actor actor : actors) {
            join(actor.thread);
            if (actor.failure != null) {
                throw new IllegalStateException(actor.name + " failed", actor.failure);
            }
        }
        actors.clear();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Actor actor) {
        while (turn != actor) {
            LockSupport.park(this);
        }
    }

    private void pass(Actor actor) {
        if (actor == null) {
            turn = null;
            ended = true;
            LockSupport.unpark(main);
        } else {
            turn = actor;
            LockSupport.unpark(actor.thread);
        }
    }

    private Actor next() {
        int ready = 0;
        long earliest = Long.MAX_VALUE;
        for (Actor actor : actors) {
            if (!actor.done) {
                ready += actor.wake <= now ? 1 : 0;
                earliest = Math.min(earliest, actor.wake);
            }
        }
        if (earliest == Long.MAX_VALUE) {
            return null;
        }
        if (ready == 0) {
            now = earliest;
            return next();
        }
        int chosen = random.nextInt(ready);
        for (Actor actor : actors) {
            if (!actor.done && actor.wake <= now && chosen-- == 0) {
                return actor;
            }
        }
        throw new IllegalStateException("nobody is ready");
    }

    /** The current actor is about to do something that others may see. */
    void step() {
        Actor self = current();
        if (self == null) {
            return;
        }
        if (++steps > MOST_STEPS) {
            throw new IllegalStateException("no end after " + steps + " steps");
        }
        passTime();
        if (random.nextInt(100) >= stay || self.wake > now) {
            Actor next = next();
            if (next != self) {
                pass(next);
                await(self);
            }
        }
        if (stopped) {
            throw new Crashed(self.name);
        }
    }

    private void passTime() {
        int kind = calm ? 0 : random.nextInt(1000);
        now += kind < 930 ? random.nextInt(2000)
                : kind < 985 ? 10_000 + random.nextInt(110_000)
                        : 300_000 + random.nextInt(900_000);
    }

    /** The current actor does nothing until then. */
    void sleepUntil(long millis) {
        Actor self = current();
        self.wake = Math.max(now, millis);
        step();
    }

    /** Takes down what the current actor has done. */
    void tell(String what, String detail, Object outcome) {
        Actor self = current();
        trace.add(now, self == null ? "-" : self.name, what, detail, outcome);
    }
}

package org.holdfast.agent.simulator;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Begins jobs at a fixed pace, however long they take: some by agents themselves, some because a person asks. */
final class Load implements AutoCloseable {
    private final Fleet fleet;
    private final People people;
    private volatile boolean closed;

    /**
     * Begins.
     *
     * @param events reports of jobs a second
     * @param requests jobs a second that people ask for
     */
    Load(Fleet fleet, People people, double events, double requests) {
        this.fleet = fleet;
        this.people = people;
        double jobs = events / Job.EVENTS;
        double asked = Math.min(requests, jobs);
        pace(asked, this::ask);
        pace(jobs - asked, fleet::backUp);
    }

    private interface Work {
        void begin(long due);
    }

    private void pace(double perSecond, Work work) {
        if (perSecond <= 0) {
            return;
        }
        long pause = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        fleet.execute(() -> {
            for (long due = System.nanoTime(); !closed && !fleet.isClosing(); due += pause) {
                Fleet.pauseUntil(due);
                work.begin(due);
            }
        });
    }

    private void ask(long due) {
        fleet.execute(() -> {
            Agent agent = fleet.reserve();
            if (agent == null) {
                return;
            }
            String job = Job.newId();
            fleet.ask(job, due);
            try {
                people.backUp(job, agent.id());
            } catch (IOException e) {
                agent.ended(job);
                if (!fleet.isClosing()) {
                    fleet.figures().failed("request", e);
                }
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}

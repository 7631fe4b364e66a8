package org.holdfast.vault.http.internal.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.HealthCheck;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.fleet.ProgramVersion;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the node works, for balancers and monitoring, without sign-in. It tells which part is not well and not why:
 * that is in the log. The answer is kept for a moment, so that asking often costs nothing.
 */
@Component(service = Endpoints.class)
public final class HealthEndpoints implements Endpoints {
    private static final Logger LOG = LoggerFactory.getLogger(HealthEndpoints.class);
    private static final long KEPT = Duration.ofSeconds(2).toNanos();

    private final List<HealthCheck> checks;
    private final String version = ProgramVersion.read().replaceFirst("^(\\d+\\.\\d+\\.\\d+).*$", "$1");
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Health known;
    private long knownSince;

    /** Asks these. */
    @Activate
    public HealthEndpoints(@Reference(cardinality = ReferenceCardinality.MULTIPLE) List<HealthCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("read-health", "/health").open().summary("Tells whether the node works.")
                .gives(Health.class).alsoStatus(503).handle(call -> {
                    Health health = health();
                    // So that an agent that is not registered yet can tell whether it is the newest.
                    return Reply.of(health).status(health.status().equals("up") ? 200 : 503)
                            .header("Holdfast-Version", version);
                }));
    }

    private Health health() {
        lock.lock();
        try {
            Health last = known;
            if (last == null || System.nanoTime() - knownSince > KEPT) {
                last = look();
                known = last;
                knownSince = System.nanoTime();
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    private Health look() {
        List<Health.Check> results = new ArrayList<>();
        for (HealthCheck check : checks) {
            boolean well = true;
            try {
                check.check();
            } catch (Exception e) {
                well = false;
                LOG.warn("not well: {}", check.name(), e);
            }
            results.add(new Health.Check(check.name(), well));
        }
        boolean up = results.stream().allMatch(Health.Check::ok);
        return new Health(up ? "up" : "down", List.copyOf(results));
    }

    /**
     * How the node is.
     *
     * @param status {@code up} or {@code down}
     * @param checks each part
     */
    public record Health(String status, List<Check> checks) {
        /**
         * How a part is.
         *
         * @param name its name
         * @param ok whether it is well
         */
        public record Check(String name, boolean ok) {
        }
    }
}

package org.holdfast.console.client.fleet;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.client.RemoteException;
import org.holdfast.client.ServerEvent;
import org.holdfast.client.VaultClient;
import org.holdfast.console.client.Failure;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.fleet.PolicyEvent;
import org.holdfast.protocol.people.ApprovalView;

/** Reads the lists of a vault server in the background and brings events into them. */
final class FleetLoader {
    private static final Duration JOBS_OF = Duration.ofDays(8);
    private static final String VAULTS = "vaults";

    private final LiveFleet live;
    private final ExecutorService background;
    private final Clock clock;

    FleetLoader(LiveFleet live, ExecutorService background, Clock clock) {
        this.live = live;
        this.background = background;
        this.clock = clock;
    }

    /** Reads everything, each kind on a thread of its own. */
    void loadAll(VaultClient client) {
        live.all().forEach(LiveList::begin);
        run(() -> {
            List<String> names = vaults(client);
            run(() -> inVaults(client, names, live.servers(), ServerSummary.class, row -> row, ListQuery.all(),
                    "servers"));
            run(() -> jobs(client, names));
            run(() -> policies(client, names));
        });
        run(() -> alerts(client));
        run(() -> approvals(client));
    }

    /** Reads the vaults anew, and all else that could not be read before. */
    void freshen(VaultClient client) {
        run(() -> {
            live.vaults().begin();
            List<String> names = vaults(client);
            if (failed(live.servers())) {
                live.servers().begin();
                inVaults(client, names, live.servers(), ServerSummary.class, row -> row, ListQuery.all(), "servers");
            }
            if (failed(live.jobs())) {
                live.jobs().begin();
                jobs(client, names);
            }
            if (failed(live.policies())) {
                live.policies().begin();
                policies(client, names);
            }
            if (failed(live.alerts())) {
                live.alerts().begin();
                alerts(client);
            }
            if (failed(live.approvals())) {
                live.approvals().begin();
                approvals(client);
            }
        });
    }

    private static boolean failed(LiveList<?> list) {
        return list.status().state() == LiveList.State.FAILED;
    }

    private List<String> vaults(VaultClient client) {
        read(live.vaults(), row -> false, () -> Caller.parts(client, ListQuery.all(), VaultSummary.class,
                page -> part(live.vaults(), page, row -> row), VAULTS));
        return live.vaults().snapshot().stream().map(VaultSummary::name).sorted().toList();
    }

    private void alerts(VaultClient client) {
        read(live.alerts(), row -> false, () -> Caller.parts(client,
                ListQuery.all().where("state!=" + word(AlertState.CLOSED)), AlertSummary.class,
                page -> part(live.alerts(), page, row -> row), "alerts"));
    }

    private void approvals(VaultClient client) {
        read(live.approvals(), row -> false, () -> Caller.parts(client, ListQuery.all()
                .limitedTo(LiveFleet.MOST_APPROVALS), ApprovalView.class, page -> {
                    part(live.approvals(), page, row -> row);
                    return false;
                }, "approvals"));
    }

    private void jobs(VaultClient client, List<String> names) {
        String from = "created>=" + word(clock.instant().minus(JOBS_OF));
        int most = LiveFleet.MOST_JOBS / 2 / Math.max(1, names.size());
        read(live.jobs(), row -> false, () -> {
            for (String vault : names) {
                ListQuery atWork = ListQuery.all().where("state=queued").where("state=running").where("state=paused");
                Caller.parts(client, atWork, JobSummary.class, page -> part(live.jobs(), page, row -> row), VAULTS,
                        vault, "jobs");
                int[] read = { 0 };
                Caller.parts(client, ListQuery.all().sortedBy("-created").where(from), JobSummary.class, page -> {
                    read[0] += page.items().size();
                    return part(live.jobs(), page, row -> row) && read[0] < most;
                }, VAULTS, vault, "jobs");
            }
        });
    }

    private void policies(VaultClient client, List<String> names) {
        read(live.policies(), row -> false, () -> {
            for (String vault : names) {
                Caller.parts(client, ListQuery.all(), Policy.class,
                        page -> part(live.policies(), page, policy -> new VaultPolicy(vault, policy)), VAULTS, vault,
                        "policies");
            }
        });
    }

    private <W, T> void inVaults(VaultClient client, List<String> names, LiveList<T> list, Class<W> type,
            Function<W, T> row, ListQuery query, String kind) {
        read(list, gone -> false, () -> {
            for (String vault : names) {
                Caller.parts(client, query, type, page -> part(list, page, row), VAULTS, vault, kind);
            }
        });
    }

    private static <W, T> boolean part(LiveList<T> list, Page<W> page, Function<W, T> row) {
        Long total = page.total();
        List<T> rows = new ArrayList<>(page.items().size());
        page.items().forEach(item -> rows.add(row.apply(item)));
        list.part(rows, total == null ? -1 : total);
        return true;
    }

    private <T> void read(LiveList<T> list, Predicate<T> spared, Runnable reading) {
        try {
            reading.run();
            list.complete(clock.instant(), spared);
        } catch (RuntimeException e) {
            list.failed(Failure.of(e), e instanceof RemoteException r && r.status() == 403);
        }
    }

    /**
     * Brings an event into the lists.
     *
     * @return whether everything has to be read anew
     */
    boolean apply(VaultClient client, ServerEvent event) {
        try {
            switch (event.type()) {
                case "reset" -> {
                    return true;
                }
                case "server" -> server(client, Json.read(event.data(), ServerSummary.class));
                case "job" -> live.job(Json.read(event.data(), JobSummary.class));
                case "alert" -> alert(client, Json.read(event.data(), AlertSummary.class));
                case "policy" -> policy(client, Json.read(event.data(), PolicyEvent.class));
                default -> {
                    // Points are read when somebody looks at them; what is new with the next version is ignored.
                }
            }
            return false;
        } catch (IOException e) {
            // Not what this version understands: what the lists say is still true as of their reading.
            return false;
        }
    }

    private void server(VaultClient client, ServerSummary server) {
        live.servers().put(server);
        boolean known = live.vaults().snapshot().stream().anyMatch(v -> v.name().equals(server.vault()));
        if (!known && live.vaults().status().state() == LiveList.State.COMPLETE) {
            live.vaults().begin();
            run(() -> vaults(client));
        }
    }

    private void alert(VaultClient client, AlertSummary alert) {
        // There are no events for requests, but each one that comes or is decided raises or closes an alert.
        if (alert.kind() == AlertKind.APPROVAL_WAITING
                && live.approvals().status().state() == LiveList.State.COMPLETE) {
            run(() -> {
                live.approvals().begin();
                approvals(client);
            });
        }
        if (alert.state() == AlertState.CLOSED) {
            live.alerts().remove(alert.id());
        } else {
            live.alerts().put(alert);
        }
    }

    private void policy(VaultClient client, PolicyEvent event) {
        if (event.what().equals("deleted")) {
            live.policies().remove(event.vault() + '/' + event.policy());
        } else if (event.what().equals("assigned")) {
            live.policies().tell();
        } else {
            run(() -> fetch(client, event));
        }
    }

    private void fetch(VaultClient client, PolicyEvent event) {
        try {
            Policy policy = client.get(Caller.path(VAULTS, event.vault(), "policies", event.policy()), Policy.class);
            live.policies().put(new VaultPolicy(event.vault(), policy));
        } catch (RuntimeException e) {
            // Removed meanwhile, or the connection broke: then all is read anew.
            live.policies().tell();
        }
    }

    private void run(Runnable work) {
        try {
            background.execute(work);
        } catch (RejectedExecutionException e) {
            // The console is going down.
        }
    }

    /** A value as filters spell it: as in JSON, without the quotes. */
    private static String word(Object value) {
        String text = Json.text(value);
        return text.substring(1, text.length() - 1);
    }
}

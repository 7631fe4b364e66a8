package org.holdfast.console.client.recover;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.client.VaultClient;
import org.holdfast.client.sealed.AgentRequests;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.Vaults;
import org.holdfast.protocol.agent.DryRunState;
import org.holdfast.protocol.agent.RestoreRequest;

/**
 * A restore that the agent of a registered server does, as one job for each recovery point. What is restored and where
 * to is sealed for that agent and signed with the key of its domain, so it takes the passphrase of that server.
 */
public final class AgentRestore {
    /** Jobs that moved less spend their time with other things. */
    private static final long ENOUGH = 8 << 20;

    private final Vaults vaults;
    private final VaultConnection source;
    private final ServerPlace target;
    private final RestorePlan plan;
    private final boolean throttle;

    /**
     * @param source open data of the server whose points they are
     * @param target the server whose agent restores; of the same vault
     * @param plan what and where to; owners and permissions are restored both or not at all
     * @param throttle whether to keep to the bandwidth of the target's policy
     */
    public AgentRestore(Vaults vaults, VaultConnection source, ServerPlace target, RestorePlan plan,
            boolean throttle) {
        this.vaults = vaults;
        this.source = source;
        this.target = target;
        this.plan = plan;
        this.throttle = throttle;
    }

    /** The server whose agent restores. */
    public ServerPlace target() {
        return target;
    }

    /** Whether it is the server whose points they are. */
    public boolean isSource() {
        return target.server().id().equals(from().id());
    }

    private ServerSummary from() {
        ServerPlace place = source.place();
        if (place == null) {
            throw new IllegalStateException("not the data of a registered server");
        }
        return place.server();
    }

    /**
     * Asks the agent; blocks until the vault server has the jobs, not until they are done.
     *
     * @param targetPassphrase of the target's data; not needed, and not looked at, when it is the source. Not wiped
     * @param sourcePassphrase of the source's data, for a target that is not the source. Not wiped
     * @return the jobs, in the order of the points
     */
    public List<JobSummary> start(char[] targetPassphrase, char[] sourcePassphrase) {
        return isSource() ? source.with(domain -> start(domain, null))
                : vaults.using(target, targetPassphrase, domain -> start(domain, sourcePassphrase));
    }

    /**
     * Lets the agent find out what the restore would do on its server, without doing it; blocks. Never throws: a
     * failure or a cancel is part of the report.
     *
     * @param targetPassphrase as for {@link #start}
     * @param sourcePassphrase as for {@link #start}
     */
    public RestoreReport check(char[] targetPassphrase, char[] sourcePassphrase, CancelToken cancel) {
        long began = System.nanoTime();
        var parts = new ArrayList<DryRunState>();
        Failure failure = null;
        try {
            parts.addAll(isSource() ? source.with(domain -> check(domain, null, cancel))
                    : vaults.using(target, targetPassphrase, domain -> check(domain, sourcePassphrase, cancel)));
        } catch (RuntimeException e) {
            failure = Failure.of(e);
        }
        return AgentDryRun.report(parts, failure, Duration.ofNanos(System.nanoTime() - began));
    }

    private List<DryRunState> check(OpenVault domain, char @Nullable [] passphrase, CancelToken cancel) {
        domain.unlock();
        var parts = new ArrayList<DryRunState>();
        try (VaultClient client = target.session().newClient()) {
            if (!isSource()) {
                AgentDryRun.grant(client, path(), from(), target);
            }
            var dryRun = new AgentDryRun(new AgentRequests(client, path(), target.now(), domain), target.session());
            for (var each : plan.requests(true)) {
                parts.add(dryRun.ask(request(each, UUID.randomUUID().toString(), passphrase), cancel));
            }
        }
        return parts;
    }

    private String path() {
        return "/api/v1/vaults/" + URLEncoder.encode(target.server().vault(), StandardCharsets.UTF_8);
    }

    private RestoreRequest request(org.holdfast.api.vault.RestoreRequest wanted, String job,
            char @Nullable [] passphrase) {
        RawPath to = wanted.target();
        return new RestoreRequest(job, target.server().id(), from().id(), wanted.pointId(),
                wanted.include().stream().map(RawPath::bytes).toList(), to == null ? null : to.bytes(),
                wanted.ifExists(), wanted.owners() && wanted.permissions(), throttle,
                passphrase == null ? null : new String(passphrase));
    }

    private List<JobSummary> start(OpenVault domain, char @Nullable [] passphrase) {
        domain.unlock();
        var jobs = new ArrayList<JobSummary>();
        try (VaultClient client = target.session().newClient()) {
            var requests = new AgentRequests(client, path(), target.now(), domain);
            for (var each : plan.requests(false)) {
                jobs.add(requests.restore(each.pointId(), from(), job -> request(each, job, passphrase)));
            }
        } catch (HoldfastException e) {
            if (jobs.isEmpty()) {
                throw e;
            }
            throw new HoldfastException(e.problem() == null ? Problem.INTERNAL : e.problem(),
                    e.getMessage() + " Before that, " + jobs.size() + " restores were started.", e.advice(), e);
        }
        return List.copyOf(jobs);
    }

    /**
     * How fast the target was in its last job that moved some megabytes, restores before backups.
     *
     * @return bytes per second, or 0 when there is none to tell by
     */
    public double lastRate() {
        return target.session().live().jobs().snapshot().stream()
                .filter(j -> j.serverId().equals(target.server().id()) && j.state() == JobState.DONE)
                .filter(j -> j.kind() == JobKind.RESTORE || j.kind() == JobKind.BACKUP)
                .sorted(Comparator.comparing((JobSummary j) -> j.kind() != JobKind.RESTORE)
                        .thenComparing(JobSummary::created, Comparator.reverseOrder()))
                .mapToDouble(AgentRestore::rate).filter(r -> r > 0).findFirst().orElse(0);
    }

    private static double rate(JobSummary job) {
        JobResult result = job.result();
        if (result == null || job.started() == null || job.ended() == null) {
            return 0;
        }
        long bytes = job.kind() == JobKind.RESTORE ? result.bytes() : result.bytesRead();
        double seconds = Duration.between(job.started(), job.ended()).toMillis() / 1000.0;
        return bytes < ENOUGH ? 0 : bytes / Math.max(1, seconds);
    }
}

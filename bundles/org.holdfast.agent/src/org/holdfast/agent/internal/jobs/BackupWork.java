package org.holdfast.agent.internal.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.keys.FileKeyHolder;
import org.holdfast.agent.internal.loop.Backoff;
import org.holdfast.agent.internal.loop.PolicyStore;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.policy.Hook;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.client.RemoteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a recovery point of what the policy says, or of what was asked for. */
public final class BackupWork implements JobWork {
    private static final Logger LOG = LoggerFactory.getLogger(BackupWork.class);
    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int SLICE_MILLIS = 250;
    /** The command after a backup puts things right again, so it also runs when the backup was cancelled. */
    private static final CancelToken NEVER_CANCELLED = new CancelToken();

    private final Domains domains;
    private final PolicyStore policies;
    private final Rates rates;
    private final HookRunner hooks;
    private final List<Path> neverSaved;

    /** @param neverSaved the agent's own state, cache and keys: of no use in the backup that they open */
    public BackupWork(Domains domains, PolicyStore policies, Rates rates, HookRunner hooks, List<Path> neverSaved) {
        this.domains = domains;
        this.policies = policies;
        this.rates = rates;
        this.hooks = hooks;
        this.neverSaved = List.copyOf(neverSaved);
    }

    /** The agent's own state and cache, and the file of the passphrase. */
    public static List<Path> ownFiles(AgentHome home, Registration registration) throws IOException {
        List<Path> own = new ArrayList<>(List.of(home.root(), home.cache()));
        if (registration.keyHolder().startsWith(FileKeyHolder.SCHEME + ":")) {
            own.add(FileKeyHolder.path(registration.keyHolder()));
        }
        return own;
    }

    @Override
    public JobResult run(JobContext job) throws Exception {
        Policy policy = policies.policy();
        BackupRequest request = request(job.spec(), policy);
        try {
            hook(policy == null ? null : policy.before(), "before", null, job);
            BackupResult result = attempts(request, job);
            job.countAll(result.warnings());
            // Thrown after a failure of the backup as well, so only here it may decide about a good one.
            hook(policy == null ? null : policy.after(), "after", "done", job);
            return result(result);
        } catch (HookFailedException e) {
            throw e;
        } catch (Exception e) {
            try {
                hook(policy == null ? null : policy.after(), "after", "failed", job);
            } catch (HoldfastException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private BackupRequest request(JobSpec spec, @Nullable Policy policy) {
        List<RawPath> items = spec.items().isEmpty() ? policies.items()
                : spec.items().stream().map(RawPath::of).toList();
        if (items.isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "Nothing is to be protected.",
                    "Give the server items, or its policy.");
        }
        return new BackupRequest(items, withoutOwn(policies.current().policy().exclusions()),
                policy == null ? ChangeDetection.DEFAULT : policy.changeDetection(),
                policy == null ? 0 : policy.level(), spec.keepUntil(), null);
    }

    private Exclusions withoutOwn(Exclusions given) {
        List<String> globs = new ArrayList<>(given.globs());
        for (Path path : neverSaved) {
            globs.add(path.toString().replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1"));
        }
        return new Exclusions(globs, given.largerThan(), given.cacheDirectories(), given.markerFiles(),
                given.oneFileSystem());
    }

    private BackupResult attempts(BackupRequest request, JobContext job) throws InterruptedException {
        var backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, ThreadLocalRandom.current());
        while (true) {
            try (OpenVault vault = domains.open(null, null, "backup", job, rates.sending())) {
                return vault.backup(request, job, job.cancel());
            } catch (HoldfastException e) {
                if (job.cancel().isCancelled() || !mayPass(e) || backoff.failures() + 1 >= ATTEMPTS) {
                    throw e;
                }
                Duration wait = backoff.next();
                LOG.info("Job {} goes on in {} ms: {}", job.spec().id(), wait.toMillis(), e.getMessage());
                sleep(wait, job);
            }
        }
    }

    /** Whether the next try may go better: what is stored by then is used. */
    private static boolean mayPass(HoldfastException e) {
        RemoteException remote = Failures.refusal(e);
        if (remote != null) {
            return remote.status() >= 500 || remote.status() == 429 || remote.code().equals("session-lost");
        }
        return e.problem() == Problem.STORE_UNAVAILABLE;
    }

    private static void sleep(Duration wait, JobContext job) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        var never = new CountDownLatch(1);
        while (end - System.nanoTime() > 0) {
            job.cancel().check();
            never.await(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void hook(@Nullable Hook hook, String phase, @Nullable String state, JobContext job)
            throws InterruptedException {
        if (hook == null) {
            return;
        }
        Map<String, String> facts = new HashMap<>();
        facts.put("HOLDFAST_JOB", job.spec().id());
        facts.put("HOLDFAST_PHASE", phase);
        if (state != null) {
            facts.put("HOLDFAST_STATE", state);
        }
        HookRunner.Outcome outcome = hooks.run(hook, facts, state == null ? job.cancel() : NEVER_CANCELLED);
        if (!outcome.output().isEmpty()) {
            LOG.info("Hook {} of job {} wrote: {}", hook.command(), job.spec().id(), outcome.output());
        }
        if (outcome.good()) {
            return;
        }
        LOG.warn("Job {}: {}", job.spec().id(), outcome.problem());
        switch (hook.onFailure()) {
            case FAIL -> throw new HookFailedException(String.valueOf(outcome.problem()));
            case WARN -> job.warning("hook-failed");
            case IGNORE -> LOG.debug("which the policy says to ignore");
        }
    }

    private static JobResult result(BackupResult r) {
        return new JobResult(r.point().id(), r.point().files(), r.point().bytes(), r.filesNew(), r.filesChanged(),
                r.filesUnchanged(), r.filesRemoved(), r.bytesRead(), r.point().storedBytes(), r.excluded(), r.entropy(),
                r.resumed());
    }
}

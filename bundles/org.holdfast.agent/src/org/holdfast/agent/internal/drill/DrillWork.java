package org.holdfast.agent.internal.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.jobs.Domains;
import org.holdfast.agent.internal.jobs.DrillFailedException;
import org.holdfast.agent.internal.jobs.JobContext;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.jobs.JobWork;
import org.holdfast.agent.internal.jobs.Rates;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.DrillResult;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.policy.DrillRule;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.Listing;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.PointSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores a sample of a recovery point into a scratch folder, compares it and deletes it. */
public final class DrillWork implements JobWork {
    private static final Logger LOG = LoggerFactory.getLogger(DrillWork.class);
    private static final String FOLDER = "drill";
    /** File of what drills have met, in the agent's home. */
    public static final String RECORD = "drilled.bin";
    private static final int AT_ONCE = 2000;
    /** Longer paths may be more than the scratch folder can take. */
    private static final int LONGEST = 2048;
    private static final int HUNDRED = 100;
    private static final int SHORT = 8;
    /** Problems that say that a point cannot be restored, whoever tries. */
    private static final Set<Problem> FATAL = EnumSet.of(Problem.OBJECT_DAMAGED, Problem.OBJECT_MISSING,
            Problem.SIGNATURE_INVALID, Problem.WRONG_PASSPHRASE, Problem.VAULT_NOT_FOUND);

    private final AgentHome home;
    private final Domains domains;
    private final Rates rates;
    private final Supplier<@Nullable Policy> policy;
    private final SourceProvider files;
    private final Room room;

    /** Tells how many bytes may be written to a folder. */
    @FunctionalInterface
    public interface Room {
        /** Bytes, 0 or less for none. */
        long of(Path folder) throws IOException;
    }

    /** @param policy the one in force, or null */
    public DrillWork(AgentHome home, Domains domains, Rates rates, Supplier<@Nullable Policy> policy,
            SourceProvider files) {
        this(home, domains, rates, policy, files, Scratch::room);
    }

    /** @param room of the scratch folder */
    DrillWork(AgentHome home, Domains domains, Rates rates, Supplier<@Nullable Policy> policy, SourceProvider files,
            Room room) {
        this.home = home;
        this.domains = domains;
        this.rates = rates;
        this.policy = policy;
        this.files = files;
        this.room = room;
    }

    /** Removes what a crash left; before any job begins. */
    public static void sweep(AgentHome home) {
        Scratch.sweep(home.resolve(FOLDER));
    }

    /** A seed for a new drill. */
    public static long newSeed() {
        return ThreadLocalRandom.current().nextLong(1L << 53);
    }

    /** All files of a point, counted, and those of them that were chosen. */
    private static final class Survey {
        private List<Entry> chosen = List.of();
        private long files;
        private long bytes;
        private long coveredFiles;
        private long coveredBytes;

        DrillResult result(long seed, DrillRun run) {
            return new DrillResult(seed, run.compared, run.againstSource, run.mismatches(), run.reasons(),
                    coveredFiles, coveredBytes, files, bytes);
        }
    }

    @Override
    public JobResult run(JobContext job) throws Exception {
        JobSpec.Drill asked = job.spec().drill();
        long seed = asked == null ? newSeed() : asked.seed();
        String wanted = asked == null ? null : asked.point();
        PointSummary point = null;
        try (Scratch scratch = Scratch.make(home.resolve(FOLDER), job.spec().id());
                OpenVault vault = domains.open(null, null, "drill", job, rates.restoring(true))) {
            point = point(vault, wanted);
            LOG.info("Job {} restores a sample of point {} with seed {}", job.spec().id(), point.id(), seed);
            return drill(job, vault, point, scratch, seed);
        } catch (DrillFailedException e) {
            throw e;
        } catch (HoldfastException e) {
            if (!FATAL.contains(e.problem()) || job.cancel().isCancelled()) {
                throw e;
            }
            LOG.warn("Job {}: the point cannot be read", job.spec().id(), e);
            var run = new DrillRun(job);
            run.unreadable();
            throw failed(run, new Survey(), point, seed);
        }
    }

    private static PointSummary point(OpenVault vault, @Nullable String wanted) {
        if (wanted != null) {
            return vault.point(wanted);
        }
        return vault.points().stream().filter(p -> p.state() != PointState.INTERRUPTED)
                .max(Comparator.comparing(PointSummary::time))
                .orElseThrow(() -> new HoldfastException(Problem.POINT_NOT_FOUND,
                        "There is no complete recovery point that a drill could restore from.", "Back up first."));
    }

    private JobResult drill(JobContext job, OpenVault vault, PointSummary point, Scratch scratch, long seed)
            throws IOException {
        Policy now = policy.get();
        DrillRule rule = now == null ? DrillRule.DEFAULT : now.drills();
        DrillRecord known = DrillRecord.read(home.resolve(RECORD));
        int number = known.run(seed);
        Survey survey = survey(job, vault, point, known, number, seed, rule, room.of(scratch.folder()));
        var run = new DrillRun(job);
        run.go(vault, point, survey.chosen, files, scratch);
        for (Entry entry : survey.chosen) {
            boolean before = known.met(entry);
            if (run.isBad(entry)) {
                known.bad(entry);
                survey.coveredFiles -= before ? 1 : 0;
                survey.coveredBytes -= before ? entry.size() : 0;
            } else if (run.isGood(entry)) {
                known.good(entry, number);
                survey.coveredFiles += before ? 0 : 1;
                survey.coveredBytes += before ? 0 : entry.size();
            }
        }
        try {
            known.ended(seed, number);
        } catch (IOException e) {
            LOG.warn("What the drill met cannot be written down: {}", e.getMessage());
        }
        if (run.mismatches() > 0) {
            throw failed(run, survey, point, seed);
        }
        if (run.compared == 0 && !survey.chosen.isEmpty()) {
            throw new HoldfastException(Problem.FILE_NOT_RESTORED,
                    "Nothing of the sample could be written to the scratch folder.", "See the agent's log.");
        }
        return result(run, survey, point, seed);
    }

    private static JobResult result(DrillRun run, Survey survey, @Nullable PointSummary point, long seed) {
        return new JobResult(point == null ? null : point.id(), run.files, run.bytes, 0, 0, 0, 0, run.bytes, 0, 0, -1,
                false, survey.result(seed, run));
    }

    private static DrillFailedException failed(DrillRun run, Survey survey, @Nullable PointSummary point, long seed) {
        JobResult result = result(run, survey, point, seed);
        String which = point == null ? "the newest recovery point" : "point " + point.id().substring(0, SHORT);
        return new DrillFailedException(survey.chosen.isEmpty() ? "It cannot be read: " + which + "."
                : run.mismatches() + " of " + survey.chosen.size() + " files of " + which
                        + " did not come back as they were stored.",
                "Back up now: what is still on the server is stored anew. Then drill again; what failed is in the next"
                        + " sample too. See the vault's damage and the agent's log.",
                result);
    }

    /** Walks through the whole point, counts, and chooses. */
    private static Survey survey(JobContext job, OpenVault vault, PointSummary point, DrillRecord known, int number,
            long seed, DrillRule rule, long room) {
        if (room <= 0) {
            throw new HoldfastException(Problem.STORE_FULL, "The disk has too little room for a restore drill.",
                    "Make room on the disk of the agent's folder; at least 1 GiB stays free.");
        }
        var survey = new Survey();
        int most = (int) Math.clamp(Math.ceilDiv(point.files() * rule.percent(), HUNDRED),
                Math.min(DrillRule.FEWEST, rule.files()), rule.files());
        var sample = new DrillSample(seed, most, point.time());
        walk(job, vault, point, entry -> {
            survey.files++;
            survey.bytes += entry.size();
            if (known.met(entry)) {
                survey.coveredFiles++;
                survey.coveredBytes += entry.size();
            }
            if (entry.path().bytes().length <= LONGEST) {
                sample.add(entry, known.metBefore(entry, number), known.isSuspect(entry));
            }
        });
        survey.chosen = sample.choose(most, Math.min(rule.bytes(), room));
        if (survey.chosen.isEmpty() && survey.files > 0) {
            throw new HoldfastException(Problem.INVALID_REQUEST, room < rule.bytes()
                    ? "The disk has too little room for a restore drill of any file of the point."
                    : "Every file of the point is larger than a restore drill may be.",
                    "Make room on the disk of the agent's folder, or raise the drill's bytes in the policy.");
        }
        return survey;
    }

    private static void walk(JobContext job, OpenVault vault, PointSummary point,
            Consumer<Entry> visitor) {
        Deque<RawPath> todo = new ArrayDeque<>(List.of(point.base()));
        while (!todo.isEmpty()) {
            RawPath directory = todo.pop();
            List<RawPath> below = new ArrayList<>();
            int from = 0;
            Listing page;
            do {
                job.gate().pass();
                job.cancel().check();
                page = vault.list(point.id(), directory, from, AT_ONCE);
                for (Entry entry : page.entries()) {
                    if (entry.type() == EntryType.DIRECTORY) {
                        below.add(entry.path());
                    } else if (entry.type() == EntryType.FILE || entry.type() == EntryType.SYMBOLIC_LINK) {
                        visitor.accept(entry);
                    }
                }
                from += page.entries().size();
            } while (from < page.total() && !page.entries().isEmpty());
            below.reversed().forEach(todo::push);
        }
    }

    /** Time until which a drill that is due waits for a quieter moment. */
    public static Instant latest(Instant due) {
        return due.plus(Duration.ofDays(1));
    }
}

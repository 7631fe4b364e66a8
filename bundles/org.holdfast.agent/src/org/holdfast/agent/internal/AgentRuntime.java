package org.holdfast.agent.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.ask.Answers;
import org.holdfast.agent.internal.ask.SealedRequests;
import org.holdfast.agent.internal.check.Checks;
import org.holdfast.agent.internal.drill.DrillWork;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.MachineFile;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.home.SystemFacts;
import org.holdfast.agent.internal.jobs.BackupWork;
import org.holdfast.agent.internal.jobs.CheckWork;
import org.holdfast.agent.internal.jobs.Domains;
import org.holdfast.agent.internal.jobs.HookRunner;
import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobJournal;
import org.holdfast.agent.internal.jobs.JobRunner;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.jobs.JobWork;
import org.holdfast.agent.internal.jobs.LateListener;
import org.holdfast.agent.internal.jobs.Rates;
import org.holdfast.agent.internal.jobs.RestoreWork;
import org.holdfast.agent.internal.jobs.VerifyWork;
import org.holdfast.agent.internal.link.Connector;
import org.holdfast.agent.internal.link.HttpConnector;
import org.holdfast.agent.internal.link.Stores;
import org.holdfast.agent.internal.link.SwitchingLink;
import org.holdfast.agent.internal.loop.AgentClock;
import org.holdfast.agent.internal.loop.CertificateKeeper;
import org.holdfast.agent.internal.loop.Conversation;
import org.holdfast.agent.internal.loop.JobReporter;
import org.holdfast.agent.internal.loop.PolicyStore;
import org.holdfast.agent.internal.loop.PollLoop;
import org.holdfast.agent.internal.loop.ScheduleRunner;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.protocol.agent.PollRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running agent of a registered server. Everything it does is a thread of this object and ends with it. */
public final class AgentRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRuntime.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int FLUSH_SECONDS = 5;
    private static final long END_NANOS = 1_000_000_000L;
    private static final int FIRST_CONTACT_SECONDS = 20;

    private final AgentHome home;
    private final Registration registration;
    private final Parts parts;
    private final String bootId = UUID.randomUUID().toString();
    private final AgentClock clock;
    private final PolicyStore policies;
    private final JobJournal journal;
    private final JobRunner jobs;
    private final JobReporter reporter;
    private final SwitchingLink link;
    private final CertificateKeeper certificate;
    private final ScheduleRunner schedule;
    private final Answers answers;
    private final PollLoop polls;
    private final boolean copied;
    private final List<Thread> threads = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("holdfast-agent-timer").daemon().factory());

    /** Puts it together; nothing runs before {@link #start}. */
    public AgentRuntime(AgentHome home, Registration registration, Parts parts) throws IOException {
        this.home = home;
        this.registration = registration;
        this.parts = parts;
        clock = new AgentClock(parts.clock());
        policies = new PolicyStore(home, parts.keys(), parts.zone());
        journal = new JobJournal(home);
        var target = new Connector.Target(registration.addresses(), registration.ca(), home.chainFile(),
                home.keyFile());
        link = new SwitchingLink(() -> parts.connector().vault(target));
        certificate = new CertificateKeeper(home, link, clock, parts.facts().hostname());
        Stores stores = parts.connector().stores(target, bootId);
        var domains = new Domains(registration, parts.keys(), stores, parts.files());
        var listener = new LateListener();
        jobs = new JobRunner(journal, works(domains), listener, clock);
        reporter = new JobReporter(journal, link, clock, bootId, policies::reportsPaths, jobs::continueAs,
                jobs::cancel, ThreadLocalRandom.current());
        listener.listener(reporter);
        answers = new Answers((server, passphrase) -> domains.browse(clock.steady(), server, passphrase),
                registration.serverId());
        schedule = new ScheduleRunner(home, policies, jobs, clock, registration.serverId(), parts.zone());
        var sealed = new SealedRequests(home.intakeKeys(), registration,
                Boolean.TRUE.equals(home.settings().unsignedRequests()), clock);
        polls = new Conversation(home, link, clock, policies, jobs, reporter).polls(sealed, answers,
                certificate::renew, registration.serverId(), this::heartbeat);
        MachineFile machine = home.machine(parts.facts().hints(), parts.clock().instant());
        copied = parts.facts().hints().differsFrom(machine.hints());
        if (copied) {
            LOG.warn("This looks like another machine than the one that was registered, perhaps a copy of its disk."
                    + " Register a copy with --new-machine, or say --same-machine.");
        }
    }

    private Map<JobKind, JobWork> works(Domains domains) throws IOException {
        var rates = new Rates(policies::policy, clock, parts.zone());
        List<Path> neverSaved = BackupWork.ownFiles(home, registration);
        Map<JobKind, JobWork> works = new EnumMap<>(JobKind.class);
        works.put(JobKind.BACKUP, new BackupWork(domains, policies, rates, new HookRunner(home.hooks()), neverSaved));
        works.put(JobKind.RESTORE, new RestoreWork(domains, rates));
        works.put(JobKind.VERIFY, new VerifyWork(domains, rates));
        works.put(JobKind.DRILL, new DrillWork(home, domains, rates, policies::policy, parts.files()));
        works.put(JobKind.CHECK, new CheckWork(() -> new Checks(home, parts.keys(),
                HttpConnector.proxy(home.settings()), parts.clock()).run(null, List.of())));
        return works;
    }

    private PollRequest heartbeat(List<String> acknowledged, int waitSeconds) {
        SystemFacts facts = parts.facts();
        return new PollRequest(SystemFacts.VERSION, bootId, facts.hostname(), facts.addresses(), facts.os(),
                parts.zone().getId(), parts.clock().instant(), policies.current().policy().version(), drift(),
                jobs.running(), acknowledged, waitSeconds, schedule.nextBackup());
    }

    /** Why this server does not do all its policy says, or null. */
    public @Nullable String drift() {
        String drift = policies.drift(registration.keyHolder());
        if (!copied) {
            return drift;
        }
        String copy = "This looks like another machine than the one that was registered.";
        return drift == null ? copy : copy + " " + drift;
    }

    /** Starts everything, unfinished work of an earlier start included. */
    public void start() {
        LOG.info("Agent of server {} in the vault '{}' starts, boot {}", registration.serverId(), registration.vault(),
                bootId);
        DrillWork.sweep(home);
        jobs.recover();
        thread("reports", reporter::run);
        thread("poll", polls::run);
        thread("schedule", this::runSchedule);
        timer.scheduleWithFixedDelay(certificate::check, 1, 60, TimeUnit.MINUTES);
    }

    private void thread(String name, Runnable work) {
        threads.add(Thread.ofVirtual().name(name).start(work));
    }

    /** The schedule begins when this server's clock has been compared, or the vault is away. */
    private void runSchedule() {
        try {
            polls.awaitFirst(Duration.ofSeconds(FIRST_CONTACT_SECONDS));
            schedule.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where this server belongs. */
    public Registration registration() {
        return registration;
    }

    /** This start's id. */
    public String bootId() {
        return bootId;
    }

    /** The policy in force. */
    public PolicyStore.Stored policy() {
        return policies.current();
    }

    /** How the vault was last heard of. */
    public PollLoop.Contact contact() {
        return polls.contact();
    }

    /** This server's clock minus the vault's. */
    public Duration clockSkew() {
        return clock.skew();
    }

    /** When the next backup begins, or null. */
    public @Nullable Instant nextBackup() {
        return schedule.nextBackup();
    }

    /** Until when the certificate is valid, or null. */
    public @Nullable Instant certificateExpires() {
        return certificate.expires();
    }

    /** Looks at schedule and clock again; for tests that set the clock. */
    public void wake() {
        schedule.wake();
    }

    /** Begins a job that somebody on this server asks for. */
    public boolean submit(JobSpec spec, char @Nullable [] passphrase) {
        return jobs.submit(spec, false, passphrase);
    }

    /** The jobs. */
    public JobRunner jobs() {
        return jobs;
    }

    /** A job that is or was. */
    public Optional<JobEntry> job(String id) {
        return journal.find(id);
    }

    /** All jobs in the journal, oldest first. */
    public List<JobEntry> history() {
        return journal.all();
    }

    /** Whether the vault knows all there is to know. */
    public boolean isReported() {
        return reporter.isIdle();
    }

    private static void end(Thread thread, long deadline) {
        try {
            if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        schedule.close();
        polls.close();
        timer.shutdownNow();
        try {
            jobs.stop(PATIENCE);
            if (polls.contact().connected()) {
                // Otherwise the journal keeps it for the next start.
                reporter.flush(Duration.ofSeconds(FLUSH_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reporter.close();
        answers.close();
        link.close();
        long deadline = System.nanoTime() + END_NANOS;
        for (Thread thread : threads) {
            end(thread, deadline);
        }
        LOG.info("Agent stopped");
    }
}

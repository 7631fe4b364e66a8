package org.holdfast.agent.internal.loop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.holdfast.agent.internal.ask.Answers;
import org.holdfast.agent.internal.ask.SealedRequests;
import org.holdfast.agent.internal.drill.DrillWork;
import org.holdfast.agent.internal.jobs.JobRunner;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.link.VaultLink;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.protocol.agent.AskRequest;
import org.holdfast.protocol.agent.BackupOrder;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.DrillOrder;
import org.holdfast.protocol.agent.RestoreOrder;
import org.holdfast.protocol.agent.RestoreRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the vault asks for, each thing once. */
public final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private final CommandLog log;
    private final JobRunner jobs;
    private final SealedRequests sealed;
    private final Answers answers;
    private final VaultLink link;
    private final AgentClock clock;
    private final Runnable renewal;
    private final String serverId;
    private final Set<String> answering = ConcurrentHashMap.newKeySet();

    /** @param renewal asks for a new certificate, called in a thread of its own */
    Commands(CommandLog log, JobRunner jobs, SealedRequests sealed, Answers answers, VaultLink link, AgentClock clock,
            Runnable renewal, String serverId) {
        this.log = log;
        this.jobs = jobs;
        this.sealed = sealed;
        this.answers = answers;
        this.link = link;
        this.clock = clock;
        this.renewal = renewal;
        this.serverId = serverId;
    }

    /** Takes commands and returns the ids of those that need not be said again. */
    List<String> take(List<Command> commands) {
        List<String> taken = new ArrayList<>();
        for (Command command : commands) {
            if (log.contains(command.id())) {
                taken.add(command.id());
                continue;
            }
            if (command.expires() != null && command.expires().isBefore(clock.instant())) {
                LOG.info("Command {} ({}) came too late", command.id(), command.kind());
            } else {
                dispatch(command);
            }
            if (log.add(command.id())) {
                taken.add(command.id());
            }
        }
        return taken;
    }

    private void dispatch(Command command) {
        LOG.info("Command {}: {}", command.id(), command.kind());
        String job = command.job() == null ? "" : command.job();
        switch (command.what()) {
            case BACKUP -> backup(job, command.backup());
            case RESTORE -> restore(job, command.restore());
            case VERIFY ->
                submit(new JobSpec(job, JobKind.VERIFY, JobTrigger.REQUEST, List.of(), null, null, null), null);
            case CHECK ->
                submit(new JobSpec(job, JobKind.CHECK, JobTrigger.REQUEST, List.of(), null, null, null), null);
            case DRILL -> drill(job, command.drill());
            case CANCEL -> jobs.cancel(job);
            case PAUSE -> jobs.pause(job);
            case RESUME -> jobs.resume(job);
            case ASK -> Thread.ofVirtual().name("answer-" + command.id()).start(() -> answer(command));
            case RENEW_CERTIFICATE -> Thread.ofVirtual().name("renewal").start(renewal);
            case UNKNOWN -> LOG.warn("The vault asks for '{}', which this version does not know", command.kind());
        }
    }

    private void submit(JobSpec spec, char[] passphrase) {
        if (spec.id().isEmpty()) {
            LOG.warn("A command without its job is of no use");
        } else if (!jobs.submit(spec, true, passphrase)) {
            LOG.info("Job {} is known already", spec.id());
        }
    }

    private void backup(String job, BackupOrder order) {
        BackupOrder what = order == null ? new BackupOrder(List.of(), null) : order;
        submit(JobSpec.backup(job, JobTrigger.REQUEST, what.items(), what.keepUntil()), null);
    }

    private void drill(String job, DrillOrder order) {
        Long seed = order == null ? null : order.seed();
        var what = new JobSpec.Drill(order == null ? null : order.point(), seed == null ? DrillWork.newSeed() : seed);
        submit(JobSpec.drill(job, JobTrigger.REQUEST, what), null);
    }

    private void restore(String job, RestoreOrder order) {
        RestoreRequest request;
        try {
            if (order == null) {
                throw new HoldfastException(org.holdfast.api.Problem.INVALID_REQUEST, "The order is missing.", "");
            }
            request = sealed.restore(job, order);
        } catch (HoldfastException e) {
            LOG.warn("Job {} is refused: {}", job, e.getMessage());
            jobs.refuse(new JobSpec(job, JobKind.RESTORE, JobTrigger.REQUEST, List.of(), null, null, null), e);
            return;
        }
        String source = request.sourceServer();
        boolean own = source == null || source.equals(serverId);
        var what = new JobSpec.Restore(own ? null : source, request.point(),
                request.paths().stream().map(p -> RawPath.of(p).toString()).toList(),
                request.target() == null ? null : new String(request.target(), StandardCharsets.UTF_8),
                request.ifExists(), request.metadata(), request.metadata(), false, request.throttle(), null);
        char[] passphrase = request.passphrase() == null ? null : request.passphrase().toCharArray();
        submit(JobSpec.restore(job, JobTrigger.REQUEST, what), passphrase);
    }

    private void answer(Command command) {
        if (command.ask() == null || !answering.add(command.id())) {
            return;
        }
        try {
            AskRequest request = sealed.ask(command.ask());
            link.answer(command.id(), answers.answer(request));
        } catch (HoldfastException e) {
            LOG.warn("The question {} gets no answer: {}", command.id(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("The question {} gets no answer", command.id(), e);
        } finally {
            answering.remove(command.id());
        }
    }
}

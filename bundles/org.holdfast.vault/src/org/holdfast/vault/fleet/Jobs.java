package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.PolicyCheck;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.protocol.agent.BackupOrder;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.CommandKind;
import org.holdfast.protocol.agent.DrillOrder;
import org.holdfast.protocol.agent.RestoreOrder;
import org.holdfast.protocol.agent.WarningDetail;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.data.GrantRow;
import org.holdfast.vault.catalog.data.Grants;
import org.holdfast.vault.catalog.fleet.JobListRow;
import org.holdfast.vault.catalog.fleet.JobRow;
import org.holdfast.vault.catalog.fleet.JobTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.fleet.LiveServer.Pending;
import org.holdfast.vault.people.Permissions;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Jobs as people start, watch and end them. Thread-safe. */
@Component(service = Jobs.class)
public final class Jobs {
    /** How long an agent has to take a job. */
    public static final Duration VALID = Duration.ofHours(12);
    /** How long a server may read another one's points for a restore. */
    private static final Duration GRANTED = Duration.ofDays(1);
    private static final long MOST_SEED = 1L << 53;
    private static final Pattern POINT = Pattern.compile("[0-9a-f]{32}");

    private final Catalog catalog;
    private final Clock clock;
    private final Presence presence;
    private final JobBook book;
    private final Commands commands;
    private final PolicyResolver policies;

    /** Jobs of a catalogue. */
    @Activate
    public Jobs(@Reference Catalog catalog, @Reference Clock clock, @Reference Presence presence,
            @Reference JobBook book, @Reference Commands commands, @Reference PolicyResolver policies) {
        this.catalog = catalog;
        this.clock = clock;
        this.presence = presence;
        this.book = book;
        this.commands = commands;
        this.policies = policies;
    }

    /**
     * Starts a job. An id that is there already gives the job that has it, when that is of the same server and kind.
     *
     * @throws Refusal with the field at fault; of kind CONFLICT (code {@code id-in-use}) when the id is another job's
     */
    public JobSummary start(UUID vault, StartJob wanted, String user) {
        return start(vault, wanted, user, false);
    }

    /**
     * Starts a job; a restore from another server's points gets the right to read them for a day.
     *
     * @param mayGrant whether the user may let a server read the objects of others; without, there has to be a grant
     * @throws Refusal also of kind FORBIDDEN (code {@code grant-needed})
     */
    public JobSummary start(UUID vault, StartJob wanted, String user, boolean mayGrant) {
        UUID id = wanted.id() == null ? UUID.randomUUID() : Wire.idOrNull(wanted.id());
        if (id == null) {
            throw Refusal.invalid("id", "The id of a job is a UUID.");
        }
        JobKind kind = wanted.kind();
        if (kind == null) {
            throw Refusal.invalid("kind", "What is the job to do?");
        }
        UUID server = server(vault, wanted.server());
        Optional<JobRow> there = catalog.read(handle -> JobTable.byId(handle, id));
        if (there.isPresent()) {
            return same(there.get(), vault, server, kind);
        }
        LiveServer live = presence.get(server);
        Instant now = clock.instant();
        UUID source = wanted.sourceServer() == null ? server : serverOrRetired(vault, wanted.sourceServer());
        Command command = command(wanted, id, kind, source, server, now.plus(VALID));
        Policy policy = policies.resolve(live).policy();
        boolean restore = kind == JobKind.RESTORE;
        var row = new JobRow(id, vault, server, Wire.of(kind), Wire.of(JobState.QUEUED), Wire.of(JobTrigger.REQUEST),
                user, now, null, null, bounded(wanted.keepUntil()), Json.text(wanted.items()),
                policy == null || restore ? null : policy.name(), policy == null || restore ? 0 : policy.version(),
                restore ? source : null, wanted.point(), null, null, null, null, null, "{}", 0, null, 0, "", now);
        boolean added = catalog.write(handle -> {
            boolean inserted = JobTable.insert(handle, row);
            if (inserted) {
                if (restore && !source.equals(server)) {
                    grant(handle, row, source, mayGrant);
                }
                commands.store(handle, live, command, id);
            }
            return inserted;
        });
        if (!added) {
            return same(catalog.read(handle -> JobTable.byId(handle, id)).orElseThrow(), vault, server, kind);
        }
        LiveJob job = new LiveJob(row, now);
        book.add(live, job);
        commands.give(live, new Pending(command, id, true));
        book.tellAll(live, job, now);
        return book.summary(live, job, now);
    }

    /** The grant is there exactly when the job is. */
    private static void grant(Handle handle, JobRow job, UUID source, boolean mayGrant) {
        Instant now = job.created();
        if (Grants.allows(handle, job.vaultId(), job.serverId(), source, now)) {
            return;
        }
        if (!mayGrant) {
            throw new Refusal(Kind.FORBIDDEN, "grant-needed", "The server may not read the points of the other one.",
                    "Ask somebody with the permission \"" + Permissions.GRANT_MANAGE
                            + "\" to start the restore, or for a grant.");
        }
        Grants.insert(handle, new GrantRow(UUID.randomUUID(), job.vaultId(), source, job.serverId(),
                now.plus(GRANTED), now, job.requestedBy()));
    }

    private JobSummary same(JobRow there, UUID vault, UUID server, JobKind kind) {
        if (!there.vaultId().equals(vault) || !there.serverId().equals(server)
                || !there.kind().equals(Wire.of(kind))) {
            throw new Refusal(Kind.CONFLICT, "id-in-use", "Another job has that id.", "Choose a new one.", "id");
        }
        return get(vault, there.id().toString());
    }

    private static Command command(StartJob wanted, UUID job, JobKind kind, UUID source, UUID server,
            Instant expires) {
        String id = UUID.randomUUID().toString();
        checkItems(wanted.items());
        String point = wanted.point();
        if (point != null && !POINT.matcher(point).matches()) {
            throw Refusal.invalid("point", "The id of a point has 32 hex digits.");
        }
        return switch (kind) {
            case BACKUP -> Command.backup(id, expires, job.toString(),
                    new BackupOrder(wanted.items(), bounded(wanted.keepUntil())));
            case RESTORE -> {
                byte[] sealed = wanted.sealed();
                if (point == null) {
                    throw Refusal.invalid("point", "Which point is to be restored?");
                }
                if (sealed == null || sealed.length == 0 || sealed.length > RestoreOrder.MAX_BYTES) {
                    throw Refusal.invalid("sealed", "A restore is sealed for its agent and has at most "
                            + RestoreOrder.MAX_BYTES + " bytes.");
                }
                yield Command.restore(id, expires, job.toString(),
                        new RestoreOrder(source.equals(server) ? null : source.toString(), point, sealed));
            }
            case VERIFY -> Command.job(id, CommandKind.VERIFY, expires, job.toString());
            case CHECK -> Command.job(id, CommandKind.CHECK, expires, job.toString());
            case DRILL -> Command.drill(id, expires, job.toString(), new DrillOrder(point, seed(wanted.seed())));
            default -> throw Refusal.invalid("kind",
                    "Backup, restore, verify, check and drill can be started on demand.");
        };
    }

    private static @Nullable Long seed(@Nullable Long seed) {
        if (seed != null && (seed < 0 || seed >= MOST_SEED)) {
            throw Refusal.invalid("seed", "A seed is a number from 0 to 2^53 - 1, as an earlier drill tells it.");
        }
        return seed;
    }

    static void checkItems(List<String> items) {
        List<FieldProblem> problems = PolicyCheck.checkItems(items, Exclusions.NONE);
        if (!problems.isEmpty()) {
            throw Refusal.invalid(problems.getFirst().field(), problems.getFirst().message());
        }
    }

    /** A date that both databases can keep. */
    static @Nullable Instant bounded(@Nullable Instant time) {
        if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9000-01-01T00:00:00Z")))) {
            throw Refusal.invalid("keepUntil", "The date is out of all proportion.");
        }
        return time;
    }

    private UUID server(UUID vault, String id) {
        UUID server = Wire.idOrNull(id);
        LiveServer live = server == null ? null : presence.find(server);
        if (live == null || !live.vaultId.equals(vault)) {
            throw Refusal.notFound("server");
        }
        synchronized (live) {
            if (!live.registered) {
                throw new Refusal(Kind.CONFLICT, "registration-incomplete", "The server has not stored its passphrase.",
                        "Complete its registration first.");
            }
        }
        return live.id;
    }

    private UUID serverOrRetired(UUID vault, String id) {
        UUID server = Wire.id(id, "server");
        return catalog.read(handle -> ServerTable.byId(handle, server)).filter(row -> row.vaultId().equals(vault))
                .map(ServerRow::id).orElseThrow(() -> Refusal.notFound("server"));
    }

    /** A job of a vault; who asks for it counts as looking at it for a while. */
    public JobSummary get(UUID vault, String id) {
        UUID key = Wire.id(id, "job");
        JobListRow row = catalog.read(handle -> JobTable.listRow(handle, vault, key))
                .orElseThrow(() -> Refusal.notFound("job"));
        LiveJob live = book.find(key);
        if (live != null) {
            book.look(live);
        } else if (!Wire.to(JobState.class, row.job().state()).isFinal()) {
            book.lookElsewhere(key);
        }
        return view(row);
    }

    /** A page of a vault's jobs. */
    public Page<JobSummary> list(UUID vault, ListRequest request) {
        var page = catalog.read(handle -> JobTable.list(handle, vault, request));
        return new Page<>(page.items().stream().map(this::view).toList(), page.next(), page.total());
    }

    private JobSummary view(JobListRow listed) {
        LiveJob live = book.find(listed.job().id());
        JobRow row = listed.job();
        if (live != null) {
            synchronized (live) {
                row = live.row(row.changed());
            }
        }
        return JobViews.summary(row, listed.vaultName(), listed.serverName());
    }

    /** A page of the named warnings of a job; empty unless its policy lets the vault know names. */
    public Page<WarningDetail> warnings(UUID vault, String id, ListRequest request) {
        UUID key = Wire.id(id, "job");
        return catalog.read(handle -> {
            JobTable.listRow(handle, vault, key).orElseThrow(() -> Refusal.notFound("job"));
            var page = JobTable.warnings(handle, key, request);
            return new Page<>(page.items().stream()
                    .map(row -> new WarningDetail(row.path(), row.code(), row.reason())).toList(), page.next(),
                    page.total());
        });
    }

    /**
     * Ends a job, at once when its agent was not told of it yet, else when the agent says so.
     *
     * @throws Refusal of kind CONFLICT (code {@code job-ended}) when it ended otherwise
     */
    public JobSummary cancel(UUID vault, String id) {
        LiveJob job = live(vault, id, JobState.CANCELLED);
        if (job == null) {
            return get(vault, id);
        }
        LiveServer server = presence.get(job.serverId);
        if (!server.mine && isAway(server)) {
            book.take(server);
            job = live(vault, id, JobState.CANCELLED);
            if (job == null) {
                return get(vault, id);
            }
        }
        boolean queued;
        synchronized (job) {
            queued = job.state == JobState.QUEUED;
        }
        if (queued && server.mine && commands.withdraw(server, job.id, CommandKind.of(job.begun().kind()))) {
            synchronized (job) {
                job.become(JobState.CANCELLED, clock.instant());
            }
            book.changed(server, job);
        } else {
            order(server, job, CommandKind.CANCEL);
        }
        return get(vault, id);
    }

    /** Whether its agent polls no node. */
    private boolean isAway(LiveServer server) {
        return catalog.read(handle -> ServerTable.byId(handle, server.id))
                .filter(row -> !row.state().equals(Wire.of(ServerState.LOST)) && row.lastContact() != null).isEmpty();
    }

    /** Stops a running job for now. */
    public JobSummary pause(UUID vault, String id) {
        return steer(vault, id, JobState.PAUSED, JobState.RUNNING, CommandKind.PAUSE);
    }

    /** Goes on with a paused job. */
    public JobSummary resume(UUID vault, String id) {
        return steer(vault, id, JobState.RUNNING, JobState.PAUSED, CommandKind.RESUME);
    }

    private JobSummary steer(UUID vault, String id, JobState wanted, JobState from, CommandKind kind) {
        LiveJob job = live(vault, id, wanted);
        if (job != null) {
            synchronized (job) {
                if (job.state != from && job.state != wanted) {
                    throw new Refusal(Kind.CONFLICT, "wrong-state", "The job is " + Wire.of(job.state) + ".", "");
                }
            }
            order(presence.get(job.serverId), job, kind);
        }
        return get(vault, id);
    }

    private void order(LiveServer server, LiveJob job, CommandKind kind) {
        if (commands.isPending(server, job.id, kind)) {
            return;
        }
        Command command = Command.job(UUID.randomUUID().toString(), kind, clock.instant().plus(VALID),
                job.id.toString());
        catalog.run(handle -> commands.store(handle, server, command, job.id));
        commands.give(server, new Pending(command, job.id, true));
    }

    /** The job when it has not ended, null when it already is what is wanted. */
    private @Nullable LiveJob live(UUID vault, String id, JobState wanted) {
        UUID key = Wire.id(id, "job");
        JobRow row = catalog.read((Handle handle) -> JobTable.byId(handle, key))
                .filter(found -> found.vaultId().equals(vault)).orElseThrow(() -> Refusal.notFound("job"));
        LiveJob job = book.find(key);
        if (job != null) {
            return job;
        }
        if (row.state().equals(Wire.of(wanted))) {
            return null;
        }
        if (!Wire.to(JobState.class, row.state()).isFinal()) {
            return new LiveJob(row, clock.instant());
        }
        throw new Refusal(Kind.CONFLICT, "job-ended", "The job has ended: " + row.state() + ".", "");
    }
}

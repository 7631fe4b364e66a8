package org.holdfast.agent.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import org.holdfast.agent.internal.link.Connector;
import org.holdfast.agent.internal.link.RegistrationLink;
import org.holdfast.agent.internal.link.Stores;
import org.holdfast.agent.internal.link.VaultLink;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.client.RemoteException;
import org.holdfast.crypto.DomainProof;
import org.holdfast.crypto.x509.Authority;
import org.holdfast.crypto.x509.CertificateRequest;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.agent.Retirement;
import org.holdfast.protocol.people.CompleteRegistration;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;
import org.holdfast.protocol.people.RegistrationAnswer;
import org.holdfast.store.directory.DirectoryStoreProvider;

/** A vault in memory that does as the test says; objects lie in a directory for each server. */
final class ScriptedVault implements Connector {
    private final Path folder;
    private final Clock clock;
    private final Authority authority;
    private final Map<String, String> serverOfMachine = new HashMap<>();
    private final Map<String, CompleteRegistration> complete = new HashMap<>();
    private final Map<String, Server> servers = new ConcurrentHashMap<>();
    private final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
    private volatile UnaryOperator<BlobStore> storeWrapper = s -> s;
    private volatile boolean away;
    private volatile String lost = "";

    /** What the vault has of a server. */
    static final class Server {
        final List<Command> commands = new ArrayList<>();
        final List<String> watch = new ArrayList<>();
        final Map<String, Job> jobs = new LinkedHashMap<>();
        final List<PollRequest> polls = new ArrayList<>();
        final Map<String, byte[]> answers = new HashMap<>();
        AgentPolicy policy;
        int renewals;
    }

    /** What the vault has of a job. */
    static final class Job {
        JobStart start;
        long sequence;
        JobState state = JobState.QUEUED;
        final List<JobEvent> events = new ArrayList<>();
    }

    ScriptedVault(Path folder, Clock clock) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.clock = clock;
        this.authority = Authority.create("Test vault", clock.instant().minus(Duration.ofDays(1)),
                clock.instant().plus(Duration.ofDays(3650)));
    }

    byte[] credentials(Instant expires) {
        try {
            var file = new CredentialsFile(CredentialsFile.FORMAT, CredentialsFile.VERSION, List.of("localhost:1"),
                    Pem.ofCertificates(List.of(authority.certificate())), "main", "vault-id", null, List.of(),
                    "token", expires, 9, null);
            return file.signed(authority.sign(file.signedBytes())).bytes();
        } catch (RuntimeException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets a call fail from now on, or work again (null). */
    void fail(String call, RuntimeException how) {
        if (how == null) {
            failures.remove(call);
        } else {
            failures.put(call, how);
        }
    }

    /** Lets a call work, and its caller not hear of it. */
    void loseAnswerOf(String call) {
        lost = call;
    }

    void wrapStores(UnaryOperator<BlobStore> wrapper) {
        storeWrapper = wrapper;
    }

    /** Cuts the network, or mends it. */
    synchronized void away(boolean now) {
        away = now;
        notifyAll();
    }

    private void check(String call) {
        if (away) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE, "The vault cannot be reached.", "");
        }
        RuntimeException failure = failures.get(call);
        if (failure != null) {
            throw failure;
        }
    }

    static RemoteException refusal(int status, String code) {
        return new RemoteException(Problem.INVALID_REQUEST, status, code, "The vault says no: " + code + ".", "",
                null, null);
    }

    Server server(String id) {
        return servers.computeIfAbsent(id, i -> new Server());
    }

    /** Ids of servers that are registered or on their way. */
    synchronized List<String> serverIds() {
        return List.copyOf(serverOfMachine.values());
    }

    synchronized CompleteRegistration completed(String server) {
        return complete.get(server);
    }

    synchronized void command(String server, Command command) {
        server(server).commands.add(command);
        notifyAll();
    }

    synchronized void policy(String server, AgentPolicy policy) {
        server(server).policy = policy;
        notifyAll();
    }

    synchronized void watch(String server, String job) {
        server(server).watch.add(job);
        notifyAll();
    }

    Path objects(String server) {
        return folder.resolve(server);
    }

    /** A change of what others wait for: for tests that wait on this object. */
    synchronized void changed() {
        notifyAll();
    }

    @Override
    public synchronized EnrolAnswer enrol(List<String> addresses, String ca, EnrolRequest request) {
        check("enrol");
        String known = serverOfMachine.get(request.machineId());
        CompleteRegistration before = known == null ? null : complete.get(known);
        String id = known == null ? UUID.randomUUID().toString() : known;
        serverOfMachine.put(request.machineId(), id);
        return new EnrolAnswer(id, "vault-id", "main", certificate(request.csr(), id), before != null,
                before == null ? null : new byte[32], before == null ? null : before.domainId(),
                clock.instant().plus(Duration.ofHours(1)));
    }

    private String certificate(String csr, String id) {
        try {
            var key = CertificateRequest.read(csr).publicKey();
            var certificate = authority.issueClient(key, id, "holdfast:server:" + id, clock.instant(),
                    clock.instant().plus(Duration.ofDays(90)));
            return Pem.ofCertificates(List.of(certificate, authority.certificate()));
        } catch (GeneralSecurityException e) {
            throw refusal(400, "bad-csr");
        }
    }

    private static String identity(Target target) {
        try {
            String name = Pem.certificates(Files.readString(target.chain())).getFirst().getSubjectX500Principal()
                    .getName();
            return name.substring("CN=".length());
        } catch (IOException | GeneralSecurityException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "No certificate.", "", e);
        }
    }

    @Override
    public RegistrationLink registration(Target target) {
        check("registration");
        String id = identity(target);
        return new RegistrationLink() {
            @Override
            public Stores stores() {
                return ScriptedVault.this.stores(target, "registration");
            }

            @Override
            public RegistrationAnswer complete(CompleteRegistration registration) {
                synchronized (ScriptedVault.this) {
                    check("complete");
                    CompleteRegistration before = complete.get(id);
                    if (before != null && !before.domainId().equals(registration.domainId())
                            || before != null && registration.proof() != null
                                    && !DomainProof.verify(before.publicKey(), CompleteRegistration.PROOF_PURPOSE,
                                            new byte[32], registration.proof())) {
                        throw refusal(403, "proof-wrong");
                    }
                    if (complete.put(id, registration) != null && failures.containsKey("registration-again")) {
                        throw failures.get("registration-again");
                    }
                    if (lost.equals("complete")) {
                        lost = "";
                        throw new HoldfastException(Problem.STORE_UNAVAILABLE, "The answer was lost.", "");
                    }
                    return new RegistrationAnswer(id, "main", "host", before != null);
                }
            }

            @Override
            public void abandon() {
                synchronized (ScriptedVault.this) {
                    check("abandon");
                    if (!complete.containsKey(id)) {
                        serverOfMachine.values().remove(id);
                        servers.remove(id);
                    }
                }
            }

            @Override
            public void retire(Retirement retirement) {
                check("retire");
                server(id).watch.add(retirement.requestDeletion() ? "deletion-requested" : "retired");
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Override
    public Stores stores(Target target, String bootId) {
        String id = identity(target);
        return use -> {
            check("stores");
            Path place = objects(use.server() == null ? id : use.server());
            var provider = new DirectoryStoreProvider(clock);
            return storeWrapper.apply(Files.exists(place) ? provider.open(place.toString())
                    : provider.create(place.toString()));
        };
    }

    @Override
    public VaultLink vault(Target target) {
        return new Link(identity(target));
    }

    private final class Link implements VaultLink {
        private final String id;
        private boolean closed;

        Link(String id) {
            this.id = id;
        }

        @Override
        public PollAnswer poll(PollRequest request) {
            synchronized (ScriptedVault.this) {
                check("poll");
                Server me = server(id);
                me.polls.add(request);
                me.commands.removeIf(c -> request.ack().contains(c.id()));
                ScriptedVault.this.notifyAll();
                long end = System.nanoTime() + Duration.ofSeconds(request.waitSeconds()).toNanos();
                long left = end - System.nanoTime();
                List<String> watched = List.copyOf(me.watch);
                while (left > 0 && !closed && !away && me.commands.isEmpty() && me.watch.equals(watched)
                        && (me.policy == null || me.policy.version().equals(request.policyVersion()))) {
                    try {
                        ScriptedVault.this.wait(Math.max(1, left / 1_000_000));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new HoldfastException(Problem.CANCELLED, "interrupted", "");
                    }
                    left = end - System.nanoTime();
                }
                check("poll");
                if (closed) {
                    throw new HoldfastException(Problem.CANCELLED, "closed", "");
                }
                boolean same = me.policy == null || me.policy.version().equals(request.policyVersion());
                return new PollAnswer(clock.instant(), same ? null : me.policy, List.copyOf(me.commands),
                        List.copyOf(me.watch));
            }
        }

        @Override
        public void start(JobStart job) {
            synchronized (ScriptedVault.this) {
                check("start");
                server(id).jobs.computeIfAbsent(job.id(), i -> new Job()).start = job;
                ScriptedVault.this.notifyAll();
            }
        }

        @Override
        public JobEventsAnswer report(String jobId, JobEvents events) {
            synchronized (ScriptedVault.this) {
                check("report");
                Job job = server(id).jobs.computeIfAbsent(jobId, i -> new Job());
                for (JobEvent event : events.events()) {
                    if (event.sequence() > job.sequence) {
                        job.sequence = event.sequence();
                        job.events.add(event);
                        if (event.state() != null && !job.state.isFinal()) {
                            job.state = event.state();
                        }
                    }
                }
                ScriptedVault.this.notifyAll();
                return new JobEventsAnswer(job.sequence, job.state, false);
            }
        }

        @Override
        public void answer(String commandId, byte[] sealed) {
            synchronized (ScriptedVault.this) {
                check("answer");
                server(id).answers.put(commandId, sealed);
                ScriptedVault.this.notifyAll();
            }
        }

        @Override
        public String renew(String csr) {
            synchronized (ScriptedVault.this) {
                check("renew");
                server(id).renewals++;
                ScriptedVault.this.notifyAll();
                return certificate(csr, id);
            }
        }

        @Override
        public void close() {
            synchronized (ScriptedVault.this) {
                closed = true;
                ScriptedVault.this.notifyAll();
            }
        }
    }
}

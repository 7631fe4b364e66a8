package org.holdfast.vault.enrol;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import org.holdfast.crypto.DomainProof;
import org.holdfast.protocol.people.CompleteRegistration;
import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;
import org.holdfast.protocol.people.RegistrationAnswer;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.people.CertificateTable;
import org.holdfast.vault.catalog.people.CredentialsRow;
import org.holdfast.vault.catalog.people.CredentialsTable;
import org.holdfast.vault.catalog.people.RegistrationRow;
import org.holdfast.vault.catalog.people.RegistrationTable;
import org.holdfast.vault.fleet.ServerIdentity;
import org.holdfast.vault.fleet.ServerRegistry;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.people.AddressThrottle;
import org.holdfast.vault.people.AuditEntry;
import org.holdfast.vault.people.AuditLog;
import org.holdfast.vault.people.Secrets;
import org.holdfast.vault.pki.AgentCertificate;
import org.holdfast.vault.pki.Pki;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server is registered. It begins with a vault credentials file and a certificate request, and is complete when
 * the agent says that the passphrase is in its safe place. What is not complete within an hour, or is given up, leaves
 * nothing: no server, no certificate, and the use of the credentials is given back. A machine that was registered
 * before keeps its server and its history when it proves, with the key of its encryption domain, that it holds the
 * passphrase; until then its new certificate is good for nothing else, and the old one goes on. Thread-safe.
 */
@Component(service = Enrolment.class)
public final class Enrolment {

    /** Until when a registration has to be complete. */
    public static final Duration PATIENCE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    private static final Pattern MACHINE = Pattern.compile("[A-Za-z0-9._:-]{16,100}");
    private static final Pattern DOMAIN = Pattern.compile("[0-9a-f]{32}");
    private static final int KEY_BYTES = 32;
    private static final int MOST_PLACE = 4096;

    private final Catalog catalog;
    private final Clock clock;
    private final Pki pki;
    private final Credentials credentials;
    private final AgentCertificates certificates;
    private final ServerRegistry servers;
    private final Vaults vaults;
    private final AuditLog audit;
    private final AddressThrottle throttle;
    private final List<AbandonedServers> listeners;

    /** Over a catalogue. */
    @Activate
    public Enrolment(@Reference Catalog catalog, @Reference Clock clock, @Reference Pki pki,
            @Reference Credentials credentials, @Reference AgentCertificates certificates,
            @Reference ServerRegistry servers, @Reference Vaults vaults, @Reference AuditLog audit,
            @Reference AddressThrottle throttle,
            @Reference(cardinality = ReferenceCardinality.MULTIPLE) List<AbandonedServers> listeners) {
        this.catalog = catalog;
        this.clock = clock;
        this.pki = pki;
        this.credentials = credentials;
        this.certificates = certificates;
        this.servers = servers;
        this.vaults = vaults;
        this.audit = audit;
        this.throttle = throttle;
        this.listeners = listeners;
    }

    /**
     * Begins a registration. An earlier one of the same machine that is not complete ends.
     *
     * @param origin network address
     * @throws Refusal with one of the codes of {@link Credentials#use}, {@code certificate-request-invalid},
     *         {@code too-many-attempts}, or for values that cannot be; then nothing has changed
     */
    public EnrolAnswer enrol(EnrolRequest request, String origin) {
        check(request);
        throttle.require(origin);
        try {
            List<Ended> ended = new ArrayList<>();
            Begun begun = catalog.write(handle -> {
                ended.clear();
                return begin(handle, request, origin, ended);
            });
            ended.forEach(this::tell);
            credentials.used(begun.file);
            servers.announce(begun.server);
            return begun.answer;
        } catch (Refusal e) {
            throttle.failed(origin);
            if (e.code().equals("credentials-unknown")) {
                // Anybody can cause this, as often as they like: no reason to let the audit grow.
                LOG.info("{} tries to enrol {} with credentials that are not ours", origin, request.machineId());
            } else {
                audit.append(new AuditEntry("machine:" + request.machineId(), origin, "enrol-server",
                        request.hostname(), "", e.code(), ""));
            }
            throw e;
        }
    }

    private Begun begin(Handle handle, EnrolRequest request, String origin, List<Ended> ended) {
        CredentialsRow file = credentials.use(handle, request.token(), request.fingerprint());
        UUID vault = file.vaultId();
        String name = vaults.name(vault).orElseThrow(() -> Refusal.notFound("vault"));
        for (RegistrationRow before : RegistrationTable.lockMachine(handle, vault, request.machineId())) {
            ended.add(end(handle, before, "superseded"));
        }
        // A server that was given up comes back as well, but one that is in use comes first.
        Optional<ServerIdentity> known = servers.byMachine(vault, request.machineId()).stream()
                .filter(server -> server.registered() && server.publicKey() != null)
                .min(Comparator.comparing(ServerIdentity::retired));
        UUID server;
        if (known.isPresent()) {
            server = known.get().id();
        } else {
            server = servers.add(vault, request.machineId(), request.hostname(), request.os(), request.agentVersion(),
                    file.tags(), file.policy());
        }
        AgentCertificate issued = pki.issueAgent(request.csr(), server.toString());
        certificates.insert(handle, server, issued, known.isPresent());
        byte[] challenge = known.isPresent() ? Secrets.bytes() : null;
        Instant now = clock.instant();
        RegistrationTable.insert(handle, new RegistrationRow(server, vault, file.id(), request.machineId(),
                request.hostname(), request.os(), request.agentVersion(), known.isPresent(),
                challenge == null ? null : Base64.getEncoder().encodeToString(challenge), issued.serial(), now,
                now.plus(PATIENCE)));
        audit.append(handle, AuditEntry.done("server:" + server, origin, "enrol-server", "servers/" + server, name,
                "host " + request.hostname() + ", credentials " + file.id() + (known.isPresent() ? ", again" : "")));
        return new Begun(server, file, new EnrolAnswer(server.toString(), vault.toString(), name, issued.chainPem(),
                known.isPresent(), challenge, known.map(ServerIdentity::domainId).orElse(null), now.plus(PATIENCE)));
    }

    /**
     * Completes a registration; doing so again with the same certificate and keys does nothing.
     *
     * @throws Refusal with code {@code registration-unknown}, {@code registration-expired},
     *         {@code registration-superseded} or {@code registration-proof-wrong}
     */
    public RegistrationAnswer complete(KnownAgent agent, CompleteRegistration request, String origin) {
        check(request);
        UUID server = agent.serverId();
        RegistrationAnswer answer = catalog.write(handle -> {
            Optional<RegistrationRow> found = RegistrationTable.lock(handle, server);
            ServerIdentity identity = servers.find(server).orElseThrow(() -> Refusal.notFound("server"));
            String vault = vaults.name(agent.vaultId()).orElseThrow(() -> Refusal.notFound("vault"));
            if (found.isEmpty()) {
                return again(agent, identity, vault, request);
            }
            RegistrationRow row = found.get();
            if (!row.serial().equals(agent.serial())) {
                throw new Refusal(Kind.CONFLICT, "registration-superseded",
                        "Another registration of this machine has begun.", "Complete or abandon that one.");
            }
            if (!clock.instant().isBefore(row.expires())) {
                throw new Refusal(Kind.GONE, "registration-expired", "The registration took longer than an hour.",
                        "Register again.");
            }
            if (row.existing()) {
                requireProof(row, identity, request);
                servers.addAgain(server, row.hostname(), row.os(), row.agentVersion());
            }
            servers.complete(server, request.domainId(), request.publicKey(), request.intakeKey(),
                    request.intakeProof(), request.keyHolder());
            RegistrationTable.delete(handle, server);
            CertificateTable.setProven(handle, row.serial());
            CertificateTable.revokeOthers(handle, server, row.serial(), clock.instant(), "registered again");
            audit.append(handle, AuditEntry.done("server:" + server, origin, "complete-registration",
                    "servers/" + server, vault, "domain " + request.domainId() + (row.existing() ? ", again" : "")));
            return new RegistrationAnswer(server.toString(), vault, identity.name(), row.existing());
        });
        servers.announce(server);
        return answer;
    }

    private static RegistrationAnswer again(KnownAgent agent, ServerIdentity identity, String vault,
            CompleteRegistration request) {
        if (!identity.registered() || agent.unproven() || !request.domainId().equals(identity.domainId())) {
            throw new Refusal(Kind.NOT_FOUND, "registration-unknown", "There is no registration to complete.",
                    "Register again.");
        }
        return new RegistrationAnswer(identity.id().toString(), vault, identity.name(), request.proof() != null);
    }

    private static void requireProof(RegistrationRow row, ServerIdentity identity, CompleteRegistration request) {
        byte[] key = identity.publicKey();
        byte[] proof = request.proof();
        String challenge = row.challenge();
        if (key == null || proof == null || challenge == null || !request.domainId().equals(identity.domainId())
                || !Arrays.equals(key, request.publicKey()) || !DomainProof.verify(key,
                        CompleteRegistration.PROOF_PURPOSE, Base64.getDecoder().decode(challenge), proof)) {
            throw new Refusal(Kind.FORBIDDEN, "registration-proof-wrong",
                    "The proof that this is the server that was registered before does not hold.",
                    "Use the passphrase that the server had, or register as a new machine.", "proof");
        }
    }

    /** Gives a registration up; one that is over is left as it is. */
    public void abandon(KnownAgent agent, String origin) {
        Optional<Ended> ended = catalog.write(handle -> RegistrationTable.lock(handle, agent.serverId())
                .filter(row -> row.serial().equals(agent.serial())).map(row -> {
                    Ended done = end(handle, row, "abandoned");
                    audit.append(handle, AuditEntry.done("server:" + row.serverId(), origin, "abandon-registration",
                            "servers/" + row.serverId(), "", ""));
                    return done;
                }));
        ended.ifPresent(this::tell);
    }

    /** Ends registrations that were not completed in time; to be called every minute or so. */
    public void expire() {
        for (UUID server : catalog.read(handle -> RegistrationTable.expired(handle, clock.instant()))) {
            Optional<Ended> ended = catalog.write(handle -> RegistrationTable.lock(handle, server)
                    .filter(row -> !clock.instant().isBefore(row.expires())).map(row -> {
                        Ended done = end(handle, row, "not completed in time");
                        audit.append(handle, AuditEntry.done(AuditEntry.VAULT, "", "expire-registration",
                                "servers/" + server, "", ""));
                        return done;
                    }));
            ended.ifPresent(this::tell);
        }
    }

    private Ended end(Handle handle, RegistrationRow row, String reason) {
        RegistrationTable.delete(handle, row.serverId());
        CertificateTable.revoke(handle, row.serial(), clock.instant(), reason);
        CredentialsTable.giveBack(handle, row.credentialsId());
        if (!row.existing()) {
            servers.abandon(row.serverId());
        }
        return new Ended(row.vaultId(), row.serverId(), row.existing());
    }

    private void tell(Ended ended) {
        servers.announce(ended.server);
        if (!ended.existing) {
            for (AbandonedServers listener : listeners) {
                try {
                    listener.abandoned(ended.vault, ended.server);
                } catch (RuntimeException e) {
                    LOG.warn("cannot clear away what is left of server {}", ended.server, e);
                }
            }
        }
    }

    private static void check(EnrolRequest request) {
        if (!MACHINE.matcher(request.machineId()).matches()) {
            throw Refusal.invalid("machineId", "The id of a machine has 16 to 100 letters, digits, dots, underscores, "
                    + "colons and hyphens.");
        }
        if (request.hostname().length() > 255 || request.os().length() > 200 || request.agentVersion().length() > 64) {
            throw Refusal.invalid("hostname", "The description of the machine is too long.");
        }
    }

    private static void check(CompleteRegistration request) {
        if (!DOMAIN.matcher(request.domainId()).matches()) {
            throw Refusal.invalid("domainId", "The id of an encryption domain has 32 hexadecimal digits.");
        }
        if (request.publicKey().length != KEY_BYTES) {
            throw Refusal.invalid("publicKey", "An Ed25519 key has 32 bytes.");
        }
        if (request.intakeKey().length != KEY_BYTES) {
            throw Refusal.invalid("intakeKey", "An X25519 key has 32 bytes.");
        }
        if (request.keyHolder().isBlank() || request.keyHolder().length() > MOST_PLACE) {
            throw Refusal.invalid("keyHolder", "It has to be told where the passphrase is kept.");
        }
        byte[] proof = request.intakeProof();
        if (proof != null && !DomainProof.verify(request.publicKey(), CompleteRegistration.INTAKE_PURPOSE,
                request.intakeKey(), proof)) {
            throw Refusal.invalid("intakeProof", "The intake key is not signed by the key of the domain.");
        }
    }

    private record Begun(UUID server, CredentialsRow file, EnrolAnswer answer) {
    }

    private record Ended(UUID vault, UUID server, boolean existing) {
    }
}

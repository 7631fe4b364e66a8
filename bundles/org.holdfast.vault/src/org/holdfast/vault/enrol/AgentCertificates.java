package org.holdfast.vault.enrol;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.IntConsumer;

import org.holdfast.protocol.people.RenewedCertificate;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.people.CertificateRow;
import org.holdfast.vault.catalog.people.CertificateTable;
import org.holdfast.vault.people.AuditEntry;
import org.holdfast.vault.people.AuditLog;
import org.holdfast.vault.pki.AgentCertificate;
import org.holdfast.vault.pki.Pki;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Certificates of agents: issued, renewed, revoked, and looked up at each call, so that a revoked one is refused from
 * that moment on. Thread-safe.
 */
@Component(service = AgentCertificates.class)
public final class AgentCertificates {

    /** Certificates that have expired are remembered for so long, to be refused for the right reason. */
    private static final Duration REMEMBERED = Duration.ofDays(365);

    private final Catalog catalog;
    private final Clock clock;
    private final Pki pki;
    private final AuditLog audit;

    /** Over a catalogue. */
    @Activate
    public AgentCertificates(@Reference Catalog catalog, @Reference Clock clock, @Reference Pki pki,
            @Reference AuditLog audit) {
        this.catalog = catalog;
        this.clock = clock;
        this.pki = pki;
        this.audit = audit;
    }

    /**
     * Who is behind a certificate that the TLS layer has found to be issued by the vault's authority.
     *
     * @throws Refusal as {@link #check(String)} does
     */
    public KnownAgent check(X509Certificate certificate) {
        return check(AgentCertificate.serial(certificate));
    }

    /**
     * Who is behind the certificate of a serial number.
     *
     * @param serial hexadecimal
     * @throws Refusal with code {@code certificate-unknown}, {@code certificate-revoked}, {@code certificate-expired}
     *         or {@code server-retired}
     */
    public KnownAgent check(String serial) {
        CertificateTable.Known known = catalog.read(handle -> CertificateTable.find(handle, serial))
                .orElseThrow(() -> refuse("certificate-unknown", "The vault does not know this certificate."));
        CertificateRow row = known.certificate();
        if (row.revoked() != null) {
            throw refuse("certificate-revoked", "The certificate was revoked.");
        }
        // Who proves to be a server that was given up brings it back.
        if (known.retired() && !row.unproven()) {
            throw refuse("server-retired", "The server was given up at the vault.");
        }
        if (!clock.instant().isBefore(row.notAfter())) {
            throw refuse("certificate-expired", "The certificate counted until " + row.notAfter() + ".");
        }
        return new KnownAgent(row.serverId(), known.vaultId(), row.serial(), row.unproven());
    }

    /**
     * Issues the next certificate of a server; those before it count until they expire.
     *
     * @param request PEM
     * @throws Refusal with code {@code certificate-request-invalid} or {@code registration-incomplete}
     */
    public RenewedCertificate renew(KnownAgent agent, String request, String origin) {
        if (agent.unproven()) {
            throw new Refusal(Kind.FORBIDDEN, "registration-incomplete", "The registration is not complete.",
                    "Complete it first.");
        }
        AgentCertificate issued = pki.issueAgent(request, agent.serverId().toString());
        catalog.run(handle -> {
            insert(handle, agent.serverId(), issued, false);
            audit.append(handle, AuditEntry.done("server:" + agent.serverId(), origin, "renew-certificate",
                    "servers/" + agent.serverId(), "", "serial " + issued.serial() + ", by " + agent.serial()));
        });
        return new RenewedCertificate(issued.chainPem(), issued.notAfter());
    }

    /**
     * Revokes all certificates of a server, at once: it has to register again.
     *
     * @param reason for people
     * @return how many counted until now
     */
    public int revoke(UUID server, String reason) {
        return revoke(server, reason, count -> {
        });
    }

    /**
     * Revokes all certificates of a server, as {@link #revoke(UUID, String)}.
     *
     * @param revoked is told how many before it counts, perhaps more than once
     */
    public int revoke(UUID server, String reason, IntConsumer revoked) {
        return catalog.write(handle -> {
            int count = CertificateTable.revokeOthers(handle, server, "", clock.instant(),
                    reason.length() <= 100 ? reason : reason.substring(0, 100));
            revoked.accept(count);
            return count;
        });
    }

    /** Forgets certificates that expired long ago; to be called now and then. */
    public void clean() {
        catalog.run(handle -> CertificateTable.deleteExpired(handle, clock.instant().minus(REMEMBERED)));
    }

    void insert(Handle handle, UUID server, AgentCertificate issued, boolean unproven) {
        Instant now = clock.instant();
        CertificateTable.insert(handle, new CertificateRow(issued.serial(), server, issued.notBefore(),
                issued.notAfter(), now, unproven, null, null));
    }

    private static Refusal refuse(String code, String message) {
        return new Refusal(Kind.UNAUTHENTICATED, code, message,
                "Register the server again with a new vault credentials file; its history goes on.");
    }
}

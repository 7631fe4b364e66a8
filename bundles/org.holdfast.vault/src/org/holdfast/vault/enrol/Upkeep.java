package org.holdfast.vault.enrol;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.holdfast.vault.people.SignIn;
import org.holdfast.vault.pki.Pki;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done now and then for people, registrations and certificates: every minute, for as long as the node
 * runs. Several nodes may do it at the same time.
 */
@Component(service = Upkeep.class, immediate = true)
public final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long PERIOD_SECONDS = 60;

    private final Enrolment enrolment;
    private final SignIn signIn;
    private final AgentCertificates certificates;
    private final Pki pki;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("people-upkeep").factory());

    /** Begins at once. */
    @Activate
    public Upkeep(@Reference Enrolment enrolment, @Reference SignIn signIn, @Reference AgentCertificates certificates,
            @Reference Pki pki) {
        this.enrolment = enrolment;
        this.signIn = signIn;
        this.certificates = certificates;
        this.pki = pki;
        timer.scheduleWithFixedDelay(this::run, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void run() {
        attempt("registrations", enrolment::expire);
        attempt("tokens", signIn::clean);
        attempt("certificates", certificates::clean);
        attempt("certificate of this node", pki::renewServerCertificate);
    }

    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("upkeep of {} failed, again in a minute", what, e);
        }
    }

    /** Ends with what is being done. */
    @Deactivate
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("upkeep does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

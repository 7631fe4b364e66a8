package org.holdfast.agent.internal.ask;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

import org.holdfast.agent.internal.home.Registration;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.crypto.CryptoException;
import org.holdfast.crypto.DomainProof;
import org.holdfast.crypto.SealedBox;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.protocol.agent.AskOrder;
import org.holdfast.protocol.agent.AskRequest;
import org.holdfast.protocol.agent.RestoreOrder;
import org.holdfast.protocol.agent.RestoreRequest;
import org.holdfast.protocol.agent.Signed;
import org.holdfast.protocol.common.Json;

/**
 * Opens what was sealed for this agent and checks that whoever sealed it holds the passphrase of this server: a vault
 * that somebody took over can pass requests on, or not, but make none.
 */
public final class SealedRequests {
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final SealedBox.Keys intake;
    private final Registration registration;
    private final boolean unsigned;
    private final Clock clock;

    /** @param unsigned whether requests count without the proof */
    public SealedRequests(SealedBox.Keys intake, Registration registration, boolean unsigned, Clock clock) {
        this.intake = intake;
        this.registration = registration;
        this.unsigned = unsigned;
        this.clock = clock;
    }

    /** Opens a question. */
    public AskRequest ask(AskOrder order) {
        AskRequest request = open(AskOrder.CONTEXT, order.sealed(), AskOrder.MAX_BYTES, AskRequest.class);
        if (!registration.serverId().equals(request.server())) {
            throw refused("The question is for another server.");
        }
        if (request.asked() == null
                || Duration.between(request.asked(), clock.instant()).abs().compareTo(FRESH) > 0) {
            throw refused("The question is too old, or a clock is wrong.");
        }
        return request;
    }

    /** Opens an order to restore. */
    public RestoreRequest restore(String job, RestoreOrder order) {
        RestoreRequest request = open(RestoreOrder.CONTEXT + job, order.sealed(), RestoreOrder.MAX_BYTES,
                RestoreRequest.class);
        String source = order.sourceServer() == null ? registration.serverId() : order.sourceServer();
        if (!registration.serverId().equals(request.server()) || !job.equals(request.job())
                || !source.equals(request.sourceServer()) || !order.point().equals(request.point())) {
            throw refused("The order is for another server, job or point.");
        }
        return request;
    }

    private <T> T open(String context, byte[] sealed, int limit, Class<T> type) {
        if (sealed == null || sealed.length > limit) {
            throw refused("The request is empty or too long.");
        }
        byte[] plain;
        try {
            plain = SealedBox.open(intake, context, sealed);
        } catch (CryptoException e) {
            throw refused("The request was not sealed for this agent.");
        }
        try {
            Signed signed = Json.read(plain, Signed.class);
            byte[] key = registration.publicKey();
            boolean proven = key != null && DomainProof.verify(key, context, signed.body(), signed.signature());
            if (!proven && (signed.signature().length > 0 || !unsigned)) {
                throw refused("Nothing proves that whoever asks holds this server's passphrase.");
            }
            return Json.read(signed.body(), type);
        } catch (IOException e) {
            throw refused("The request cannot be understood.");
        } finally {
            SecretBytes.wipe(plain);
        }
    }

    private static HoldfastException refused(String message) {
        return new HoldfastException(Problem.ACCESS_DENIED, message, "Ask again with the passphrase of this server.");
    }
}

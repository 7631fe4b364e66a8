package org.holdfast.client.sealed;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.client.VaultClient;
import org.holdfast.crypto.DomainProof;
import org.holdfast.crypto.SealedBox;
import org.holdfast.protocol.agent.AskAnswer;
import org.holdfast.protocol.agent.AskOrder;
import org.holdfast.protocol.agent.AskRequest;
import org.holdfast.protocol.agent.RestoreOrder;
import org.holdfast.protocol.agent.RestoreRequest;
import org.holdfast.protocol.agent.Signed;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.protocol.people.CompleteRegistration;

/**
 * Requests that only the agent of one server can read: sealed to its intake key, and signed with the key of its domain,
 * so that the vault server in between neither learns names and passphrases nor can make such requests itself.
 */
public final class AgentRequests {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final VaultClient client;
    private final String vaultPath;
    private final ServerSummary server;
    private final OpenVault domain;

    /**
     * @param client of the vault server
     * @param vaultPath path of the vault in the API
     * @param server whose agent is asked
     * @param domain the server's domain, opened with its passphrase
     */
    public AgentRequests(VaultClient client, String vaultPath, ServerSummary server, OpenVault domain) {
        this.client = client;
        this.vaultPath = vaultPath;
        this.server = server;
        this.domain = domain;
    }

    /** Asks for a restore; the job that was made. */
    public JobSummary restore(String point, ServerSummary source, Function<String, RestoreRequest> what) {
        String job = UUID.randomUUID().toString();
        byte[] sealed = seal(RestoreOrder.CONTEXT + job, Json.bytes(what.apply(job)));
        if (sealed.length > RestoreOrder.MAX_BYTES) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "Too many paths were chosen for one restore.",
                    "Choose the folders they are in, or restore them in several parts.");
        }
        @Nullable JobSummary made = client.post(vaultPath + "/jobs", new StartJob(job, server.id(), JobKind.RESTORE,
                List.of(), null, source.id().equals(server.id()) ? null : source.id(), point, sealed),
                JobSummary.class);
        if (made == null) {
            throw new HoldfastException(Problem.INTERNAL, "The vault server did not say which job it made.", "");
        }
        return made;
    }

    /** Asks a question and waits for the answer. */
    public AskAnswer ask(Function<byte[], AskRequest> question) {
        try (SealedBox.Keys reply = SealedBox.newKeys()) {
            byte[] sealed = seal(AskOrder.CONTEXT, Json.bytes(question.apply(reply.publicKey())));
            byte[] answer = client.send(Call.post(vaultPath + "/servers/" + server.id() + "/ask",
                    new Body.Memory(sealed, 0, sealed.length)).once().within(PATIENCE), byte[].class).body();
            AskAnswer opened = Json.read(SealedBox.open(reply, AskOrder.ANSWER_CONTEXT, answer), AskAnswer.class);
            var failure = opened.failure();
            if (failure != null) {
                throw new HoldfastException(Problem.INVALID_REQUEST, failure.message(), failure.advice());
            }
            return opened;
        } catch (IOException e) {
            throw new HoldfastException(Problem.INTERNAL, "The answer of the agent cannot be understood.",
                    "Check the versions of both programs.", e);
        }
    }

    private byte[] seal(String context, byte[] body) {
        return SealedBox.seal(intakeKey(), context, Json.bytes(new Signed(body, domain.prove(context, body))));
    }

    /** The agent's key, checked with the domain's: the vault server could have put one of its own there. */
    private byte[] intakeKey() {
        if (server.intakeKey() == null || server.intakeProof() == null) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "The agent of " + server.name()
                    + " cannot be asked: it has not said how.", "Wait until its registration is complete.");
        }
        byte[] key = Base64.getDecoder().decode(server.intakeKey());
        if (!DomainProof.verify(domain.publicKey(), CompleteRegistration.INTAKE_PURPOSE, key,
                Base64.getDecoder().decode(server.intakeProof()))) {
            throw new HoldfastException(Problem.SIGNATURE_INVALID,
                    "The key that the vault server shows for " + server.name() + " is not the agent's.",
                    "Do not trust this vault server before you know why.");
        }
        return key;
    }
}

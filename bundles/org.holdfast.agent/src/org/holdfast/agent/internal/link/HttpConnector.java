package org.holdfast.agent.internal.link;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.Settings;
import org.holdfast.agent.internal.home.SystemFacts;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.client.ClientSettings;
import org.holdfast.client.Identity;
import org.holdfast.client.ProxySettings;
import org.holdfast.client.RetryPolicy;
import org.holdfast.client.Trust;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.agent.Retirement;
import org.holdfast.protocol.people.CompleteRegistration;
import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;
import org.holdfast.protocol.people.RegistrationAnswer;
import org.holdfast.protocol.people.RenewCertificate;
import org.holdfast.protocol.people.RenewedCertificate;

/** Vaults over HTTPS. */
public final class HttpConnector implements Connector {
    private static final String BASE = "/agent/v1/";
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** How much longer than the poll itself to wait for its answer. */
    private static final int POLL_GRACE_SECONDS = 20;

    private final @Nullable ProxySettings proxy;
    private final Path cache;

    /**
     * @param proxy the way out, or null
     * @param cache folder for objects
     */
    public HttpConnector(@Nullable ProxySettings proxy, Path cache) {
        this.proxy = proxy;
        this.cache = cache;
    }

    /**
     * The proxy of an agent's settings with its password.
     *
     * @throws HoldfastException when the password cannot be read
     */
    public static @Nullable ProxySettings proxy(Settings settings) {
        Settings.Proxy chosen = settings.proxy();
        if (chosen == null) {
            return null;
        }
        String password = null;
        if (chosen.passwordFile() != null) {
            try {
                password = Files.readString(Path.of(chosen.passwordFile())).strip();
            } catch (IOException e) {
                throw new HoldfastException(Problem.ACCESS_DENIED,
                        "The proxy's password cannot be read from '" + chosen.passwordFile() + "'.",
                        "Check the file and its permissions.", e);
            }
        }
        return new ProxySettings(chosen.host(), chosen.port(), chosen.user(), password);
    }

    private ClientSettings settings(List<String> addresses, String ca) {
        return ClientSettings.of(addresses, new Trust.AuthorityAtAnyTime(ca)).through(proxy).within(CONNECT, ANSWER)
                .named("holdfast-agent/" + SystemFacts.VERSION);
    }

    private ClientSettings settings(Target target) {
        return settings(target.addresses(), target.ca()).as(new Identity.Certificate(target.chain(), target.key()));
    }

    @Override
    public EnrolAnswer enrol(List<String> addresses, String ca, EnrolRequest request) {
        try (var client = new VaultClient(settings(addresses, ca))) {
            EnrolAnswer answer = client.post(BASE + "enrol", request, EnrolAnswer.class);
            if (answer == null || answer.serverId() == null || answer.certificates() == null) {
                throw new HoldfastException(Problem.STORE_UNAVAILABLE, "The vault's answer cannot be understood.",
                        "Check the versions of agent and vault.");
            }
            return answer;
        }
    }

    @Override
    public RegistrationLink registration(Target target) {
        ClientSettings settings = settings(target);
        var client = new VaultClient(settings);
        Stores objects = new RemoteStores(settings, cache, UUID.randomUUID().toString());
        return new RegistrationLink() {
            @Override
            public Stores stores() {
                return objects;
            }

            @Override
            public RegistrationAnswer complete(CompleteRegistration registration) {
                return client.send(Call.post(BASE + "registration/complete", registration), RegistrationAnswer.class)
                        .body();
            }

            @Override
            public void abandon() {
                client.send(Call.post(BASE + "registration/abandon", new Body.Nothing()), Void.class);
            }

            @Override
            public void retire(Retirement retirement) {
                client.send(Call.post(BASE + "retirement", retirement), Void.class);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    @Override
    public VaultLink vault(Target target) {
        // The agent has a back-off of its own, which knows what is urgent.
        return new HttpLink(new VaultClient(settings(target).retrying(RetryPolicy.NONE)));
    }

    @Override
    public Stores stores(Target target, String bootId) {
        return new RemoteStores(settings(target).retrying(RetryPolicy.LONG), cache, bootId);
    }

    private record HttpLink(VaultClient client) implements VaultLink {
        @Override
        public PollAnswer poll(PollRequest request) {
            return client.send(Call.post(BASE + "poll", request)
                    .within(Duration.ofSeconds(request.waitSeconds() + POLL_GRACE_SECONDS)), PollAnswer.class).body();
        }

        @Override
        public void start(JobStart job) {
            client.send(Call.post(BASE + "jobs", job).idempotencyKey(job.id()), Void.class);
        }

        @Override
        public JobEventsAnswer report(String jobId, JobEvents events) {
            return client.send(Call.post(BASE + "jobs/" + encode(jobId) + "/events", events), JobEventsAnswer.class)
                    .body();
        }

        @Override
        public void answer(String commandId, byte[] sealed) {
            client.send(Call.post(BASE + "answers/" + encode(commandId), new Body.Memory(sealed, 0, sealed.length)),
                    Void.class);
        }

        @Override
        public String renew(String csr) {
            return client.send(Call.post(BASE + "certificate", new RenewCertificate(csr)), RenewedCertificate.class)
                    .body().certificates();
        }

        @Override
        public void close() {
            client.close();
        }

        private static String encode(String segment) {
            return URLEncoder.encode(segment, StandardCharsets.UTF_8);
        }
    }
}

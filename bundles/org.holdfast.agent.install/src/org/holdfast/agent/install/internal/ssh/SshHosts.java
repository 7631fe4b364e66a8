package org.holdfast.agent.install.internal.ssh;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.auth.password.PasswordIdentityProvider;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostKeyQuestion;
import org.holdfast.agent.install.HostKeys;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.SshAccess;
import org.holdfast.agent.install.internal.StepFailedException;

/** Connects to hosts, one client for all of them. Thread-safe. */
public final class SshHosts implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration SIGN_IN = Duration.ofSeconds(60);
    private static final Duration ALIVE = Duration.ofSeconds(15);
    private static final int SILENT_TIMES = 4;
    private static final AttributeKey<Attempt> ATTEMPT = new AttributeKey<>();

    private final SshAccess access;
    private final HostKeys known;
    private final HostKeyQuestion question;
    private final SshClient client;
    private final Object jumping = new Object();
    private @Nullable ClientSession jump;

    /** A try to connect to a host, and the key it showed when that was not accepted. */
    private static final class Attempt {
        private final HostEntry host;
        private volatile @Nullable PublicKey refused;
        private volatile HostKeys.@Nullable Verdict verdict;
        private volatile @Nullable RuntimeException failure;

        Attempt(HostEntry host) {
            this.host = host;
        }
    }

    /** Opens nothing yet. */
    public SshHosts(SshAccess access, HostKeys known, HostKeyQuestion question) {
        this.access = access;
        this.known = known;
        this.question = question;
        // Nothing of this user's own SSH configuration counts: what is done must not depend on who does it where.
        client = ClientBuilder.builder().hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
                .serverKeyVerifier(this::isKnown).build();
        client.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(access.keys()));
        char[] password = access.password();
        if (password != null) {
            client.setPasswordIdentityProvider(PasswordIdentityProvider.wrapPasswords(new String(password)));
            client.setUserInteraction(new PasswordAnswer(new String(password)));
        } else {
            client.setUserInteraction(UserInteraction.NONE);
        }
        if (access.agent() != null) {
            client.setAgentFactory(AgentSocket.factory(access.agent()));
        }
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, ALIVE);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, SILENT_TIMES);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, SIGN_IN);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        client.start();
    }

    /** Connects and signs in. To be closed by the caller. */
    public SshHost connect(HostEntry host) throws StepFailedException {
        HostEntry by = access.jump();
        if (by == null) {
            return new SshHost(session(host, host.host(), host.port()), null);
        }
        try {
            var forward = jump(by).createLocalPortForwardingTracker(new SshdSocketAddress("127.0.0.1", 0),
                    new SshdSocketAddress(host.host(), host.port()));
            try {
                return new SshHost(session(host, "127.0.0.1", forward.getBoundAddress().getPort()), forward);
            } catch (StepFailedException | RuntimeException e) {
                forward.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StepFailedException(Outcome.UNREACHABLE, "the jump host '" + by.key() + "' does not forward: "
                    + e.getMessage(), "Allow TCP forwarding there.", e);
        }
    }

    private ClientSession jump(HostEntry by) throws StepFailedException {
        synchronized (jumping) {
            ClientSession there = jump;
            if (there != null && there.isOpen()) {
                return there;
            }
            try {
                ClientSession fresh = session(by, by.host(), by.port());
                jump = fresh;
                return fresh;
            } catch (StepFailedException e) {
                throw new StepFailedException(e.outcome(), "jump host '" + by.key() + "': " + e.words(), e.advice(), e);
            }
        }
    }

    /** A session with a host; what it shows and nobody knows is asked for, then it is tried once more. */
    private ClientSession session(HostEntry host, String address, int port) throws StepFailedException {
        var first = new Attempt(host);
        try {
            return open(first, address, port);
        } catch (IOException e) {
            PublicKey shown = first.refused;
            if (shown == null) {
                throw failure(first, e);
            }
            confirm(host, shown, first.verdict);
        }
        var second = new Attempt(host);
        try {
            return open(second, address, port);
        } catch (IOException e) {
            throw failure(second, e);
        }
    }

    private ClientSession open(Attempt attempt, String address, int port) throws IOException, StepFailedException {
        String user = attempt.host.user() == null ? access.user() : attempt.host.user();
        ClientSession session = client.connect(user, address, port,
                AttributeRepository.ofKeyValuePair(ATTEMPT, attempt), null).verify(CONNECT).getClientSession();
        boolean done = false;
        try {
            session.auth().verify(SIGN_IN);
            done = true;
            return session;
        } catch (IOException e) {
            if (attempt.refused == null && session.getServerKey() != null && session.isOpen()
                    || String.valueOf(e.getMessage()).contains("No more authentication methods")) {
                throw new StepFailedException(Outcome.SIGN_IN_REFUSED, "'" + user + "' is not let in: "
                        + e.getMessage(), "Check user, key and password, and what sshd allows there.", e);
            }
            throw e;
        } finally {
            if (!done) {
                session.close(true);
            }
        }
    }

    /** Called while keys are exchanged; must not wait for anybody. */
    private boolean isKnown(ClientSession session, SocketAddress remote, PublicKey key) {
        Attempt attempt = session.getConnectionContext().getAttribute(ATTEMPT);
        try {
            HostKeys.Verdict verdict = known.check(attempt.host, key);
            if (verdict == HostKeys.Verdict.KNOWN) {
                return true;
            }
            attempt.verdict = verdict;
            attempt.refused = key;
        } catch (RuntimeException e) {
            attempt.failure = e;
        }
        return false;
    }

    private void confirm(HostEntry host, PublicKey key, HostKeys.@Nullable Verdict verdict)
            throws StepFailedException {
        String kind = HostKeys.kind(key);
        String shown = HostKeys.fingerprint(key);
        if (verdict == HostKeys.Verdict.CHANGED) {
            throw new StepFailedException(Outcome.HOST_KEY_CHANGED, "the host shows the key " + shown + " (" + kind
                    + "), which is not the one that is known",
                    "Somebody may stand between you and it. If it was"
                            + " installed anew, remove its line from '" + known.file() + "' and compare the new key.");
        }
        String given = host.fingerprint();
        if (given != null && !given.equals(shown)) {
            throw new StepFailedException(Outcome.HOST_KEY_CHANGED, "the host shows the key " + shown + " (" + kind
                    + "), not the one that was given, " + given,
                    "Check that it is the right host, and compare with"
                            + " 'ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub' there.");
        }
        if (given == null && !question.accept(host, kind, shown)) {
            throw new StepFailedException(Outcome.HOST_KEY_UNKNOWN, "the host shows the key " + shown + " (" + kind
                    + "), which nobody has confirmed",
                    "Compare it with 'ssh-keygen -l' there and confirm it, give it in"
                            + " the column fingerprint, or trust keys at first sight.");
        }
        known.remember(host, key);
    }

    private StepFailedException failure(Attempt attempt, IOException e) {
        RuntimeException own = attempt.failure;
        if (own != null) {
            return new StepFailedException(Outcome.INTERNAL, String.valueOf(own.getMessage()), "", own);
        }
        HostEntry host = attempt.host;
        for (Throwable t = e; t != null; t = t.getCause()) {
            String words = switch (t) {
                case UnresolvedAddressException u -> "its name cannot be resolved";
                case UnknownHostException u -> "its name cannot be resolved";
                case ConnectException c -> "nothing listens at port " + host.port();
                case NoRouteToHostException n -> "there is no route to it";
                case TimeoutException o -> "it does not answer";
                default -> null;
            };
            if (words != null) {
                return new StepFailedException(Outcome.UNREACHABLE, words, "Check that it is on, its name and port, and"
                        + " what a firewall lets through.", e);
            }
        }
        return new StepFailedException(Outcome.UNREACHABLE, "no connection: " + e.getMessage(),
                access.jump() == null ? "Check what answers at port " + host.port() + "."
                        : "Check that the jump host reaches it.",
                e);
    }

    @Override
    public void close() {
        client.stop();
    }

    /** Gives the password to those that ask for it as a question instead of as a password. */
    private record PasswordAnswer(String password) implements UserInteraction {
        @Override
        public String[] interactive(ClientSession session, String name, String instruction, String lang,
                String[] prompt, boolean[] echo) {
            return prompt.length == 1 && !echo[0] ? new String[] { password } : new String[prompt.length];
        }

        @Override
        public @Nullable String getUpdatedPassword(ClientSession session, String prompt, String lang) {
            return null;
        }

        @Override
        public boolean isInteractionAllowed(ClientSession session) {
            return true;
        }

        @Override
        public String toString() {
            return List.of().toString();
        }
    }
}

package org.holdfast.agent.install.internal.steps;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.AgentPackage;
import org.holdfast.agent.install.CheckRun.Request;
import org.holdfast.agent.install.HostCheck;
import org.holdfast.agent.install.HostCheck.Finding;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostKeys;
import org.holdfast.agent.install.InstallPlan.Options;
import org.holdfast.agent.install.InstallPlan.Places;
import org.holdfast.agent.install.InstallPlan.Proxy;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.internal.StepFailedException;
import org.holdfast.agent.install.internal.ssh.RootShell;
import org.holdfast.agent.install.internal.ssh.RootShell.Answer;
import org.holdfast.agent.install.internal.ssh.SshHost;
import org.holdfast.agent.install.internal.ssh.SshHosts;

/** Looks at a host and changes nothing. Unlike the installation it goes on after what it finds, to tell all of it. */
public final class HostLook {
    private static final Duration CHECK = Duration.ofMinutes(3);

    private final HostEntry host;
    private final Request request;
    private final Clock clock;
    private final List<Finding> all = new ArrayList<>();

    /** Does nothing yet. */
    public HostLook(HostEntry host, Request request, Clock clock) {
        this.host = host;
        this.request = request;
        this.clock = clock;
    }

    /** A fact that may stop the installation, or gives something to say. */
    @FunctionalInterface
    private interface Fact {
        @Nullable
        String ask() throws StepFailedException;
    }

    /** Looks. */
    public HostCheck run(SshHosts hosts) {
        HostCheck seen = HostCheck.waiting(host);
        try (SshHost ssh = hosts.connect(host)) {
            seen = seen.showing(HostKeys.kind(ssh.key()), HostKeys.fingerprint(ssh.key()));
            RootShell shell = RootShell.become(ssh, request.access(), line -> {
            });
            var found = new Findings(look(shell, host, request.options(), request.vault().addresses(), line -> {
            }), clock);
            judge(found);
            return seen.found(found.words(), found.version(), all);
        } catch (StepFailedException e) {
            add(e);
            return seen.found("", null, all);
        }
    }

    private void judge(Findings found) {
        @Nullable AgentPackage[] chosen = { null };
        ask(() -> {
            chosen[0] = found.choose(request.packages());
            return null;
        });
        Registered there = found.registration();
        boolean ours = there != null && there.vaultId().equals(request.vault().id());
        if (there != null && !ours) {
            add(HostWork.otherVault(there));
        }
        AgentPackage one = chosen[0];
        String version = found.version();
        boolean older = one != null && version != null && one.isNewerThan(version);
        if (ours && one != null && older && !request.options().upgrade()) {
            add(HostWork.olderAgent(String.valueOf(version), one));
        } else if (ours) {
            all.add(new Finding(Outcome.ALREADY_REGISTERED, false, "it is registered there already", ""));
        }
        ask(() -> {
            found.requireTools();
            return null;
        });
        if (one != null && (version == null || older)) {
            ask(() -> {
                found.requireRoom(one);
                return null;
            });
        }
        ask(found::clock);
        if (there == null) {
            ask(found::way);
        }
        if (!found.hasSystemd()) {
            all.add(new Finding(Outcome.DONE_WITH_WARNINGS, false, "there is no systemd: the agent will be started, but"
                    + " nothing starts it again after a restart of the host", ""));
        }
    }

    private void ask(Fact fact) {
        try {
            String said = fact.ask();
            if (said != null) {
                all.add(new Finding(Outcome.DONE_WITH_WARNINGS, false, said, ""));
            }
        } catch (StepFailedException e) {
            add(e);
        }
    }

    private void add(StepFailedException e) {
        all.add(new Finding(e.outcome(), true, e.words(), e.advice()));
    }

    /** Asks a host about itself. */
    static Answer look(RootShell shell, HostEntry host, Options options, List<String> addresses, Consumer<String> log)
            throws StepFailedException {
        Proxy proxy = Secrets.proxy(host, options);
        Places places = options.places();
        Answer answer = shell.run(Scripts.CHECK, Map.of("install", places.install(), "home", places.home(), "staging",
                places.staging(), "addresses", String.join(" ", addresses.stream().map(HostLook::bare).toList())),
                out -> Secrets.curl(proxy, out), log, CHECK);
        if (answer.fact("os") == null) {
            throw new StepFailedException(Outcome.CONNECTION_LOST, "nothing could be found out: " + answer.words(),
                    "Check that the user has an ordinary shell there.");
        }
        return answer;
    }

    private static String bare(String address) {
        return address.replaceFirst("^https://", "").replaceFirst("/.*$", "");
    }
}

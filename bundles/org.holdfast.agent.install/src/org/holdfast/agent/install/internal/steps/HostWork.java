package org.holdfast.agent.install.internal.steps;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.AgentPackage;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.InstallPlan.Options;
import org.holdfast.agent.install.InstallPlan.Places;
import org.holdfast.agent.install.InstallPlan.Proxy;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.Step;
import org.holdfast.agent.install.internal.StepFailedException;
import org.holdfast.agent.install.internal.ssh.RootShell;
import org.holdfast.agent.install.internal.ssh.RootShell.Answer;
import org.holdfast.agent.install.internal.ssh.SshHost;
import org.holdfast.api.HoldfastException;

/**
 * Brings the agent to one host. Every step looks first at what is there, so that the whole may be done again after
 * anything: what was done is found and not done twice.
 */
public final class HostWork {
    private static final Duration INSTALL = Duration.ofMinutes(15);
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final int NOT_HEALTHY = 4;
    private static final int PREREQUISITE = 6;

    private final HostEntry host;
    private final Shared shared;
    private final Track track;

    /** Does nothing yet. */
    public HostWork(HostEntry host, Shared shared, Track track) {
        this.host = host;
        this.shared = shared;
        this.track = track;
    }

    /** Does it; returns how it ended when it ended well. */
    public Outcome run() throws StepFailedException {
        track.step(Step.CONNECT);
        try (SshHost ssh = shared.ssh().connect(host)) {
            RootShell shell = RootShell.become(ssh, shared.plan().access(), track::log);
            goOn(Step.CHECK);
            Answer answer = HostLook.look(shell, host, shared.plan().options(), shared.credentials().addresses(),
                    track::log);
            return decide(shell, new Findings(answer, shared.clock()));
        }
    }

    private Outcome decide(RootShell shell, Findings found) throws StepFailedException {
        track.log(found.words());
        AgentPackage chosen = found.choose(shared.plan().packages());
        String version = found.version();
        if (version != null) {
            track.version(version);
        }
        Registered there = found.registration();
        if (there != null && !there.vaultId().equals(shared.credentials().vaultId())) {
            throw otherVault(there);
        }
        boolean older = version != null && chosen.isNewerThan(version);
        if (there != null && older && !shared.plan().options().upgrade()
                && !track.isOurs(there.serverId())) {
            throw olderAgent(version, chosen);
        }
        boolean install = version == null || older;
        found.requireTools();
        if (install) {
            found.requireRoom(chosen);
        }
        warn(found.clock());
        if (there == null) {
            warn(found.way());
        }
        if (install) {
            bring(shell, chosen);
            install(shell, chosen, there != null);
        }
        boolean ours = there == null || track.isOurs(there.serverId());
        String id = there == null ? register(shell) : there.serverId();
        if (there != null && ours) {
            keptForSure();
        }
        if (!found.hasSystemd() && (install || there == null || ours)) {
            shell.run(Scripts.START, places(Map.of()), SshHost.Feed.NONE, track::log, SHORT);
            warn("there is no systemd: the agent was started, but nothing starts it again after a restart of the host");
        }
        contact(shell, id);
        assign(id);
        return ours || install ? Outcome.DONE : Outcome.ALREADY_REGISTERED;
    }

    static StepFailedException otherVault(Registered there) {
        return new StepFailedException(Outcome.OTHER_VAULT, "its agent belongs to the vault '" + there.vault() + "' as "
                + there.serverId(), "Take it out of there first, with 'holdfast-agent unregister'.");
    }

    static StepFailedException olderAgent(String version, AgentPackage chosen) {
        return new StepFailedException(Outcome.OLDER_AGENT, "it is registered already, with the agent " + version
                + " that is older than " + chosen.version(), "Say that older agents are to be upgraded.");
    }

    private void warn(@Nullable String sentence) {
        if (sentence != null) {
            track.log(sentence);
            track.warn(sentence);
        }
    }

    /** A step begins, unless somebody wants it to end. */
    private void goOn(Step step) throws StepFailedException {
        if (shared.stopped().getAsBoolean()) {
            throw new StepFailedException(Outcome.STOPPED, "stopped before " + step.name().toLowerCase(
                    java.util.Locale.ROOT), "Resume it; it goes on where it was.");
        }
        track.step(step);
    }

    private void bring(RootShell shell, AgentPackage chosen) throws StepFailedException {
        goOn(Step.UPLOAD);
        var upload = new Upload(chosen, shared.stopped(), track);
        upload.run(shell, places(upload.values()));
    }

    private void install(RootShell shell, AgentPackage chosen, boolean registered) throws StepFailedException {
        goOn(Step.INSTALL);
        // A registered agent is upgraded as a whole, with the way back of its installer; a new one is registered first.
        Answer answer = shell.run(Scripts.INSTALL, places(Map.of("name", chosen.name(), "extra",
                registered ? "" : "--no-register --no-service")), SshHost.Feed.NONE, track::log, INSTALL);
        if (answer.code() == NOT_HEALTHY) {
            throw new StepFailedException(Outcome.INSTALLATION_FAILED, "the new version was not healthy and the one"
                    + " before runs again: " + answer.words(), "Look at the agent's log there.");
        }
        if (answer.code() != 0) {
            throw new StepFailedException(answer.code() == PREREQUISITE ? Outcome.NO_ROOM
                    : Outcome.INSTALLATION_FAILED,
                    "the installer gave up with " + answer.code() + ": "
                            + answer.words(),
                    "See what it says; nothing was changed.");
        }
        track.version(chosen.version());
    }

    private String register(RootShell shell) throws StepFailedException {
        goOn(Step.REGISTER);
        var secrets = new Secrets(shared, host);
        Proxy proxy = secrets.proxy();
        String key = shared.plan().options().keyLocation();
        String cache = shared.plan().options().places().cache();
        Map<String, String> values = places(Map.of("key", key == null ? "" : key, "cache", cache == null ? "" : cache,
                "proxy", proxy == null ? "" : proxy.address(),
                "user", proxy == null || proxy.user() == null ? "" : proxy.user()));
        Answer answer;
        try (var prepared = secrets.prepare()) {
            answer = shell.run(Scripts.REGISTER, values, prepared::write, track::log, INSTALL);
        }
        Registered now = Registered.of(answer.fact("registration"));
        if (answer.code() != 0 || now == null) {
            throw new StepFailedException(Outcome.REGISTRATION_FAILED, "installed, but not registered: "
                    + answer.words(), "See what the agent says; then try again.");
        }
        track.registered(now.serverId());
        try {
            shared.keeper().registered(host, now.serverId());
        } catch (java.io.IOException e) {
            warn("its id could not be noted beside its passphrase: " + e.getMessage());
        }
        return now.serverId();
    }

    /** A host that an earlier run has registered: its passphrase must still be where that run has put it. */
    private void keptForSure() {
        try {
            if (!shared.keeper().isKept(host)) {
                warn("its passphrase is not where those of this run are kept; it is on the host alone");
            }
        } catch (java.io.IOException e) {
            warn("it could not be looked up whether its passphrase is kept: " + e.getMessage());
        }
    }

    private void contact(RootShell shell, String id) throws StepFailedException {
        goOn(Step.CONTACT);
        new Contact(shared, places(Map.of())).await(shell, id);
    }

    private void assign(String id) throws StepFailedException {
        Options options = shared.plan().options();
        String policy = host.policy() == null ? options.policy() : host.policy();
        List<String> folders = host.folders().isEmpty() ? options.folders() : host.folders();
        var tags = new LinkedHashSet<>(options.tags());
        tags.addAll(host.tags());
        var vault = shared.vault();
        if (vault == null || policy == null && folders.isEmpty() && tags.isEmpty()) {
            return;
        }
        goOn(Step.ASSIGN);
        try {
            vault.assign(id, policy, List.copyOf(tags), folders);
        } catch (HoldfastException e) {
            throw new StepFailedException(Outcome.ASSIGNMENT_FAILED, "registered, but not told what to do: "
                    + e.getMessage(), e.advice(), e);
        }
    }

    private Map<String, String> places(Map<String, String> more) {
        Places places = shared.plan().options().places();
        var all = new LinkedHashMap<String, String>();
        all.put("install", places.install());
        all.put("home", places.home());
        all.put("staging", places.staging());
        all.putAll(more);
        return all;
    }
}

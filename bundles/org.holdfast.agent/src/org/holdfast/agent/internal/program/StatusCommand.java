package org.holdfast.agent.internal.program;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.control.AgentStatus;
import org.holdfast.agent.internal.control.ControlClient;
import org.holdfast.agent.internal.control.ControlRequest;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.home.SystemFacts;
import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobJournal;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

import picocli.CommandLine.Command;

/** Tells how the agent is. */
@Command(name = "status", description = "Tells how the agent is. Exit code 1 when it is not registered, not running or"
        + " not connected.")
final class StatusCommand extends AgentCommand {
    private static final int SHOWN = 5;

    @Override
    public Integer call() throws Exception {
        AgentHome home = home();
        AgentStatus status = running(home);
        if (status == null) {
            status = asleep(home);
        }
        if (json()) {
            json(status);
        } else {
            print(status);
        }
        return status.running() && status.connected() ? Program.DONE : Program.FAILED;
    }

    private static @Nullable AgentStatus running(AgentHome home) {
        try {
            return new ControlClient(home).ask(ControlRequest.status()).status();
        } catch (HoldfastException e) {
            if (e.problem() == Problem.STORE_UNAVAILABLE) {
                return null;
            }
            throw e;
        }
    }

    /** What the folder says of an agent that does not run. */
    private static AgentStatus asleep(AgentHome home) throws IOException {
        Registration r = home.registration().orElse(null);
        List<JobEntry> jobs = new ArrayList<>(new JobJournal(home).all());
        Collections.reverse(jobs);
        return new AgentStatus(SystemFacts.VERSION, r != null && r.isComplete(), false, r == null ? null : r.vault(),
                r == null ? null : r.serverId(), r == null ? List.of() : r.addresses(),
                r == null ? null : r.keyHolder(), false, null, null, null, 0, List.of(), null, null, null, 0,
                jobs.subList(0, Math.min(SHOWN, jobs.size())));
    }

    private void print(AgentStatus s) {
        if (!s.registered()) {
            out().println("Not registered. The agent is " + (s.running() ? "running." : "not running."));
            return;
        }
        line("vault", s.vault() + " at " + String.join(", ", s.addresses()));
        line("server", s.serverId());
        line("agent", (s.running() ? "running" : "not running") + ", version " + s.version());
        if (s.running()) {
            line("contact", s.connected() ? "connected" : "none: " + s.problem());
            line("policy", s.policy() == null ? "none" : s.policy() + ", version " + s.policyVersion());
            line("protects", s.items().isEmpty() ? "nothing" : String.join(", ", s.items()));
            line("next", s.nextBackup() == null ? "no backup is scheduled" : s.nextBackup().toString());
            if (s.drift() != null) {
                line("drift", s.drift());
            }
            line("certificate", "valid until " + s.certificateExpires());
            if (Math.abs(s.clockSkewMillis()) >= 60_000) {
                line("clock", "off by " + s.clockSkewMillis() / 1000 + " seconds; the vault's counts");
            }
        }
        line("passphrase", s.keyHolder());
        s.jobs().stream().limit(SHOWN).forEach(j -> line("job", j.id() + " "
                + j.spec().kind().name().toLowerCase(Locale.ROOT) + " "
                + j.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
                + (j.ended() == null ? "" : j.ended().toString())));
    }

    private void line(String name, @Nullable String value) {
        out().println(String.format("%-12s %s", name, value));
    }
}

package org.holdfast.console.client.recover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.client.VaultClient;
import org.holdfast.client.sealed.AgentRequests;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.protocol.agent.AskRequest;
import org.holdfast.protocol.agent.DryRunState;
import org.holdfast.protocol.agent.RestoreRequest;
import org.holdfast.protocol.agent.WarningDetail;
import org.holdfast.protocol.data.CreateGrant;
import org.holdfast.protocol.data.GrantInfo;

/** Asks an agent what a restore would do, until it knows. */
final class AgentDryRun {
    private static final Duration GRANTED = Duration.ofHours(1);

    private final AgentRequests requests;
    private final FleetSession session;

    AgentDryRun(AgentRequests requests, FleetSession session) {
        this.requests = requests;
        this.session = session;
    }

    /** Lets the target read the points of the other server for a while, as the restore does; it may already. */
    static void grant(VaultClient client, String vaultPath, ServerSummary source, ServerPlace target) {
        if (target.session().may("grant.manage")) {
            client.post(vaultPath + "/grants", new CreateGrant(null, source.id(), target.server().id(),
                    target.session().now().plus(GRANTED)), GrantInfo.class);
        }
    }

    /** Asks until the answer is complete; blocks. */
    DryRunState ask(RestoreRequest wanted, CancelToken cancel) {
        while (true) {
            cancel.check();
            DryRunState state = requests.ask(reply -> AskRequest.dryRun(wanted, session.now(), reply)).dryRun();
            if (state == null) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "The agent cannot try restores.",
                        "Update the agent.");
            }
            if (state.done()) {
                return state;
            }
        }
    }

    /** The sum of all points. */
    static RestoreReport report(List<DryRunState> parts, @Nullable Failure failure, Duration elapsed) {
        long[] sums = new long[7];
        long free = -1;
        var warnings = new ArrayList<Warning>();
        for (DryRunState part : parts) {
            long[] values = { part.files(), part.directories(), part.bytes(), part.unchanged(), part.skipped(),
                    part.copies(), part.replaced() };
            for (int i = 0; i < sums.length; i++) {
                sums[i] += values[i];
            }
            free = part.freeBytes() < 0 ? free : free < 0 ? part.freeBytes() : Math.min(free, part.freeBytes());
            part.warnings().forEach(each -> warnings.add(warning(each)));
        }
        return new RestoreReport(true, sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6],
                List.copyOf(warnings), failure, elapsed, free);
    }

    private static Warning warning(WarningDetail told) {
        Problem problem;
        try {
            problem = Problem.valueOf(told.code().toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            // Of an agent that knows more problems than this console.
            problem = Problem.FILE_NOT_RESTORED;
        }
        return new Warning(RawPath.of(told.path()), problem, told.reason());
    }
}

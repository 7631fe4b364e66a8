package org.holdfast.cli.internal.fleet;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.client.Call;
import org.holdfast.protocol.people.ApprovalView;
import org.holdfast.protocol.people.DecideApproval;

/** What waits for a second person. */
public final class ApprovalCommands {
    private static final CliOperand REQUEST = CliOperand.one("REQUEST", "Request: its id, or the beginning of it");
    private static final String REMARK = "--remark";

    private ApprovalCommands() {
    }

    /** {@code approval list}. */
    public static Command list() {
        return RemoteCommand.of("approval list", "List what waits for the approval of a second person", List.of(
                CliOption.flag("--all", "Also what is over")), List.of(), (call, remote) -> {
                    var requests = all(remote).stream()
                            .filter(a -> call.flag("--all") || a.state().equals("pending")
                                    || a.state().equals("approved"))
                            .toList();
                    Output.list(call, requests, "Nothing waits for approval.",
                            new String[] { "ID", "STATE", "WHO", "WANTS TO", "SINCE", "UNTIL", "DECIDED BY", "REMARK" },
                            a -> new String[] { Output.id(a.id()), a.state(), a.requestedBy(), a.what(),
                                    Output.time(call, a.requested()), Output.time(call, a.expires()),
                                    Output.text(a.decidedBy()), Output.text(a.remark()) });
                    return RemoteCommand.DONE;
                });
    }

    private static List<ApprovalView> all(Remote remote) {
        return remote.all(Call.get(Remote.path("approvals")), ApprovalView.class);
    }

    /** {@code approval approve} and {@code approval deny}. */
    public static Command decide(String how, String summary) {
        return RemoteCommand.of("approval " + how, summary,
                List.of(CliOption.value(REMARK, "TEXT", "What others should know")), List.of(REQUEST),
                (call, remote) -> {
                    String remark = call.value(REMARK);
                    var request = tell(remote, call.operand("REQUEST"), how,
                            new DecideApproval(remark == null ? "" : remark));
                    Output.done(call, request, (how.equals("deny") ? "Denied: " : "Approved: ") + request.what()
                            + (how.equals("deny") ? "." : ". " + request.requestedBy() + " can do it within a day."));
                    return RemoteCommand.DONE;
                });
    }

    /** {@code approval withdraw}. */
    public static Command withdraw() {
        return RemoteCommand.of("approval withdraw", "Take your own request for approval back", List.of(),
                List.of(REQUEST), (call, remote) -> {
                    var request = tell(remote, call.operand("REQUEST"), "withdraw", null);
                    Output.done(call, request, "Withdrawn: " + request.what() + ".");
                    return RemoteCommand.DONE;
                });
    }

    private static ApprovalView tell(Remote remote, String text, String how, @Nullable Object body) {
        var request = Remote.pick("approval", text, all(remote), ApprovalView::id, a -> "");
        return remote.client().post(Remote.path("approvals", request.id(), how), body, ApprovalView.class);
    }
}

package org.holdfast.console.policies.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.widgets.Control;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.PolicyCheck;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.console.client.Failure;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.fleet.PolicyPreview;
import org.holdfast.protocol.fleet.PreviewPolicy;

/**
 * Asks the vault server what a policy would do, shortly after it was changed last: the server has the one and only
 * implementation of schedules and retention. On the user interface thread.
 */
final class PreviewFeed {
    /** How many next runs are asked for. */
    static final int RUNS = 10;
    /** For how many days points are simulated. */
    static final int DAYS = 366;

    private static final int WAIT_MILLIS = 300;

    /**
     * What is known of a policy.
     *
     * @param plan when it runs, or null
     * @param preview what it would do, null while that is not known
     * @param failure why it is not known, or null
     */
    record Result(@Nullable RunPlan plan, @Nullable PolicyPreview preview, @Nullable Failure failure) {
    }

    private final Control owner;
    private final Function<PreviewPolicy, @Nullable CompletableFuture<PolicyPreview>> ask;
    private final List<Consumer<Result>> listeners;
    private @Nullable Policy asked;
    private int changes;

    /**
     * @param owner nothing is told after it is disposed
     * @param ask asks the vault server, or gives null when there is none to ask
     */
    PreviewFeed(Control owner, Function<PreviewPolicy, @Nullable CompletableFuture<PolicyPreview>> ask,
            List<Consumer<Result>> listeners) {
        this.owner = owner;
        this.ask = ask;
        this.listeners = List.copyOf(listeners);
    }

    /** The policy is like this now. */
    void changed(Policy policy) {
        Policy question = Policy.standard("preview").withPlan(policy.plan());
        question = new Policy(question.name(), 0, "", List.of(), question.exclusions(), question.plan(),
                policy.retention(), question.bandwidth(), null, null, 0, question.changeDetection(), false, 0,
                question.drills());
        if (question.equals(asked)) {
            return;
        }
        int mine = ++changes;
        RunPlan plan = question.plan();
        if (!PolicyCheck.check(question).isEmpty()) {
            // What is wrong is told where it was typed.
            asked = null;
            tell(new Result(plan, null, null));
        } else {
            Policy next = question;
            asked = next;
            Ui.after(WAIT_MILLIS, owner, () -> {
                if (mine == changes) {
                    ask(next, mine);
                }
            });
        }
    }

    /** Asks again: another vault server, or one that is back. */
    void again() {
        Policy policy = asked;
        asked = null;
        if (policy != null) {
            changed(policy);
        }
    }

    private void ask(Policy policy, int mine) {
        var answer = ask.apply(new PreviewPolicy(policy, null, RUNS, DAYS));
        if (answer == null) {
            asked = null;
            tell(new Result(policy.plan(), null, null));
            return;
        }
        answer.whenCompleteAsync((preview, thrown) -> {
            if (mine != changes || owner.isDisposed()) {
                return;
            }
            if (thrown != null) {
                asked = null;
            }
            tell(new Result(policy.plan(), preview, thrown == null ? null : Failure.of(thrown)));
        }, Ui.executor(owner.getDisplay()));
    }

    private void tell(Result result) {
        listeners.forEach(l -> l.accept(result));
    }
}

package org.holdfast.cli.internal.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.azure.AzureManagement;
import org.holdfast.api.azure.AzureSubscription;
import org.holdfast.api.azure.RecoveryVault;
import org.holdfast.api.azure.RecoveryVaultId;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.azure.resources.AzureResources;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;

/** A command that asks Azure something, as whoever the environment says. */
final class AzureCommand extends Command {
    private static final CliOption SUBSCRIPTION = CliOption.value("--subscription", "SUBSCRIPTION",
            "Name or id of the subscription (default: AZURE_SUBSCRIPTION_ID, or the only one there is)");

    private final List<String> examples = new ArrayList<>();
    private final List<String> description = new ArrayList<>();
    private final Work work;

    /** What the command does. */
    @FunctionalInterface
    interface Work {
        /** See {@link Command#run}. */
        int run(Invocation call, AzureManagement azure) throws Exception;
    }

    private AzureCommand(String name, String summary, List<CliOption> options, List<CliOperand> operands, Work work) {
        super(name, summary, options, operands);
        this.work = work;
    }

    /** A command about all of Azure. */
    static AzureCommand of(String name, String summary, List<CliOption> options, List<CliOperand> operands,
            Work work) {
        return new AzureCommand(name, summary, options, operands, work);
    }

    /** A command about something in a subscription. */
    static AzureCommand in(String name, String summary, List<CliOption> options, List<CliOperand> operands,
            Work work) {
        var all = new ArrayList<>(options);
        all.add(SUBSCRIPTION);
        return new AzureCommand(name, summary, List.copyOf(all), operands, work);
    }

    AzureCommand saying(String paragraph) {
        description.add(paragraph);
        return this;
    }

    AzureCommand example(String line) {
        examples.add(line);
        return this;
    }

    @Override
    public List<String> description() {
        return List.copyOf(description);
    }

    @Override
    public List<String> examples() {
        return List.copyOf(examples);
    }

    @Override
    public boolean opensVault() {
        return false;
    }

    @Override
    protected int run(Invocation call) throws Exception {
        int code = work.run(call, new AzureResources(call.clock(), call.environment().variables()));
        return call.outputGone() ? FAILED : code;
    }

    /** The id of the subscription that is meant. */
    static String subscription(Invocation call, AzureManagement azure) {
        String given = call.value("--subscription");
        if (given == null) {
            given = call.environment().variables().getOrDefault("AZURE_SUBSCRIPTION_ID", "");
        }
        if (given.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            return given.toLowerCase(Locale.ROOT);
        }
        String name = given;
        List<AzureSubscription> all = azure.subscriptions();
        List<AzureSubscription> meant = name.isEmpty() ? all
                : all.stream().filter(s -> s.name().equalsIgnoreCase(name)).toList();
        if (meant.size() == 1) {
            return meant.getFirst().id();
        }
        throw new HoldfastException(Problem.INVALID_REQUEST, meant.isEmpty()
                ? name.isEmpty() ? azure.identity() + " sees no subscription."
                        : "No subscription is called '" + name
                                + "'."
                : "There are several subscriptions: " + String.join(", ", meant.stream()
                        .map(s -> s.name() + " (" + s.id() + ")").toList()) + ".",
                meant.isEmpty()
                        ? "Have a role given to it, 'Reader' at least; 'holdfast azure subscriptions' lists them."
                        : "Say which one with --subscription.");
    }

    /** The vault that {@code NAME} or {@code GROUP/NAME} means. */
    static RecoveryVaultId vault(Invocation call, AzureManagement azure) {
        String given = String.valueOf(call.operand("VAULT"));
        String subscription = subscription(call, azure);
        int slash = given.indexOf('/');
        if (slash > 0) {
            return new RecoveryVaultId(subscription, given.substring(0, slash), given.substring(slash + 1));
        }
        List<RecoveryVault> found = azure.recoveryVaults(subscription).stream()
                .filter(v -> v.id().name().equalsIgnoreCase(given)).toList();
        if (found.size() == 1) {
            return found.getFirst().id();
        }
        throw new HoldfastException(Problem.INVALID_REQUEST, found.isEmpty()
                ? "No Recovery Services vault is called '" + given + "'."
                : "Several resource groups have a Recovery Services vault '" + given + "'.",
                found.isEmpty() ? "List them with 'holdfast azure recovery-vaults list'."
                        : "Name it as GROUP/VAULT.");
    }
}

package org.holdfast.cli.internal.commands;

import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;

/** {@code recovery-key remove}: makes a recovery key invalid. */
public final class RecoveryKeyRemoveCommand extends Command {
    /** The command. */
    public RecoveryKeyRemoveCommand() {
        super("recovery-key remove", "Remove a key slot, so that its key no longer opens the vault", List.of(),
                List.of(VAULT,
                        CliOperand.one("SLOT", "Id of the slot, or the beginning of it; see 'recovery-key list'")));
    }

    @Override
    protected int run(Invocation call) {
        var given = call.operand("SLOT");
        try (var vault = call.open(call.operand("VAULT"))) {
            var slots = vault.keySlots().stream().filter(slot -> slot.id().startsWith(given)).toList();
            if (slots.size() != 1) {
                throw new HoldfastException(Problem.INVALID_REQUEST, slots.isEmpty()
                        ? "No key slot begins with '" + given + "'."
                        : "More than one key slot begins with '" + given + "'.",
                        "See 'holdfast recovery-key list'.");
            }
            vault.removeKeySlot(slots.getFirst().id());
            if (call.json()) {
                call.jsonOut().object().text("removed", slots.getFirst().id()).endObject().line();
            } else if (!call.quiet()) {
                call.out().println("Removed key slot " + slots.getFirst().id() + " (" + slots.getFirst().kind() + ").");
            }
        }
        return DONE;
    }
}

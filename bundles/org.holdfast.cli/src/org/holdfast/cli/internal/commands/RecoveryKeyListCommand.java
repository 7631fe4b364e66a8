package org.holdfast.cli.internal.commands;

import java.util.List;

import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Shapes;

/** {@code recovery-key list}: the ways to open a vault. */
public final class RecoveryKeyListCommand extends Command {
    /** The command. */
    public RecoveryKeyListCommand() {
        super("recovery-key list", "List the key slots of a vault: its passphrase and recovery keys", List.of(),
                List.of(VAULT));
    }

    @Override
    protected int run(Invocation call) {
        try (var vault = call.open(call.operand("VAULT"))) {
            var slots = vault.keySlots();
            if (call.json()) {
                var json = call.jsonOut().array();
                for (var slot : slots) {
                    Shapes.slot(json.object(), slot).endObject();
                }
                json.endArray().line();
            } else {
                KeySlots.print(call, slots);
            }
        }
        return DONE;
    }
}

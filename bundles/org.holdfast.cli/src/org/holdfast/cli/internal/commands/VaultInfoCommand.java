package org.holdfast.cli.internal.commands;

import java.util.List;

import org.holdfast.api.vault.KeySlotInfo;
import org.holdfast.api.vault.VaultInfo;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Shapes;
import org.holdfast.cli.internal.output.Units;

/** {@code vault info}: what can be told about a vault. */
public final class VaultInfoCommand extends Command {
    /** The command. */
    public VaultInfoCommand() {
        super("vault info", "Tell about a vault; with a passphrase also its key slots", List.of(), List.of(VAULT));
    }

    @Override
    protected int run(Invocation call) {
        var given = call.operand("VAULT");
        var info = call.vaults().inspect(call.location(given));
        List<KeySlotInfo> slots = List.of();
        if (call.hasSecret()) {
            try (var vault = call.open(given)) {
                slots = vault.keySlots();
            }
        }
        if (call.json()) {
            var json = Shapes.vault(call.jsonOut().object(), info);
            if (call.hasSecret()) {
                json.array("keySlots");
                for (var slot : slots) {
                    Shapes.slot(json.object(), slot).endObject();
                }
                json.endArray();
            }
            json.endObject().line();
        } else {
            print(call, info, slots);
        }
        return DONE;
    }

    private static void print(Invocation call, VaultInfo info, List<KeySlotInfo> slots) {
        call.out().println("Vault " + info.location());
        new Facts().add("id", info.id()).add("created", Units.time(info.created(), call.zone()))
                .add("format", Integer.toString(info.formatVersion()))
                .addIf(!info.features().isEmpty(), "features", String.join(", ", info.features()))
                .add("points", Units.count(info.points())).add("size", Units.size(info.storedBytes()))
                .print(call.out());
        if (!slots.isEmpty()) {
            call.out().println();
            KeySlots.print(call, slots);
        }
    }
}

package org.holdfast.cli.internal.commands;

import java.util.List;

import org.holdfast.api.vault.KeySlotInfo;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Table;
import org.holdfast.cli.internal.output.Units;

/** The table of key slots. */
final class KeySlots {
    private KeySlots() {
    }

    static void print(Invocation call, List<KeySlotInfo> slots) {
        var table = new Table("KEY SLOT", "KIND", "CREATED", "LABEL");
        for (var slot : slots) {
            table.row(slot.id(), slot.kind() + (slot.current() ? " (in use)" : ""),
                    Units.time(slot.created(), call.zone()), slot.label());
        }
        table.print(call.out());
    }
}

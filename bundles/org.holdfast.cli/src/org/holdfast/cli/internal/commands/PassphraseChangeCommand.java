package org.holdfast.cli.internal.commands;

import java.util.Arrays;
import java.util.List;

import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;

/** {@code passphrase change}: replaces a vault's passphrase. */
public final class PassphraseChangeCommand extends Command {
    /** The command. */
    public PassphraseChangeCommand() {
        super("passphrase change", "Replace the passphrase of a vault", List.of(
                CliOption.value("--new-passphrase-file", "FILE", "File whose only line is the new passphrase"),
                CliOption.value("--new-passphrase-env", "NAME", "Environment variable that holds the new passphrase"),
                CliOption.value("--new-passphrase-fd", "N", "Descriptor to read the new passphrase from")),
                List.of(VAULT));
    }

    @Override
    public List<String> description() {
        return List.of(
                "Data is not rewritten, so this takes a moment only. Recovery keys stay valid. The old passphrase no"
                        + " longer opens this vault, but it opens copies of the vault that were made before.");
    }

    @Override
    protected int run(Invocation call) {
        try (var vault = call.open(call.operand("VAULT"))) {
            var passphrase = call.newPassphrase();
            try {
                vault.changePassphrase(passphrase);
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        }
        if (call.json()) {
            call.jsonOut().object().flag("changed", true).endObject().line();
        } else if (!call.quiet()) {
            call.out().println("The passphrase has been changed.");
        }
        return DONE;
    }
}

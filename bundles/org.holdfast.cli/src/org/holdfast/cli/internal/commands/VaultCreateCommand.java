package org.holdfast.cli.internal.commands;

import java.util.Arrays;
import java.util.List;

import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Shapes;

/** {@code vault create}: makes an empty vault. */
public final class VaultCreateCommand extends Command {
    /** The command. */
    public VaultCreateCommand() {
        super("vault create", "Create an empty vault", List.of(), List.of(VAULT));
    }

    @Override
    public List<String> description() {
        return List
                .of("The passphrase has at least 16 characters. Nobody can open the vault without it or a recovery key:"
                        + " keep it somewhere else than the vault and what is backed up.");
    }

    @Override
    public List<String> examples() {
        return List.of("vault create /backup/vault --passphrase-file /root/passphrase");
    }

    @Override
    protected int run(Invocation call) {
        if (call.flag("--recovery-key-file")) {
            throw Invocation.usage("A vault is created with a passphrase; recovery keys are added later.");
        }
        var location = call.location(call.operand("VAULT"));
        var passphrase = call.passphrase(true);
        try {
            var vault = call.vaults().create(location, passphrase);
            if (call.json()) {
                Shapes.vault(call.jsonOut().object(), vault).endObject().line();
            } else if (!call.quiet()) {
                call.out().println("Created a vault in " + vault.location());
                new Facts().add("id", vault.id()).add("format", Integer.toString(vault.formatVersion()))
                        .print(call.out());
            }
            return DONE;
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }
}

package org.holdfast.cli.internal.commands;

import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.api.vault.KeySlotInfo;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.keys.azure.KeyVaultWrapper;

/** Key slots that a key of Azure Key Vault wraps; {@code recovery-key list} and {@code remove} work for them too. */
public final class KeySlotCommands {
    private static final String KEY = "--key";
    private static final CliOperand VAULT = CliOperand.one("VAULT", "Directory of the vault");

    private KeySlotCommands() {
    }

    /** {@code key-slot add}. */
    public static Command add() {
        return new Command("key-slot add", "Let a key of an Azure Key Vault open a vault", List.of(
                CliOption.value(KEY, "URL", "RSA key, https://NAME.vault.azure.net/keys/KEY; its newest version"
                        + " is taken")),
                List.of(VAULT)) {
            @Override
            public List<String> description() {
                return List.of("The key never leaves the Key Vault: whoever may use it there opens the vault with"
                        + " --key-vault-key, without a passphrase. Needs the rights to wrap and unwrap.");
            }

            @Override
            public List<String> examples() {
                return List.of("key-slot add /backup/vault --key https://my.vault.azure.net/keys/holdfast");
            }

            @Override
            protected int run(Invocation call) {
                String key = call.value(KEY);
                if (key == null) {
                    throw Invocation.usage(KEY + " is missing.");
                }
                try (var vault = call.open(call.operand("VAULT"))) {
                    vault.addKeyService(key, new KeyVaultWrapper(call.environment().variables()));
                }
                return tell(call, 1, "The key opens the vault now: --key-vault-key " + key);
            }
        };
    }

    /** {@code key-slot rewrap}. */
    public static Command rewrap() {
        return new Command("key-slot rewrap", "Wrap key slots anew with the newest versions of their keys", List.of(),
                List.of(VAULT)) {
            @Override
            public List<String> description() {
                return List
                        .of("After a key was rotated in the Key Vault. The new slot is there before the old one goes;"
                                + " data is not rewritten.");
            }

            @Override
            protected int run(Invocation call) {
                var wrapper = new KeyVaultWrapper(call.environment().variables());
                int done = 0;
                try (var vault = call.open(call.operand("VAULT"))) {
                    List<KeySlotInfo> slots = vault.keySlots().stream().filter(slot -> slot.kind().equals("key vault"))
                            .toList();
                    if (slots.isEmpty()) {
                        throw new HoldfastException(Problem.INVALID_REQUEST, "No key of a Key Vault opens this vault.",
                                "Use 'holdfast key-slot add'.");
                    }
                    for (KeySlotInfo slot : slots) {
                        vault.addKeyService(slot.label().replaceAll("/[^/]+$", ""), wrapper);
                        vault.removeKeySlot(slot.id());
                        done++;
                    }
                }
                return tell(call, done, "Wrapped " + done + (done == 1 ? " key slot" : " key slots") + " anew.");
            }
        };
    }

    private static int tell(Invocation call, int slots, String text) {
        if (call.json()) {
            call.jsonOut().object().number("slots", slots).endObject().line();
        } else if (!call.quiet()) {
            call.out().println(text);
        }
        return Command.DONE;
    }
}

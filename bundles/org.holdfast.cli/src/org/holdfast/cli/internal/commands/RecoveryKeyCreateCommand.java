package org.holdfast.cli.internal.commands;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.input.PrivateFile;

/** {@code recovery-key create}: adds a key that opens the vault without its passphrase. */
public final class RecoveryKeyCreateCommand extends Command {
    /** The command. */
    public RecoveryKeyCreateCommand() {
        super("recovery-key create", "Add a recovery key and show it this once", List.of(
                CliOption.value("--output", "FILE", "Write the key to this new file instead of showing it")),
                List.of(VAULT));
    }

    @Override
    public List<String> description() {
        return List
                .of("A recovery key opens the vault when the passphrase is lost. It is kept nowhere: print it and lock"
                        + " it away. Commands take it with --recovery-key-file.");
    }

    @Override
    protected int run(Invocation call) {
        var output = call.value("--output");
        var file = output == null ? null : NativePaths.path(call.path(output));
        // The file comes first: a key must not be added to the vault and then get lost for want of a place.
        if (file != null) {
            write(file, "");
        }
        String key;
        try (var vault = call.open(call.operand("VAULT"))) {
            key = vault.addRecoveryKey();
        } catch (RuntimeException e) {
            if (file != null) {
                PrivateFile.discard(file);
            }
            throw e;
        }
        if (file != null) {
            try {
                PrivateFile.replace(file, (key + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                call.err().println("warning: cannot write '" + file + "': " + e.getMessage()
                        + ". The key is shown instead.");
                file = null;
            }
        }
        if (call.json()) {
            call.jsonOut().object().text("recoveryKey", file == null ? key : null)
                    .text("file", file == null ? null : file.toString()).endObject().line();
        } else if (file == null) {
            call.out().println(key);
            if (!call.quiet()) {
                call.out().flush();
                call.err().println("This key opens the vault without its passphrase. It is not shown again.");
            }
        } else if (!call.quiet()) {
            call.out().println("The recovery key is in " + file + ". It is kept nowhere else.");
        }
        return DONE;
    }

    private static void write(Path file, String text) {
        try {
            PrivateFile.create(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + file + "' exists already.",
                    "Give the name of a new file.", e);
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "Cannot write '" + file + "': " + e.getMessage(),
                    "Check the directory.", e);
        }
    }
}

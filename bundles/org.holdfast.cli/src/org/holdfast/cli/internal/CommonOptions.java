package org.holdfast.cli.internal;

import java.util.List;

import org.holdfast.api.spi.cli.CliOption;

/** Options that more than one command has. They may also stand before the command. */
final class CommonOptions {
    static final String JSON = "--json";
    static final String QUIET = "--quiet";
    static final String VERBOSE = "--verbose";
    static final String PASSPHRASE_FILE = "--passphrase-file";
    static final String PASSPHRASE_ENV = "--passphrase-env";
    static final String PASSPHRASE_FD = "--passphrase-fd";
    static final String PASSPHRASE_KEY_VAULT = "--passphrase-key-vault";
    static final String KEY_VAULT_KEY = "--key-vault-key";
    static final String RECOVERY_KEY_FILE = "--recovery-key-file";
    static final String NEW_PREFIX = "--new-";
    /** Names a passphrase file when no option does. */
    static final String PASSPHRASE_FILE_VARIABLE = "HOLDFAST_PASSPHRASE_FILE";

    /** For every command. */
    static final List<CliOption> ALL = List.of(
            CliOption.flag(JSON, "Write the result as JSON"),
            CliOption.flag(QUIET, "Tell only warnings and errors"),
            CliOption.flag(VERBOSE, "Tell more about an error"));

    /** For commands that open a vault. */
    static final List<CliOption> SECRETS = List.of(
            CliOption.value(PASSPHRASE_FILE, "FILE", "File whose only line is the passphrase"
                    + " (default: the variable " + PASSPHRASE_FILE_VARIABLE + ", else a prompt)"),
            CliOption.value(PASSPHRASE_ENV, "NAME", "Environment variable that holds the passphrase"),
            CliOption.value(PASSPHRASE_FD, "N", "Descriptor to read the passphrase from, 0 for standard input"),
            CliOption.value(PASSPHRASE_KEY_VAULT, "URL", "Read the passphrase from this Azure Key Vault, or from the"
                    + " secret in it that the URL names"),
            CliOption.value(RECOVERY_KEY_FILE, "FILE", "Open with the recovery key in this file instead"),
            CliOption.value(KEY_VAULT_KEY, "URL", "Open with the key slot that this key of an Azure Key Vault wraps"
                    + " instead"));

    private CommonOptions() {
    }
}

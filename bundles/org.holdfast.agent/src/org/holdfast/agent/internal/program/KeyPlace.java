package org.holdfast.agent.internal.program;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.keys.azure.KeyVaultKeyHolder;

import picocli.CommandLine.Option;

/** Where a passphrase is to be kept, as options of several commands. */
final class KeyPlace {
    @Option(names = "--key-location", paramLabel = "LOCATION",
            description = "Where the passphrase is kept: file:/absolute/path, or the location of another key holder."
                    + " Not on a path that is backed up.")
    private @Nullable String location;

    @Option(names = "--key-vault", paramLabel = "URL",
            description = "Keeps the passphrase in this Azure Key Vault, https://NAME.vault.azure.net, as a version of"
                    + " a secret; this server's own identity writes and reads it. A secret can be named:"
                    + " https://NAME.vault.azure.net/secrets/SECRET.")
    private @Nullable String keyVault;

    @Option(names = "--recover-secret",
            description = "Brings a deleted secret of the same name back first, with its earlier versions.")
    private boolean recover;

    /** The location that was given, or another. */
    String location(String otherwise) {
        if (location != null && keyVault != null) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "--key-location and --key-vault cannot be used together.", "Give one of them.");
        }
        if (keyVault != null) {
            return KeyVaultKeyHolder.location(keyVault);
        }
        return location == null ? otherwise : location;
    }

    boolean recover() {
        return recover;
    }

    static boolean isKeyVault(String location) {
        return location.startsWith(KeyVaultKeyHolder.SCHEME + ":");
    }

    /** The location as the service it is in shows it. */
    static String shown(String location) {
        return isKeyVault(location) ? KeyVaultKeyHolder.identifier(location) : location;
    }
}

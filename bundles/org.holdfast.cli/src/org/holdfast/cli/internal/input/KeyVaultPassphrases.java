package org.holdfast.cli.internal.input;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.api.spi.keys.KeyNote;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.VaultService;
import org.holdfast.keys.azure.KeyVaultKeyHolder;

/**
 * Passphrases from Azure Key Vault, for as long as it takes to open a vault. A secret that is not named is found by
 * what was noted beside it; of its versions the newest that opens is taken, since a copy of a vault may be older than a
 * change of its passphrase.
 */
public final class KeyVaultPassphrases {
    private static final int MOST_VERSIONS = 20;
    private static final String SERVER_DATA = "vault://";

    private final KeyHolder holder;

    /** @param variables environment, which says who this program is in Azure */
    public KeyVaultPassphrases(Map<String, String> variables) {
        holder = new KeyVaultKeyHolder(variables);
    }

    /** The newest version of a secret that is named; the caller's to wipe. */
    public char[] newest(String url) {
        String location = KeyVaultKeyHolder.location(url);
        try {
            return holder.read(location);
        } catch (IOException e) {
            throw failed(location, e);
        }
    }

    /** Opens a vault. */
    public OpenVault open(String url, VaultService vaults, String place) {
        String location = KeyVaultKeyHolder.location(url);
        String domain = vaults.inspect(place).id();
        try {
            List<String> versions = new ArrayList<>();
            for (String secret : KeyVaultKeyHolder.isVault(location) ? found(location, domain, place)
                    : List.of(location)) {
                versions.addAll(holder.versions(secret));
            }
            for (String version : versions.subList(0, Math.min(MOST_VERSIONS, versions.size()))) {
                OpenVault open = open(version, vaults, place, versions.size() == 1);
                if (open != null) {
                    return open;
                }
            }
        } catch (IOException e) {
            throw failed(location, e);
        }
        throw new HoldfastException(Problem.WRONG_PASSPHRASE, "No version of the secret at "
                + KeyVaultKeyHolder.identifier(location) + " opens this vault.",
                "Look whether versions are disabled, and whether it is the secret of this server.");
    }

    private OpenVault open(String version, VaultService vaults, String place, boolean only) throws IOException {
        char[] passphrase = holder.read(version);
        try {
            return vaults.open(place, passphrase);
        } catch (HoldfastException e) {
            if (e.problem() != Problem.WRONG_PASSPHRASE || only) {
                throw e;
            }
            return null;
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private List<String> found(String location, String domain, String place) throws IOException {
        List<String> found = holder.find(location, Map.of(KeyNote.DOMAIN, domain));
        if (found.isEmpty() && place.startsWith(SERVER_DATA)) {
            // Secrets that were stored before the domain was made know the server alone.
            String server = place.substring(place.lastIndexOf('/') + 1);
            found = holder.find(location, Map.of(KeyNote.SERVER, server));
            if (found.isEmpty()) {
                found = holder.find(location, Map.of(KeyNote.HOST, server));
            }
        }
        if (found.isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "No secret in " + KeyVaultKeyHolder.identifier(location)
                            + " is noted to open the domain " + domain + ".",
                    "Name the secret: " + KeyVaultKeyHolder.identifier(location) + "/secrets/NAME.");
        }
        return found;
    }

    private static HoldfastException failed(String location, IOException e) {
        return e instanceof NoSuchFileException
                ? new HoldfastException(Problem.ACCESS_DENIED, "There is no secret that can be read at "
                        + KeyVaultKeyHolder.identifier(location) + ".",
                        "Check its name, and whether its versions are enabled.", e)
                : new HoldfastException(Problem.STORE_UNAVAILABLE, "The Key Vault did not give the passphrase: "
                        + e.getMessage() + ".", "Try again.", e);
    }
}

package org.holdfast.keys.azure;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.keys.KeyFinding;
import org.holdfast.api.spi.keys.KeyFinding.Level;
import org.holdfast.keys.azure.internal.Place;
import org.holdfast.keys.azure.internal.Secrets;
import org.holdfast.keys.azure.internal.Service;

/**
 * Tries a Key Vault: who this program is there, whether it may set and read secrets, and how well they are kept. It
 * writes one secret of its own, {@value #PROBE}, the first time; later only a version of that.
 */
final class Examination {
    /** A secret that is none. */
    static final String PROBE = "holdfast-check";
    private static final String VALUE = "Holdfast writes this to see whether it may.";

    private final Service service;
    private final Place place;

    Examination(Service service, Place place) {
        this.service = service;
        this.place = place;
    }

    void run(List<KeyFinding> found) throws IOException {
        service.requireCloud(place);
        found.add(new KeyFinding("key-vault-identity", Level.OK, service.settings().explain(), ""));
        Secrets secrets = service.secrets();
        Place probe = place.named(PROBE);
        char[] value = VALUE.toCharArray();
        Secrets.Version made;
        try {
            made = secrets.set(probe, value, "text/plain", Map.of("format", "holdfast-check"));
            found.add(new KeyFinding("key-vault-set", Level.OK, "secrets can be set at " + place.url(), ""));
        } catch (HoldfastException e) {
            found.add(new KeyFinding("key-vault-set", Level.FAILED, String.valueOf(e.getMessage()), e.advice()));
            return;
        }
        char[] back = secrets.get(made.place());
        if (!Arrays.equals(value, back)) {
            throw Service.notKept(made.place());
        }
        found.add(new KeyFinding("key-vault-get", Level.OK, "secrets can be read back", ""));
        list(secrets, probe, made, found);
        found.add(protection(made.recoveryLevel()));
        if (!place.isVault()) {
            present(secrets, found);
        }
    }

    /** Whether versions can be listed and the probe be disabled again, so that it does not look like a secret. */
    private static void list(Secrets secrets, Place probe, Secrets.Version made, List<KeyFinding> found)
            throws IOException {
        try {
            secrets.versions(probe);
            secrets.update(made.place(), false, Map.of());
            found.add(new KeyFinding("key-vault-list", Level.OK, "versions can be listed and disabled", ""));
        } catch (HoldfastException e) {
            if (e.problem() != Problem.ACCESS_DENIED) {
                throw e;
            }
            found.add(new KeyFinding("key-vault-list", Level.WARNING, String.valueOf(e.getMessage()),
                    "Without it older versions are not found at a restore, and a registration that fails leaves a"
                            + " version behind. " + e.advice()));
        }
    }

    private void present(Secrets secrets, List<KeyFinding> found) throws IOException {
        try {
            Arrays.fill(secrets.get(place), '\0');
            found.add(new KeyFinding("key-vault-secret", Level.OK, place.id() + " can be read", ""));
        } catch (NoSuchFileException e) {
            found.add(new KeyFinding("key-vault-secret", Level.WARNING, "there is no " + place.id() + " yet", ""));
        }
    }

    // https://learn.microsoft.com/rest/api/keyvault/secrets/set-secret/set-secret#deletionrecoverylevel
    private static KeyFinding protection(String level) {
        if (level.isEmpty()) {
            return new KeyFinding("key-vault-protection", Level.WARNING,
                    "the Key Vault does not say how secrets are kept from deletion", "Turn purge protection on.");
        }
        if (!level.contains("Recoverable")) {
            return new KeyFinding("key-vault-protection", Level.WARNING, "soft delete is off (" + level
                    + "): a deleted passphrase is gone at once",
                    "az keyvault update --enable-soft-delete true"
                            + " --enable-purge-protection true");
        }
        return level.contains("Purgeable")
                ? new KeyFinding("key-vault-protection", Level.WARNING, "soft delete is on, purge protection is off ("
                        + level + "): an administrator can delete passphrases for good",
                        "az keyvault update"
                                + " --enable-purge-protection true; it cannot be turned off again")
                : new KeyFinding("key-vault-protection", Level.OK, "soft delete and purge protection are on (" + level
                        + ")", "");
    }
}

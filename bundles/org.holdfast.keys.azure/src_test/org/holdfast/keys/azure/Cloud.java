package org.holdfast.keys.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.KeyVaultDouble;
import org.holdfast.azure.doubles.TestTls;

/** Entra ID and a Key Vault over TLS, and an application that may do everything. */
final class Cloud implements AutoCloseable {
    final TestTls tls = TestTls.make("localhost", Instant.now());
    final EntraDouble entra = new EntraDouble(tls, Clock.systemUTC());
    final KeyVaultDouble vault;
    final String client = entra.application("a secret");
    private final Path folder;

    Cloud(Path folder, boolean purgeProtection) {
        this.folder = folder;
        vault = new KeyVaultDouble(tls, Clock.systemUTC(), entra, purgeProtection);
        vault.grantAll(client);
    }

    Map<String, String> variables() {
        try {
            return new HashMap<>(Map.of("AZURE_TENANT_ID", EntraDouble.TENANT, "AZURE_CLIENT_ID", client,
                    "AZURE_AUTHORITY_HOST", entra.authority(), "HOLDFAST_AZURE_CA",
                    tls.certificateFile(folder).toString(), "HOLDFAST_AZURE_SECRET_FILE",
                    Files.writeString(folder.resolve("secret"), "a secret\n").toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KeyVaultKeyHolder holder() {
        return holder(variables());
    }

    static KeyVaultKeyHolder holder(Map<String, String> variables) {
        return new KeyVaultKeyHolder(variables, Duration.ofMillis(1));
    }

    String location() {
        return "keyvault://localhost:" + vault.port();
    }

    @Override
    public void close() {
        vault.close();
        entra.close();
    }
}

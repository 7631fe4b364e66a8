package org.holdfast.azure.resources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import org.holdfast.api.azure.Redundancy;
import org.holdfast.api.azure.VaultRequest;
import org.holdfast.azure.doubles.ArmDouble;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.TestTls;

/** A subscription in doubles of Entra ID and of the resource manager, and an application that may do all in it. */
final class Subscription implements AutoCloseable {
    final TestTls tls;
    final EntraDouble entra;
    final ArmDouble arm;
    final String id;
    final Map<String, String> variables = new HashMap<>();

    Subscription(Path folder) {
        tls = TestTls.make("localhost", Clock.systemUTC().instant());
        entra = new EntraDouble(tls, Clock.systemUTC());
        arm = new ArmDouble(tls, Clock.systemUTC(), entra.key());
        id = arm.subscription("Backups");
        variables.put("AZURE_TENANT_ID", EntraDouble.TENANT);
        variables.put("AZURE_CLIENT_ID", entra.application("a secret of the test"));
        variables.put("AZURE_CLIENT_SECRET", "a secret of the test");
        variables.put("AZURE_AUTHORITY_HOST", entra.authority());
        variables.put("HOLDFAST_AZURE_MANAGEMENT", arm.url());
        try {
            variables.put("HOLDFAST_AZURE_CA", tls.certificateFile(folder).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AzureResources resources() {
        return new AzureResources(Clock.systemUTC(), variables);
    }

    VaultRequest request() {
        return new VaultRequest(id, "backups", "westeurope", "holdfastdata", "vault", Redundancy.ZRS, true, 30,
                "holdfast-keys", "");
    }

    String group() {
        return "/subscriptions/" + id + "/resourceGroups/backups";
    }

    @Override
    public void close() {
        arm.close();
        entra.close();
    }
}

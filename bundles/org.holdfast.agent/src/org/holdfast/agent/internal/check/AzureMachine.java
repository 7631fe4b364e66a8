package org.holdfast.agent.internal.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.common.Json;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Asks the metadata service of an Azure VM who this machine is
 * (https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service): link-local, never through a proxy,
 * and away within two seconds where there is none.
 */
final class AzureMachine {
    /** Where it is on every VM of Azure. */
    static final URI SERVICE = URI.create("http://169.254.169.254");
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_BYTES = 256 * 1024;

    private final URI service;

    AzureMachine(URI service) {
        this.service = service;
    }

    /**
     * A VM.
     *
     * @param name of it
     * @param region {@code westeurope}
     * @param environment the cloud, {@code AzurePublicCloud}
     * @param subscription id
     * @param group resource group
     * @param identity whether it has a managed identity
     */
    record Vm(String name, String region, String environment, String subscription, String group, boolean identity) {
    }

    /** The VM this is, or null when it is none. */
    @Nullable
    Vm look() {
        JsonNode answer = ask("/metadata/instance?api-version=2021-02-01");
        JsonNode compute = answer == null ? null : answer.get("compute");
        if (compute == null || compute.path("vmId").asText("").isEmpty()) {
            return null;
        }
        JsonNode token =
                ask("/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net");
        return new Vm(compute.path("name").asText(""), compute.path("location").asText("").toLowerCase(Locale.ROOT),
                compute.path("azEnvironment").asText(""), compute.path("subscriptionId").asText(""),
                compute.path("resourceGroupName").asText(""), token != null && token.has("access_token"));
    }

    private @Nullable JsonNode ask(String path) {
        try {
            var connection = (HttpURLConnection) service.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Metadata", "true");
            try {
                if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                    return null;
                }
                try (InputStream in = connection.getInputStream()) {
                    return Json.mapper().readTree(in.readNBytes(MAX_BYTES));
                }
            } finally {
                connection.disconnect();
            }
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}

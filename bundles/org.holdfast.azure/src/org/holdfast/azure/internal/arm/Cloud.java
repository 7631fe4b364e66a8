package org.holdfast.azure.internal.arm;

import java.net.URI;
import java.util.Map;

import org.holdfast.azure.AzureSettings;

/**
 * Where the services of a cloud are.
 *
 * @param management its resource manager, without a slash at the end
 * @param scope what tokens for it are asked for
 * @param blobs what names of blob endpoints end with
 * @param keyVaults what names of Key Vaults end with
 */
record Cloud(URI management, String scope, String blobs, String keyVaults) {
    /** Names another resource manager, for private clouds and emulators. */
    static final String MANAGEMENT = "HOLDFAST_AZURE_MANAGEMENT";
    // https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure
    private static final Cloud PUBLIC = of("management.azure.com", "core.windows.net", "vault.azure.net");
    private static final Map<String, Cloud> BY_AUTHORITY = Map.of("login.microsoftonline.us",
            of("management.usgovcloudapi.net", "core.usgovcloudapi.net", "vault.usgovcloudapi.net"),
            "login.chinacloudapi.cn",
            of("management.chinacloudapi.cn", "core.chinacloudapi.cn", "vault.azure.cn"));

    private static Cloud of(String management, String storage, String keyVaults) {
        return new Cloud(URI.create("https://" + management), "https://" + management + "/.default",
                "blob." + storage, keyVaults);
    }

    static Cloud of(AzureSettings settings) {
        Cloud known = BY_AUTHORITY.getOrDefault(String.valueOf(settings.authority().getHost()), PUBLIC);
        String other = settings.variable(MANAGEMENT);
        if (other.isEmpty()) {
            return known;
        }
        if (!other.startsWith("https://")) {
            throw new IllegalArgumentException(MANAGEMENT + " has to begin with https://, and is " + other + ".");
        }
        return new Cloud(URI.create(other.replaceFirst("/+$", "")), known.scope, known.blobs, known.keyVaults);
    }
}

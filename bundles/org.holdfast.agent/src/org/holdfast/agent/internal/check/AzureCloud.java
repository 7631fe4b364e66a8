package org.holdfast.agent.internal.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;

/** Microsoft's clouds: where things are in them, and what firewalls have to let out. */
public enum AzureCloud {
    /** Azure for everybody. */
    PUBLIC("AzurePublicCloud", "login.microsoftonline.com", "core.windows.net", "vault.azure.net",
            List.of("*.microsoft.com", "*.windowsazure.com", "*.microsoftonline.com", "*.windows.net",
                    "*.blob.core.windows.net", "*.queue.core.windows.net", "*.blob.storage.azure.net")),
    /** Azure Government of the United States. */
    USGOVERNMENT("AzureUSGovernmentCloud", "login.microsoftonline.us", "core.usgovcloudapi.net",
            "vault.usgovcloudapi.net",
            List.of("*.microsoft.com", "*.windowsazure.us", "*.microsoftonline.us", "*.usgovcloudapi.net",
                    "*.blob.core.usgovcloudapi.net", "*.queue.core.usgovcloudapi.net")),
    /** Azure in China. */
    CHINA("AzureChinaCloud", "login.chinacloudapi.cn", "core.chinacloudapi.cn", "vault.azure.cn",
            List.of("*.microsoft.com", "*.windowsazure.cn", "*.microsoftonline.cn", "*.chinacloudapi.cn",
                    "*.blob.core.chinacloudapi.cn", "*.queue.core.chinacloudapi.cn"));

    private final String environment;
    private final String login;
    private final String storage;
    private final String keyVaults;
    private final List<String> microsoftsAgent;

    AzureCloud(String environment, String login, String storage, String keyVaults, List<String> microsoftsAgent) {
        this.environment = environment;
        this.login = login;
        this.storage = storage;
        this.keyVaults = keyVaults;
        this.microsoftsAgent = microsoftsAgent;
    }

    /**
     * A name that a firewall has to let out, on port 443.
     *
     * @param name may begin with a star
     * @param who who needs it
     * @param why what for
     */
    public record Allowed(String name, String who, String why) {
    }

    /** As it is typed. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The cloud that is typed so, or null. */
    public static @Nullable AzureCloud typed(String text) {
        return Arrays.stream(values()).filter(cloud -> cloud.text().equals(text)).findFirst().orElse(null);
    }

    /** The cloud that instance metadata calls so, or null. */
    static @Nullable AzureCloud ofEnvironment(String name) {
        return Arrays.stream(values()).filter(cloud -> cloud.environment.equalsIgnoreCase(name)).findFirst()
                .orElse(null);
    }

    /** Where tokens of Entra ID come from. */
    String login() {
        return login;
    }

    /** The blob endpoint of a storage account; a whole name is taken as it is. */
    String blobs(String account) {
        return account.contains(".") ? account : account + ".blob." + storage;
    }

    /** The address of a Key Vault; a whole name is taken as it is. */
    String keyVault(String name) {
        return name.contains(".") ? name : name + "." + keyVaults;
    }

    /** What firewalls have to let out: for Holdfast little, for Microsoft's agent beside it more. */
    public List<Allowed> allowed() {
        var all = new java.util.ArrayList<Allowed>();
        all.add(new Allowed("ACCOUNT.blob." + storage, "agent, vault server",
                "data goes straight to storage; without it, agents send it through the vault server"));
        all.add(new Allowed(login, "vault server; an agent with an identity of its own", "tokens of Entra ID"));
        all.add(new Allowed("KEYVAULT." + keyVaults, "vault server; an agent with an identity of its own",
                "passphrases in a Key Vault"));
        microsoftsAgent.forEach(name -> all.add(new Allowed(name, "Microsoft's agent", "not needed by Holdfast")));
        return List.copyOf(all);
    }
}

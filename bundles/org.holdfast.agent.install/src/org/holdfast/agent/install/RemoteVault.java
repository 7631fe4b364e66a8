package org.holdfast.agent.install;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.client.Answer;
import org.holdfast.client.Call;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.ServerPolicy;

/** The vault over HTTPS, with the sign-in of an operator. */
public final class RemoteVault implements VaultSide {
    private final VaultClient client;
    private final String servers;

    /**
     * @param client signed in; stays the caller's to close
     * @param vault name of the vault
     */
    public RemoteVault(VaultClient client, String vault) {
        this.client = client;
        this.servers = "/api/v1/vaults/" + segment(vault) + "/servers/";
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public boolean isConnected(String serverId, Instant since) {
        return client.get(servers + segment(serverId), ServerSummary.class).connected();
    }

    @Override
    public void assign(String serverId, @Nullable String policy, List<String> tags, List<String> folders) {
        String path = servers + segment(serverId);
        if (!tags.isEmpty()) {
            Answer<ServerSummary> now = client.send(Call.get(path), ServerSummary.class);
            var all = new ArrayList<>(now.body().tags());
            tags.stream().filter(tag -> !all.contains(tag)).forEach(all::add);
            if (all.size() > now.body().tags().size()) {
                client.patch(path, new ChangeServer(null, all, null), String.valueOf(now.etag()), ServerSummary.class);
            }
        }
        if (policy != null) {
            Answer<ServerPolicy> now = client.send(Call.get(path + "/policy"), ServerPolicy.class);
            if (!policy.equals(now.body().assigned())) {
                client.put(path + "/policy", ServerPolicy.assign(policy), String.valueOf(now.etag()),
                        ServerPolicy.class);
            }
        }
        if (!folders.isEmpty()) {
            Answer<ServerItems> now = client.send(Call.get(path + "/items"), ServerItems.class);
            if (!folders.equals(now.body().items())) {
                client.put(path + "/items", new ServerItems(folders, now.body().exclusions()),
                        String.valueOf(now.etag()), ServerItems.class);
            }
        }
    }
}

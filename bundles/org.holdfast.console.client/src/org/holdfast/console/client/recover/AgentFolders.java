package org.holdfast.console.client.recover;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.client.VaultClient;
import org.holdfast.client.sealed.AgentRequests;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.Vaults;
import org.holdfast.protocol.agent.AskAnswer;
import org.holdfast.protocol.agent.AskEntry;
import org.holdfast.protocol.agent.AskRequest;

/**
 * Folders of a registered server, listed by its agent when somebody chooses where to restore to. Questions are sealed
 * for the agent and signed with the key of its domain, so they take the passphrase of that server; the vault server
 * passes them on, only for those who may ask, and takes them down in its audit.
 */
public final class AgentFolders implements AutoCloseable {
    /** Most entries of a folder that are looked at. */
    public static final int MOST = 5_000;

    private final Vaults vaults;
    private final VaultConnection source;
    private final ServerPlace target;
    private final char[] passphrase;

    /**
     * What is in a folder.
     *
     * @param folders paths of its folders, in the order of their names
     * @param more whether there are more entries than were looked at
     */
    public record Inside(List<RawPath> folders, boolean more) {
    }

    /**
     * @param source open data of the server whose points are restored
     * @param target whose folders
     * @param passphrase of the target; not looked at when it is the source. Taken over, wiped when this is closed
     */
    public AgentFolders(Vaults vaults, VaultConnection source, ServerPlace target, char[] passphrase) {
        this.vaults = vaults;
        this.source = source;
        this.target = target;
        this.passphrase = passphrase;
    }

    /** The folders in a folder; fails with a {@code HoldfastException} when the agent does not answer. */
    public CompletableFuture<Inside> list(RawPath folder) {
        return target.session().api().ask(client -> {
            ServerPlace place = source.place();
            boolean own = place != null && place.server().id().equals(target.server().id());
            return own ? source.with(domain -> list(client, domain, folder))
                    : vaults.using(target, passphrase, domain -> list(client, domain, folder));
        });
    }

    private Inside list(VaultClient client, OpenVault domain, RawPath folder) {
        domain.unlock();
        ServerSummary server = target.now();
        var requests = new AgentRequests(client,
                "/api/v1/vaults/" + URLEncoder.encode(server.vault(), StandardCharsets.UTF_8), server, domain);
        AskAnswer answer = requests.ask(reply -> new AskRequest("source", server.id(), target.session().now(), reply,
                null, folder.bytes(), null, null, MOST));
        var folders = new ArrayList<RawPath>();
        for (AskEntry entry : answer.entries()) {
            if (entry.type() == EntryType.DIRECTORY) {
                folders.add(folder.child(entry.name()));
            }
        }
        return new Inside(List.copyOf(folders), answer.more());
    }

    /** The folder itself or the nearest above that a person may have meant by what was typed; the top for nothing. */
    public static RawPath beginning(@Nullable RawPath typed) {
        return typed == null || !typed.isAbsolute() ? RawPath.ROOT : typed;
    }

    @Override
    public void close() {
        Arrays.fill(passphrase, '\0');
    }
}

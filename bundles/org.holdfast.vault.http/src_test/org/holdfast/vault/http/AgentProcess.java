package org.holdfast.vault.http;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.client.RetryPolicy;
import org.holdfast.client.VaultClient;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStoreProvider;
import org.holdfast.store.vault.VaultStoreSettings;

/** What an agent does for a backup, here or in a process of its own, to be killed. */
final class AgentProcess {
    static final String LOCATION = "vault://test/main/one";
    static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();
    static final UUID SERVER = new UUID(7, 1);

    private AgentProcess() {
    }

    /** Folder of the node, port, what to back up. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (VaultClient client = client(folder, Integer.parseInt(arguments[1]))) {
            System.out.println(backup(service(client, folder), Path.of(arguments[2])));
        }
    }

    static VaultClient client(Path folder, int port) throws Exception {
        return new VaultClient(DataNode.settings(NodeProcess.pki(folder), folder, port, SERVER.toString())
                .retrying(new RetryPolicy(200, Duration.ofMillis(100), Duration.ofMillis(500))));
    }

    static LocalVaultService service(VaultClient client, Path folder) {
        var settings = VaultStoreSettings.of(folder.resolve("agent"), UUID.randomUUID().toString(), "backup", null);
        return new LocalVaultService(List.of(new VaultStoreProvider(client, new Place.Own(), settings)),
                List.of(new FilesSourceProvider()), Clock.systemUTC());
    }

    static String backup(LocalVaultService service, Path data) {
        try (OpenVault vault = service.open(LOCATION, PASSPHRASE)) {
            return vault.backup(BackupRequest.of(List.of(RawPath.of(data.toString()))), p -> {
            }, new CancelToken()).point().id();
        }
    }
}

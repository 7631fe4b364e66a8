package org.holdfast.engine.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.store.directory.DirectoryStoreProvider;

/**
 * Backs very many small files up once and tells what that took. Run it with the options that the start script uses,
 * the second time for the unchanged backup; the peak of memory is one of the whole process.
 */
public final class ScaleMain {
    private static final String PASSPHRASE = "a passphrase of a measurement";

    private ScaleMain() {
    }

    /** @param args directory of the vault, made when it is not there, and number of files */
    public static void main(String[] args) throws IOException {
        int files = Integer.parseInt(args[1]);
        var service = new LocalVaultService(List.of(new DirectoryStoreProvider()), List.of(new SyntheticSource(files)),
                Clock.systemUTC());
        if (!Files.exists(Path.of(args[0]))) {
            service.create(args[0], PASSPHRASE.toCharArray());
        }
        long start = System.nanoTime();
        BackupResult result;
        try (OpenVault vault = service.open(args[0], PASSPHRASE.toCharArray())) {
            result = vault.backup(BackupRequest.of(List.of(RawPath.of(SyntheticSource.ROOT))), ProgressSink.NONE,
                    new CancelToken());
        }
        System.out.printf("files %d, new %d, unchanged %d, bytes read %d, warnings %d%n", result.point().files(),
                result.filesNew(), result.filesUnchanged(), result.bytesRead(), result.warnings().size());
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.printf("wall %.1f s, CPU %.1f s%n", (System.nanoTime() - start) / 1e9, cpu.toMillis() / 1e3);
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            lines.filter(l -> l.startsWith("VmHWM") || l.startsWith("VmRSS") || l.startsWith("RssAnon"))
                    .forEach(System.out::println);
        }
    }
}

package org.holdfast.store.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.testkit.store.BlobStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The promises of a store, kept by the directory store. The full disk needs root, for a small file system. */
class DirectoryStoreContractTest extends BlobStoreContract {
    private final StoreProvider provider = new DirectoryStoreProvider(Clock.systemUTC());
    private @TempDir Path temp = Path.of("");
    private Optional<Path> mounted = Optional.empty();
    private int next;

    @Override
    protected StoreProvider provider() {
        return provider;
    }

    @Override
    protected String freshLocation() {
        return temp.resolve("store" + next++).toString();
    }

    @Override
    protected Optional<BlobStore> smallStore() throws IOException {
        Path small = Files.createDirectory(temp.resolve("small"));
        if (!run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString())) {
            return Optional.empty();
        }
        mounted = Optional.of(small);
        return Optional.of(provider.create(small.toString()));
    }

    @AfterEach
    void unmount() throws IOException {
        if (mounted.isPresent()) {
            run("umount", mounted.get().toString());
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

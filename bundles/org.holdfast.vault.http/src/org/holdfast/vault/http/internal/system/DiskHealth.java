package org.holdfast.vault.http.internal.system;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.http.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the folders of the node are there, can be written, and have room. */
@Component(service = HealthCheck.class)
public final class DiskHealth implements HealthCheck {
    private static final long LEAST = 256L << 20;

    private final Path data;
    private final @Nullable Path store;

    /** Looks at the folders of these settings. */
    @Activate
    public DiskHealth(@Reference VaultSettings settings) {
        data = settings.dataFolder();
        store = settings.storeFolder();
    }

    @Override
    public String name() {
        return "store";
    }

    @Override
    public void check() throws IOException {
        look(data);
        Path objects = store;
        if (objects != null) {
            look(objects);
        }
    }

    private static void look(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IOException(folder + " cannot be written");
        }
        FileStore disk = Files.getFileStore(folder);
        if (disk.getUsableSpace() < LEAST) {
            throw new IOException(folder + " has only " + disk.getUsableSpace() + " bytes left");
        }
    }
}

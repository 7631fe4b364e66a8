package org.holdfast.store.directory;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.Upload;

/** What another process does to a store; started by the tests. */
final class StoreProcess {
    private StoreProcess() {
    }

    /** Starts {@code job} on a store in a Java process of its own. */
    static Process start(String job, Path place, String argument) throws IOException {
        Set<String> path = new LinkedHashSet<>();
        for (Class<?> type : new Class<?>[] { StoreProcess.class, DirectoryStoreProvider.class, BlobStore.class }) {
            try {
                path.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", String.join(File.pathSeparator, path),
                StoreProcess.class.getName(), job, place.toString(), argument)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    public static void main(String[] args) throws IOException {
        try (BlobStore store = new DirectoryStoreProvider().open(args[1])) {
            switch (args[0]) {
                case "race" -> race(store, args[2]);
                case "stream" -> stream(store);
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }

    /** Waits for a line, then puts many names and tells how many it created. */
    private static void race(BlobStore store, String me) throws IOException {
        System.out.println("ready");
        System.in.read();
        int created = 0;
        for (int i = 0; i < 300; i++) {
            String text = me.repeat(100 + i);
            created += store.put("race/" + i, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))) ? 1 : 0;
        }
        System.out.println(created);
    }

    /** Begins two uploads and waits to be killed. */
    private static void stream(BlobStore store) throws IOException {
        store.put("done", ByteBuffer.wrap(new byte[1000]));
        try (Upload small = store.begin(); Upload big = store.begin()) {
            small.write(new byte[100], 0, 100);
            for (int i = 0; i < 5; i++) {
                big.write(new byte[1 << 20], 0, 1 << 20);
            }
            System.out.println("ready");
            System.in.read();
        }
    }
}

package org.holdfast.store.azure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.azure.AzureAccess;
import org.holdfast.azure.AzureSettings;
import org.holdfast.azure.doubles.Azurite;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.common.StorageSharedKeyCredential;

/** Compares the store with a bare loop over the SDK: same bytes, same parallelism, in turns. Not a test. */
final class ThroughputMain {
    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final int SIZE = 16 << 20;
    private static final int OBJECTS = 12;
    private static final int PARALLEL = 4;

    private ThroughputMain() {
    }

    private interface Send {
        void send(String name) throws IOException;
    }

    private static double seconds(String round, Send send) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(PARALLEL)) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < OBJECTS; i++) {
                String name = "data/%s%062x".formatted(round, i);
                all.add(() -> {
                    send.send(name);
                    return null;
                });
            }
            for (Future<Void> each : threads.invokeAll(all)) {
                each.get();
            }
        }
        return (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    public static void main(String[] arguments) throws Exception {
        byte[] bytes = new byte[SIZE];
        new SplittableRandom(1).nextBytes(bytes);
        try (Azurite azurite = Azurite.plain();
                BlobStore store = new AzureStoreProvider(Clock.systemUTC(), azurite.variables())
                        .create(azurite.location("bench"))) {
            BlobContainerClient bare = new BlobServiceClientBuilder().endpoint(azurite.endpoint().toString())
                    .httpClient(new AzureAccess(AzureSettings.of(azurite.variables())).http())
                    .serviceVersion(BlobServiceVersion.V2025_11_05)
                    .credential(new StorageSharedKeyCredential("devstoreaccount1", KEY)).buildClient()
                    .getBlobContainerClient("bench");
            int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
            double[] ratios = new double[rounds];
            for (int i = 0; i <= rounds; i++) {
                double own = seconds("a" + i % 10, name -> store.put(name, ByteBuffer.wrap(bytes)));
                double other = seconds("b" + i % 10, name -> bare.getBlobClient(name).getBlockBlobClient()
                        .upload(BinaryData.fromBytes(bytes)));
                if (i > 0) { // the first warms both
                    ratios[i - 1] = own / other;
                }
                System.out.printf("store %.2f s, bare %.2f s, ratio %.2f%n", own, other, own / other);
            }
            Arrays.sort(ratios);
            System.out.printf("median ratio %.2f; %.0f MB in each round%n", ratios[rounds / 2],
                    OBJECTS * (double) SIZE / 1e6);
        }
    }
}

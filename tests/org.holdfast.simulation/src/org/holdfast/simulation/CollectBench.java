package org.holdfast.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

import org.holdfast.api.CancelToken;
import org.holdfast.engine.internal.retain.Collector;

/** {@code ./holdfast bench collect}: a collection over the index of a vault that is as large as one wants. */
public final class CollectBench {
    private static final int USAGE = 2;

    private CollectBench() {
    }

    /** Runs and ends the process: 0 when the right packs went within the memory allowed. */
    public static void main(String[] arguments) throws IOException {
        int code = start(arguments);
        System.out.flush();
        System.exit(code);
    }

    private static int start(String[] arguments) throws IOException {
        long chunks = 2_000_000;
        long mebibytes = 512;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 < arguments.length && arguments[i].equals("--chunks")) {
                chunks = Long.parseLong(arguments[i + 1]);
            } else if (i + 1 < arguments.length && arguments[i].equals("--memory")) {
                mebibytes = Long.parseLong(arguments[i + 1]);
            } else {
                System.out.println("Usage: ./holdfast bench collect [--chunks N] [--memory MIB]");
                System.out.println("Collects over a synthetic index of N chunks (2000000) and fails when the process");
                System.out.println("had more than so much memory (512).");
                return arguments[i].equals("--help") ? 0 : USAGE;
            }
        }
        return run(chunks, mebibytes) ? 0 : 1;
    }

    private static boolean run(long chunks, long mebibytes) throws IOException {
        long began = System.nanoTime();
        var vault = new SyntheticVault(chunks);
        System.out.printf(Locale.ROOT, "%d chunks in %d packs, made in %.0f s%n", vault.chunks(), vault.packs(),
                (System.nanoTime() - began) / 1e9);
        began = System.nanoTime();
        Collector.Result result = new Collector(vault.vault(), 0, new CancelToken()).run();
        double seconds = (System.nanoTime() - began) / 1e9;
        long peak = peakMebibytes();
        double cpu = ProcessHandle.current().info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(0.0);
        System.out.printf(Locale.ROOT, "collected in %.0f s (%.0f s of processors in all), %d of %d packs removed,"
                + " %.1f million chunks a minute, peak %d MiB%n", seconds, cpu, result.packsRemoved(), vault.packs(),
                vault.chunks() / seconds * 60 / 1e6, peak);
        System.out.flush();
        return result.packsRemoved() == vault.deadPacks() && peak <= mebibytes;
    }

    /** Of the whole process, as the system counts it; 0 where it does not say. */
    private static long peakMebibytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10).findFirst().orElse(0L);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}

package org.holdfast.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Does something many times at the same moment. */
public final class Parallel {

    private Parallel() {
    }

    /** Results in the order of numbers; the first failure is thrown as it is. */
    public static <T> List<T> run(int times, IntFunction<T> work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                futures.add(threads.submit(() -> {
                    start.await();
                    return work.apply(number);
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    /** The code of the refusal that some work ends with, or {@code ok}. */
    public static String codeOf(Runnable work) {
        try {
            work.run();
            return "ok";
        } catch (Refusal e) {
            return e.code();
        }
    }
}

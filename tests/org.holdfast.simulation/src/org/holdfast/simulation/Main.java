package org.holdfast.simulation;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** {@code ./holdfast simulate}: runs seeds and tells of violations. */
public final class Main {
    private static final int USAGE = 2;
    private static final String HELP = """
            Usage: ./holdfast simulate [--seeds N] [--seed S] [--seconds T] [--mutant NAME|all|list]

            Runs vault nodes, agents and a store that fails, in an order that each seed decides, and checks that no
            recovery point is lost, nothing is deleted that must stay, and nothing stays that nobody needs.

              --seeds N      how many seeds to run (10000)
              --seed S       the first seed (1); with --seeds 1 the one to replay
              --seconds T    stop after so many seconds
              --mutant NAME  put a bug in and see whether it is found; 'list' names them, 'all' tries each
              --trace        print what happens, also when all is well

            Ends with 0 when nothing is wrong, 1 when something is; 2 for wrong arguments.
            """;

    private long first = 1;
    private long seeds = 10_000;
    private long seconds = Long.MAX_VALUE;
    private boolean trace;
    private boolean all;
    private Mutant mutant = Mutant.NONE;

    private Main() {
    }

    /** Runs and ends the process. */
    public static void main(String[] arguments) {
        // One at a time is the point: with one carrier a change of actors needs no help of the operating system.
        System.setProperty("jdk.virtualThreadScheduler.parallelism", "1");
        System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", "1");
        int[] code = { 0 };
        Thread runner = Thread.ofVirtual().start(() -> code[0] = new Main().run(arguments, System.out, System.err));
        try {
            runner.join();
        } catch (InterruptedException e) {
            code[0] = 1;
        }
        System.out.flush();
        System.exit(code[0]);
    }

    private int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--seeds" -> seeds = number(arguments, ++i);
                    case "--seed" -> first = number(arguments, ++i);
                    case "--seconds" -> seconds = number(arguments, ++i);
                    case "--trace" -> trace = true;
                    case "--mutant" -> {
                        String name = value(arguments, ++i);
                        if (name.equals("list")) {
                            for (Mutant each : Mutant.values()) {
                                out.printf("%-26s %s%n", each.word(), each.what());
                            }
                            return 0;
                        }
                        all = name.equals("all");
                        mutant = all ? Mutant.NONE : mutant(name);
                    }
                    case "--help", "-h" -> {
                        out.print(HELP);
                        return 0;
                    }
                    default -> throw new IllegalArgumentException("There is no option " + arguments[i] + ".");
                }
            }
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + " See ./holdfast simulate --help.");
            return USAGE;
        }
        return all ? hunt(out) : simulate(out);
    }

    /** Looks for each of the bugs; fails when one is not found. */
    private int hunt(PrintStream out) {
        int missed = 0;
        try (Simulation simulation = new Simulation()) {
            for (Mutant each : Mutant.values()) {
                long seed = first;
                Simulation.Result result = simulation.run(seed, each);
                while (each != Mutant.NONE && result.violation() == null && seed - first + 1 < seeds) {
                    result = simulation.run(++seed, each);
                }
                Violation violation = result.violation();
                if (each != Mutant.NONE) {
                    missed += violation == null ? 1 : 0;
                    out.printf("%-26s %s%n", each.word(), violation == null ? "not found in " + seeds + " seeds"
                            : "seed " + seed + ": " + violation.what());
                }
            }
        }
        return missed == 0 ? 0 : 1;
    }

    private static String value(String[] arguments, int at) {
        if (at == arguments.length) {
            throw new IllegalArgumentException("The option " + arguments[at - 1] + " needs a value.");
        }
        return arguments[at];
    }

    private static long number(String[] arguments, int at) {
        String text = value(arguments, at);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number.");
        }
    }

    private static Mutant mutant(String name) {
        for (Mutant each : Mutant.values()) {
            if (each.word().equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("There is no mutant '" + name + "'; 'list' names them.");
    }

    private int simulate(PrintStream out) {
        try (Simulation simulation = new Simulation()) {
            long began = System.nanoTime();
            long done = 0;
            long steps = 0;
            Simulation.Result found = null;
            long seed = first;
            for (; done < seeds && System.nanoTime() - began < seconds * 1_000_000_000.0; seed++) {
                Simulation.Result result = trace ? simulation.replay(seed, mutant) : simulation.run(seed, mutant);
                done++;
                steps += result.steps();
                if (result.violation() != null) {
                    found = result;
                    break;
                }
            }
            double took = (System.nanoTime() - began) / 1e9;
            Duration cpu =
                    ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ofNanos((long) (took * 1e9)));
            out.printf(Locale.ROOT, "%d seeds, %d steps, %.0f seeds/s, %.0f seeds for each second of a processor,"
                    + " %d violations%n", done, steps, done / Math.max(took, 1e-9),
                    done / Math.max(1e-3, cpu.toMillis() / 1e3), found == null ? 0 : 1);
            if (found == null) {
                return 0;
            }
            tell(simulation, seed, found, out);
            return 1;
        }
    }

    private void tell(Simulation simulation, long seed, Simulation.Result found, PrintStream out) {
        Simulation.Result again = simulation.replay(seed, mutant);
        Violation violation = again.violation();
        if (violation == null || again.hash() != found.hash()) {
            out.println("seed " + seed + " did not go the same way when it was run again; what it came to first: "
                    + found.violation());
        }
        if (violation != null) {
            violation.trace().forEach(out::println);
            out.println("seed " + seed + ": " + violation.what());
            out.println("Again: ./holdfast simulate --seeds 1 --seed " + seed
                    + (mutant == Mutant.NONE ? "" : " --mutant " + mutant.word()));
        }
    }
}

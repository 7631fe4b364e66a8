package org.holdfast.cli.internal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Runs a command line once more, in a process with all the memory it may want. The start script gives a backup little,
 * because nearly every backup needs little and memory is what a protected server misses first; a directory with a
 * million entries is the exception.
 */
public final class MoreMemory {
    /** Set for the second process, so that there is no third. */
    static final String RAISED = "HOLDFAST_MEMORY_RAISED";

    private final Map<String, String> variables;
    private final String mainClass;

    /**
     * @param variables environment variables
     * @param mainClass what to run
     */
    public MoreMemory(Map<String, String> variables, String mainClass) {
        this.variables = variables;
        this.mainClass = mainClass;
    }

    /**
     * Runs the command line in another process, with this one's input and output, and waits for it.
     *
     * @return its exit code, or nothing when this is the second process already or another one cannot be started
     */
    OptionalInt run(List<String> arguments) {
        var java = ProcessHandle.current().info().command();
        if (variables.containsKey(RAISED) || java.isEmpty()) {
            return OptionalInt.empty();
        }
        var builder = new ProcessBuilder(command(java.get(), ManagementFactory.getRuntimeMXBean().getInputArguments(),
                System.getProperty("java.class.path"), arguments)).inheritIO();
        builder.environment().put(RAISED, "yes");
        try {
            return OptionalInt.of(builder.start().waitFor());
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** The command line of the second process: without what limits the heap and what depends on the limit. */
    List<String> command(String java, List<String> options, String classPath, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(java);
        options.stream().filter(o -> !o.startsWith("-Xmx") && !o.startsWith("-Xms") && !o.startsWith("-XX:AOTCache"))
                .forEach(command::add);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return command;
    }
}

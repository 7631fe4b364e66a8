package org.holdfast.cli.internal;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

import org.holdfast.api.CancelToken;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.api.vault.VaultService;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.input.TerminalPrompt;

/** The environment of this process. */
public final class ProcessEnvironment {
    private ProcessEnvironment() {
    }

    /**
     * Takes streams, variables, directory and terminal of this process.
     *
     * @param vaults makes the vault service
     * @param plugged commands of other bundles
     * @param clock wall clock
     * @param cancel set on Ctrl-C
     * @param version version of the program
     */
    public static Environment create(Supplier<VaultService> vaults, List<CliCommand> plugged, Clock clock,
            CancelToken cancel, Supplier<String> version) {
        return new Environment(vaults, plugged, clock, ZoneId.systemDefault(), System.getenv(),
                NativePaths.currentDirectory(), System.in, new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err), isTerminal(1), isTerminal(2), new TerminalPrompt(), cancel,
                version);
    }

    /** Whether a descriptor of this process is a terminal. */
    private static boolean isTerminal(int descriptor) {
        if (File.separatorChar == '/') {
            try {
                var target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor))).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                // Not Linux: the JDK knows only about input and output together.
            }
        }
        return System.console() != null;
    }
}

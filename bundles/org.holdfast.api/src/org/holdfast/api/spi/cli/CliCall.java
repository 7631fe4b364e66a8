package org.holdfast.api.spi.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.OpenVault;
import org.osgi.annotation.versioning.ProviderType;

/** One call of a command: what was given, and where results go. */
@ProviderType
public interface CliCall {
    /** Whether a flag was given. */
    boolean flag(String option);

    /** The value of an option, or null when it was not given. */
    @Nullable
    String value(String option);

    /** All values of a repeatable option in the order given. */
    List<String> values(String option);

    /** All that was given for an operand. */
    List<String> operands(String label);

    /** The first that was given for an operand, or null. */
    default @Nullable String operand(String label) {
        var all = operands(label);
        return all.isEmpty() ? null : all.getFirst();
    }

    /**
     * Turns an option's value or an operand into an absolute path of this machine, byte for byte as it was typed;
     * relative ones are below the current directory.
     */
    RawPath path(String text);

    /** Whether the result is wanted as JSON on {@link #out()}. */
    boolean json();

    /** Results, UTF-8. A reader that went away is not an error. */
    PrintWriter out();

    /** Messages for the person, UTF-8. */
    PrintWriter err();

    /** Shows progress and warnings in the way the person asked for. */
    ProgressSink progress();

    /** Set when the person asks to stop. */
    CancelToken cancel();

    /** Wall clock. */
    Clock clock();

    /**
     * Opens a vault with the passphrase or recovery key the options name, or asks for the passphrase. The caller
     * closes it.
     */
    OpenVault open(String location);
}

package org.holdfast.cli.internal;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.api.vault.VaultService;
import org.holdfast.cli.internal.input.Prompt;

/**
 * All a call of the command line takes from outside, so that a test can give something else.
 *
 * @param vaults makes the vault service, once and only when a command needs it: help must not load the engine
 * @param plugged commands of other bundles
 * @param clock wall clock
 * @param zone time zone for people
 * @param variables environment variables
 * @param directory current directory, absolute
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param outTerminal whether a person reads the output as it comes
 * @param errTerminal whether progress may be drawn on standard error
 * @param prompt asks for a passphrase
 * @param cancel set when the person presses Ctrl-C
 * @param version name and version of the program
 */
public record Environment(Supplier<VaultService> vaults, List<CliCommand> plugged, Clock clock, ZoneId zone,
        Map<String, String> variables, RawPath directory, InputStream in, OutputStream out, OutputStream err,
        boolean outTerminal, boolean errTerminal, Prompt prompt, CancelToken cancel, Supplier<String> version) {
}

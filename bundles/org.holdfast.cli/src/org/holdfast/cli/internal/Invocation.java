package org.holdfast.cli.internal;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.cli.CliCall;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.VaultService;
import org.holdfast.cli.internal.input.Amounts;
import org.holdfast.cli.internal.input.KeyVaultPassphrases;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.input.Secrets;
import org.holdfast.cli.internal.output.EventReporter;
import org.holdfast.cli.internal.output.Json;
import org.holdfast.cli.internal.output.PipeStream;
import org.holdfast.cli.internal.output.Reporter;
import org.holdfast.cli.internal.output.TextReporter;
import org.holdfast.keys.azure.KeyVaultWrapper;

/** One call of a command, with what our own commands need beyond {@link CliCall}. */
public final class Invocation implements CliCall {
    private static final int COLUMNS = 80;

    private final Environment environment;
    private final Arguments arguments;
    private final PipeStream outStream;
    private final PrintWriter out;
    private final PrintWriter err;
    private final long started = System.nanoTime();
    private Json json;
    private Reporter reporter;
    private VaultService vaults;

    Invocation(Environment environment, Arguments arguments, PipeStream outStream, PrintWriter out, PrintWriter err) {
        this.environment = environment;
        this.arguments = arguments;
        this.outStream = outStream;
        this.out = out;
        this.err = err;
    }

    @Override
    public boolean flag(String option) {
        return arguments.has(option);
    }

    @Override
    public String value(String option) {
        return arguments.value(option);
    }

    @Override
    public List<String> values(String option) {
        return arguments.values(option);
    }

    @Override
    public List<String> operands(String label) {
        return arguments.operands(label);
    }

    @Override
    public RawPath path(String text) {
        return NativePaths.typed(text, environment.directory());
    }

    @Override
    public boolean json() {
        return flag(CommonOptions.JSON);
    }

    /** Whether only warnings and errors are wanted. */
    public boolean quiet() {
        return flag(CommonOptions.QUIET);
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public PrintWriter err() {
        return err;
    }

    /** Writes JSON to standard output. */
    public Json jsonOut() {
        if (json == null) {
            json = new Json(outStream);
        }
        return json;
    }

    /** Whether nobody reads the output any more, so that a listing can stop. */
    public boolean outputGone() {
        return outStream.failure() != null;
    }

    /** Whether a person reads the output as it comes. */
    public boolean outTerminal() {
        return environment.outTerminal();
    }

    @Override
    public Reporter progress() {
        if (reporter == null) {
            reporter = json() ? new EventReporter(jsonOut(), quiet())
                    : new TextReporter(err, environment.errTerminal(), quiet(), columns(), System::nanoTime);
        }
        return reporter;
    }

    /** Removes what was drawn only for the moment. */
    void endProgress() {
        if (reporter != null) {
            reporter.end();
        }
    }

    private int columns() {
        var given = environment.variables().get("COLUMNS");
        try {
            return given == null ? COLUMNS : Math.clamp(Integer.parseInt(given.strip()), 20, 500);
        } catch (NumberFormatException e) {
            return COLUMNS;
        }
    }

    @Override
    public CancelToken cancel() {
        return environment.cancel();
    }

    @Override
    public Clock clock() {
        return environment.clock();
    }

    /** Time zone for people. */
    public ZoneId zone() {
        return environment.zone();
    }

    /** How long this call has been running. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** All that was taken from outside. */
    public Environment environment() {
        return environment;
    }

    /** The services of the engine. */
    public VaultService vaults() {
        if (vaults == null) {
            vaults = environment.vaults().get();
        }
        return vaults;
    }

    /** The whole number given for an option, or a default. */
    public int number(String option, int min, int max, int otherwise) {
        var text = value(option);
        return text == null ? otherwise : Amounts.number(option, text, min, max);
    }

    /** The size given for an option, or -1. */
    public long size(String option) {
        var text = value(option);
        return text == null ? -1 : Amounts.size(option, text);
    }

    /** The time given for an option, or null; see {@link Amounts#time}. */
    public Instant time(String option, boolean endOfDay, int sign) {
        var text = value(option);
        return text == null ? null
                : Amounts.time(option, text, ZonedDateTime.ofInstant(clock().instant(), zone()), endOfDay, sign);
    }

    /** The location of a vault: a path is made absolute, anything else is left to the store that knows it. */
    public String location(String text) {
        if (text.contains("://")) {
            return text;
        }
        return NativePaths.path(path(text)).toString();
    }

    /** Reads secrets from the places this call may use. */
    public Secrets secrets() {
        return new Secrets(environment.variables(), environment.in(), environment.prompt());
    }

    /** Whether something other than a prompt says where the passphrase or recovery key is. */
    public boolean hasSecret() {
        return sources("--").size() > 0 || environment.variables().containsKey(CommonOptions.PASSPHRASE_FILE_VARIABLE);
    }

    /**
     * The passphrase for the vault, to be wiped by the caller.
     *
     * @param create whether it is a new one: a prompt asks twice
     */
    public char[] passphrase(boolean create) {
        var given = secret("--");
        if (given != null) {
            return given;
        }
        var file = environment.variables().get(CommonOptions.PASSPHRASE_FILE_VARIABLE);
        if (file != null && !file.isEmpty()) {
            return secrets().file(NativePaths.path(path(file)));
        }
        return create ? secrets().askTwice("New passphrase (at least 16 characters): ", "The same again: ")
                : secrets().ask("Passphrase: ");
    }

    /** The passphrase that is to replace the present one, to be wiped by the caller. */
    public char[] newPassphrase() {
        var given = secret(CommonOptions.NEW_PREFIX);
        return given != null ? given
                : secrets().askTwice("New passphrase (at least 16 characters): ", "The same again: ");
    }

    private List<String> sources(String prefix) {
        return List
                .of("passphrase-file", "passphrase-env", "passphrase-fd", "passphrase-key-vault", "recovery-key-file",
                        "key-vault-key")
                .stream()
                .map(prefix::concat).filter(arguments::has).toList();
    }

    /** What the options say, or null when they say nothing. */
    private char[] secret(String prefix) {
        var given = sources(prefix);
        if (given.size() > 1) {
            throw usage(String.join(" and ", given) + " cannot be used together.");
        }
        if (given.isEmpty()) {
            return null;
        }
        var option = given.getFirst();
        var value = value(option);
        if (option.endsWith("env")) {
            return secrets().variable(value);
        }
        if (option.endsWith("key-vault-key")) {
            throw usage(option + " gives no passphrase; it opens a vault that has a key slot of that key.");
        }
        if (option.endsWith("key-vault")) {
            return new KeyVaultPassphrases(environment.variables()).newest(value);
        }
        if (option.endsWith("fd")) {
            return secrets().descriptor(Amounts.number(option, value, 0, 65_535));
        }
        return secrets().file(NativePaths.path(path(value)));
    }

    @Override
    public OpenVault open(String location) {
        var place = location(location);
        if (flag(CommonOptions.RECOVERY_KEY_FILE)) {
            var key = secret("--");
            try {
                return vaults().openWithRecoveryKey(place, new String(key));
            } finally {
                Arrays.fill(key, '\0');
            }
        }
        if (flag(CommonOptions.PASSPHRASE_KEY_VAULT) && sources("--").size() == 1) {
            return new KeyVaultPassphrases(environment.variables()).open(value(CommonOptions.PASSPHRASE_KEY_VAULT),
                    vaults(), place);
        }
        if (flag(CommonOptions.KEY_VAULT_KEY) && sources("--").size() == 1) {
            return vaults().openWithKeyService(place, value(CommonOptions.KEY_VAULT_KEY),
                    new KeyVaultWrapper(environment.variables()));
        }
        // A vault that is not there should be told before somebody types a passphrase for it.
        if (!hasSecret()) {
            vaults().inspect(place);
        }
        var passphrase = passphrase(false);
        try {
            return vaults().open(place, passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** A mistake in the use of the command line. */
    public static HoldfastException usage(String message) {
        return new HoldfastException(Problem.INVALID_REQUEST, message, "Use --help to see how.");
    }
}

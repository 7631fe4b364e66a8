package org.holdfast.agent.internal.program;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.keys.Generated;
import org.holdfast.agent.internal.register.PassphraseChange;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives this server another passphrase. */
@Command(name = "passphrase", description = "Gives this server another passphrase; the old one opens nothing any more,"
        + " recovery keys go on. The agent must not run.")
final class PassphraseCommand extends AgentCommand {
    @ArgGroup(exclusive = true)
    private @Nullable Source source;

    /** Where the new one is kept: a place where none is yet, or one that keeps versions. */
    @Mixin
    private KeyPlace place = new KeyPlace();

    /** Where the passphrase comes from; without either it is asked for twice. */
    static final class Source {
        @Option(names = "--passphrase-file", paramLabel = "FILE", description = "File with the new passphrase.")
        private @Nullable Path file;

        @Option(names = "--generate-passphrase",
                description = "Makes a passphrase and shows it once; in a Key Vault it is not shown but kept.")
        private boolean generate;
    }

    @Override
    public Integer call() throws Exception {
        AgentHome home = home();
        registered(home);
        try (AutoCloseable lock = home.lock()) {
            if (lock == null) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "An agent runs for '" + home.root() + "'.",
                        "Stop it first.");
            }
            String before = home.registration().orElseThrow().keyHolder();
            String wanted = place.location(KeyPlace.isKeyVault(before) ? before : "");
            if (wanted.isEmpty()) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "It is not said where the new passphrase is to be"
                        + " kept.", "Give --key-location or --key-vault.");
            }
            boolean generated = source != null && source.generate && !KeyPlace.isKeyVault(wanted);
            char[] fresh = passphrase();
            try {
                Registration after = new PassphraseChange(home, environment().maker().parts(home)).change(wanted,
                        place.recover(), fresh, step -> err().println(step + "..."));
                tell(after, generated ? new String(fresh) : null);
            } finally {
                Arrays.fill(fresh, '\0');
            }
        }
        return Program.DONE;
    }

    private char[] passphrase() {
        var input = new PassphraseInput(environment());
        if (source != null && source.file != null) {
            return input.file(source.file);
        }
        return source != null && source.generate ? Generated.passphrase() : input.askNew();
    }

    private void tell(Registration after, @Nullable String generated) {
        if (json()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("serverId", after.serverId());
            facts.put("keyLocation", after.keyHolder());
            if (generated != null) {
                facts.put("passphrase", generated);
            }
            json(facts);
            return;
        }
        if (generated != null) {
            out().println("Passphrase: " + generated);
        }
        out().println("The passphrase is changed and kept at " + KeyPlace.shown(after.keyHolder())
                + ". Keep a copy somewhere else: without it nobody can restore anything.");
    }
}

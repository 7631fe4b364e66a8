package org.holdfast.cli.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.api.vault.VaultService;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Runs command lines in this process and keeps what they write. */
final class Run {
    static final ObjectMapper JSON = new ObjectMapper();

    final FakeVaults vaults = new FakeVaults();
    final Map<String, String> variables = new HashMap<>();
    final List<CliCommand> plugged = new ArrayList<>();
    final CancelToken cancel = new CancelToken();
    /** What a person types at the prompts, in order. */
    final ArrayDeque<String> typed = new ArrayDeque<>();
    /** What the prompts said. */
    final List<String> asked = new ArrayList<>();
    final List<char[]> handedOut = new ArrayList<>();
    Clock clock = Clock.fixed(Samples.TIME, ZoneOffset.UTC);
    ZoneId zone = ZoneOffset.UTC;
    String input = "";
    boolean terminal;
    RawPath directory = RawPath.of("/here");
    OutputStream outOverride;
    VaultService service = vaults;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** With the passphrase in a variable. */
    static Run withPassphrase() {
        var run = new Run();
        run.variables.put("PASS", FakeVaults.PASSPHRASE);
        return run;
    }

    /** Runs one command line. */
    int run(String... arguments) {
        out.reset();
        err.reset();
        var environment = new Environment(() -> service, plugged, clock, zone,
                variables,
                directory, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                outOverride == null ? out : outOverride, err, terminal, terminal, this::prompt, cancel, () -> "1.2.3");
        return new App(environment).run(List.of(arguments));
    }

    /** Runs a command that opens the vault, with the right passphrase. */
    int open(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--passphrase-env", "PASS"));
        return run(all.toArray(String[]::new));
    }

    private char[] prompt(String text) {
        asked.add(text);
        var answer = typed.poll();
        if (answer == null) {
            return null;
        }
        handedOut.add(answer.toCharArray());
        return handedOut.getLast();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Standard output as one JSON document. */
    JsonNode json() throws IOException {
        return JSON.readTree(out());
    }

    /** Standard output as one JSON object a line. */
    List<JsonNode> events() throws IOException {
        var result = new ArrayList<JsonNode>();
        for (var line : out().split("\n")) {
            result.add(JSON.readTree(line));
        }
        return result;
    }
}

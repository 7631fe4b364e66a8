package org.holdfast.agent.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.holdfast.protocol.common.Json;

/**
 * Runs a fleet against a new vault node and prints what it has seen, one JSON document a line for each part of the
 * run. After each it waits for a line on its standard input, so that who has started it can look at the vault in
 * between; the end of the input ends it.
 */
public final class Simulator {
    private final Options options;
    private final PrintStream out;
    private final BufferedReader in;

    /**
     * What to do.
     *
     * @param host of the vault
     * @param port of the vault
     * @param authority file with the certificate of its authority
     * @param user name of its first administrator
     * @param secret that administrator's one-time secret
     * @param agents how many
     * @param atOnce how many register at once
     * @param seconds how long to measure
     * @param warmUp seconds before that
     * @param heartbeats all agents together, a second
     * @param events reports of jobs a second
     * @param requests backups that people ask for a second; as many jobs fewer are begun by agents
     * @param pause milliseconds between two reports of a job
     * @param version that agents say they have
     */
    public record Options(String host, int port, Path authority, String user, String secret, int agents, int atOnce,
            int seconds, int warmUp, double heartbeats, double events, double requests, int pause,
            String version) {
        static Options of(Map<String, String> words) {
            return new Options(words.get("host"), Integer.parseInt(words.get("port")),
                    Path.of(words.get("authority")), words.get("user"), words.get("secret"), number(words, "agents"),
                    number(words, "at-once"), number(words, "seconds"), number(words, "warm-up"),
                    Double.parseDouble(words.get("heartbeats")), Double.parseDouble(words.get("events")),
                    Double.parseDouble(words.get("requests")), number(words, "pause"), words.get("version"));
        }

        private static int number(Map<String, String> words, String name) {
            return Integer.parseInt(words.get(name));
        }

        /** How long a poll waits so that all together give the wanted number of heartbeats, 1 to 60 seconds. */
        int waitSeconds() {
            return Math.clamp((long) (agents / heartbeats - 0.25), 1, 60);
        }
    }

    Simulator(Options options, BufferedReader in, PrintStream out) {
        this.options = options;
        this.in = in;
        this.out = out;
    }

    /** Runs; the arguments are {@code name=value}, the secret comes as the first line of the input. */
    public static void main(String[] arguments) throws Exception {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var words = new LinkedHashMap<String, String>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            words.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        words.put("secret", in.readLine());
        new Simulator(Options.of(words), in, System.out).run();
    }

    void run() throws IOException, GeneralSecurityException, InterruptedException {
        var endpoint = new Connection.Endpoint(options.host(), options.port());
        var trust = new Trust(Files.readString(options.authority()));
        var settings = new Fleet.Settings(options.version(), options.waitSeconds(),
                TimeUnit.MILLISECONDS.toNanos(options.pause()), 64 << 10, 0);
        try (var people = new People(List.of(endpoint), trust, options.user(), options.secret());
                var fleet = new Fleet(settings, List.of(endpoint), trust)) {
            fleet.token(people.credentials(options.agents()));
            tell("ready", fleet, Map.of("waitSeconds", options.waitSeconds()));
            register(fleet);
            load(people, fleet);
            policy(people, fleet);
        }
    }

    private void register(Fleet fleet) throws IOException, InterruptedException {
        long began = System.nanoTime();
        int registered = fleet.register(options.agents(), options.atOnce());
        double seconds = (System.nanoTime() - began) / 1e9;
        var figures = new LinkedHashMap<String, Object>();
        figures.put("registered", registered);
        figures.put("seconds", seconds);
        figures.put("perSecond", registered / seconds);
        figures.put("enrol", fleet.figures().enrol.summary());
        figures.put("register", fleet.figures().register.summary());
        tell("registered", fleet, figures);
        if (registered < options.agents()) {
            throw new IOException("only " + registered + " of " + options.agents() + " agents could register: "
                    + fleet.figures().failures());
        }
    }

    private void load(People people, Fleet fleet) throws IOException {
        try (var load = new Load(fleet, people, options.events(), options.requests())) {
            Fleet.pauseUntil(System.nanoTime() + TimeUnit.SECONDS.toNanos(options.warmUp()));
            fleet.figures().clear();
            tell("warm", fleet, Map.of());
            fleet.figures().clear();
            long began = System.nanoTime();
            Fleet.pauseUntil(began + TimeUnit.SECONDS.toNanos(options.seconds()));
            tell("loaded", fleet, fleet.figures().summary((System.nanoTime() - began) / 1e9));
        }
    }

    private void policy(People people, Fleet fleet) throws IOException {
        String reason = "&filter=reason~=never";
        Latencies arrival = fleet.awaitPolicy();
        long began = System.nanoTime();
        long deadline = began + TimeUnit.MINUTES.toNanos(3);
        fleet.figures().clear();
        people.protectAll("/srv");
        double asked = (System.nanoTime() - began) / 1e9;
        long told = 0;
        while (told < options.agents() && System.nanoTime() < deadline) {
            Fleet.pauseUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100));
            told = arrival.count();
        }
        double arrived = (System.nanoTime() - began) / 1e9;
        long open = people.servers("&filter=policy=daily");
        var figures = new LinkedHashMap<String, Object>(arrival.summary());
        figures.put("requestSeconds", asked);
        figures.put("arrivedSeconds", arrived);
        figures.put("following", open);
        figures.put("unprotected", people.servers(reason));
        figures.put("shownSeconds", (System.nanoTime() - began) / 1e9);
        tell("policy", fleet, figures);
    }

    private void tell(String part, Fleet fleet, Map<String, ?> figures) throws IOException {
        var line = new LinkedHashMap<String, Object>();
        line.put("part", part);
        line.putAll(figures);
        line.put("failures", fleet.figures().failures());
        out.println(Json.text(line));
        out.flush();
        if (in.readLine() == null) {
            throw new IOException("nobody is interested any more");
        }
    }
}

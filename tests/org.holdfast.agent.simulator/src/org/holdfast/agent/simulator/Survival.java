package org.holdfast.agent.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.holdfast.protocol.common.Json;

/**
 * Runs a fleet against several nodes while somebody else kills them, and looks afterwards whether everything that a
 * node has said yes to is there. Speaks like {@link Simulator}: a JSON document for each part, a line to go on.
 */
public final class Survival {
    private static final long SETTLES = TimeUnit.SECONDS.toNanos(100);
    private static final Set<String> FINAL = Set.of("done", "done-with-warnings", "failed", "cancelled", "interrupted");

    private final Options options;
    private final BufferedReader in;
    private final PrintStream out;

    /**
     * What to do.
     *
     * @param ports of the nodes on 127.0.0.1
     * @param authority file with the certificate of their authority
     * @param user name of the first administrator
     * @param secret that administrator's one-time secret
     * @param agents how many
     * @param atOnce how many register at once
     * @param seconds how long the nodes are killed
     * @param waits seconds that a poll waits
     * @param events reports of jobs a second
     * @param requests backups that people ask for a second
     * @param pause milliseconds between two reports of a job
     * @param version that agents say they have
     */
    public record Options(List<Integer> ports, Path authority, String user, String secret, int agents, int atOnce,
            int seconds, int waits, double events, double requests, int pause, String version) {
        /** Copies. */
        public Options {
            ports = List.copyOf(ports);
        }

        static Options of(Map<String, String> words, String secret) {
            var ports = new ArrayList<Integer>();
            for (String port : words.get("ports").split(",")) {
                ports.add(Integer.parseInt(port));
            }
            return new Options(ports, Path.of(words.get("authority")), words.get("user"), secret,
                    Integer.parseInt(words.get("agents")), Integer.parseInt(words.get("at-once")),
                    Integer.parseInt(words.get("seconds")), Integer.parseInt(words.get("wait")),
                    Double.parseDouble(words.get("events")), Double.parseDouble(words.get("requests")),
                    Integer.parseInt(words.get("pause")), words.get("version"));
        }
    }

    Survival(Options options, BufferedReader in, PrintStream out) {
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
        new Survival(Options.of(words, in.readLine()), in, System.out).run();
    }

    void run() throws IOException, GeneralSecurityException, InterruptedException {
        List<Connection.Endpoint> endpoints = options.ports().stream()
                .map(port -> new Connection.Endpoint("127.0.0.1", port)).toList();
        var trust = new Trust(Files.readString(options.authority()));
        var settings = new Fleet.Settings(options.version(), options.waits(),
                TimeUnit.MILLISECONDS.toNanos(options.pause()), 64 << 10, TimeUnit.SECONDS.toNanos(90));
        try (var people = new People(endpoints, trust, options.user(), options.secret());
                var fleet = new Fleet(settings, endpoints, trust)) {
            fleet.token(people.credentials(options.agents()));
            tell("ready", fleet, Map.of());
            int registered = fleet.register(options.agents(), options.atOnce());
            tell("registered", fleet, Map.of("registered", registered));
            if (registered < options.agents()) {
                throw new IOException("only " + registered + " agents could register: "
                        + fleet.figures().failures());
            }
            fleet.ledger().begin();
            try (var load = new Load(fleet, people, options.events(), options.requests())) {
                Fleet.pauseUntil(System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds()));
            }
            List<Ledger.Second> seconds = fleet.ledger().seconds();
            fleet.awaitIdle(SETTLES);
            tell("survived", fleet, judge(people, fleet, seconds));
        }
    }

    private Map<String, Object> judge(People people, Fleet fleet, List<Ledger.Second> seconds) throws IOException {
        Map<String, String> ended = fleet.ledger().jobs();
        Map<String, String> states = settled(people, ended);
        var untrue = new ArrayList<String>();
        var count = new TreeMap<String, Integer>();
        states.forEach((job, state) -> {
            count.merge(state, 1, Integer::sum);
            String said = ended.get(job);
            if (said != null ? !state.equals(said) : !FINAL.contains(state)) {
                untrue.add(job + " is " + state + ", its agent said " + said);
            }
        });
        ended.keySet().stream().filter(job -> !states.containsKey(job))
                .forEach(job -> untrue.add(job + " is not known any more"));
        Set<String> there = new HashSet<>(people.all("/points", "id", "id").keySet());
        List<String> lost = fleet.ledger().points().keySet().stream().filter(id -> !there.contains(id)).toList();
        var figures = new LinkedHashMap<String, Object>();
        figures.put("jobs", states.size());
        figures.put("jobsEnded", ended.size());
        figures.put("states", count);
        figures.put("untrue", untrue);
        figures.put("points", fleet.ledger().points().size());
        figures.put("lost", lost);
        figures.put("timeline", seconds);
        return figures;
    }

    /** Jobs with their states, when none is under way any more or that takes too long. */
    private static Map<String, String> settled(People people, Map<String, String> ended) throws IOException {
        long end = System.nanoTime() + SETTLES;
        while (true) {
            Map<String, String> states = people.all("/jobs", "id", "state");
            if (System.nanoTime() > end || states.values().stream().allMatch(FINAL::contains)
                    && states.keySet().containsAll(ended.keySet())) {
                return states;
            }
            Fleet.pauseUntil(System.nanoTime() + TimeUnit.SECONDS.toNanos(2));
        }
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

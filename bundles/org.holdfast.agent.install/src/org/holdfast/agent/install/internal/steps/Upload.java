package org.holdfast.agent.install.internal.steps;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.holdfast.agent.install.AgentPackage;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.internal.StepFailedException;
import org.holdfast.agent.install.internal.ssh.RootShell;
import org.holdfast.agent.install.internal.ssh.RootShell.Answer;

/** Brings a package to a host: once, whole, and after an interruption from where that was. */
final class Upload {
    private static final Duration WITHIN = Duration.ofHours(4);
    private static final int BLOCK = 64 * 1024;
    private static final int ALL = 100;

    private final AgentPackage chosen;
    private final BooleanSupplier stopped;
    private final Track track;

    Upload(AgentPackage chosen, BooleanSupplier stopped, Track track) {
        this.chosen = chosen;
        this.stopped = stopped;
        this.track = track;
    }

    /** What the script has to know. */
    Map<String, String> values() {
        return Map.of("name", chosen.name(), "size", Long.toString(chosen.size()), "sum", chosen.sha256());
    }

    void run(RootShell shell, Map<String, String> values) throws StepFailedException {
        Answer answer = shell.run(Scripts.UPLOAD, values, this::send, track::log, WITHIN);
        if (stopped.getAsBoolean() && answer.code() != 0) {
            throw new StepFailedException(Outcome.STOPPED, "stopped while the package was being brought",
                    "Resume it; it goes on where it was.");
        }
        String result = String.valueOf(answer.fact("result"));
        switch (result) {
            case "there" -> track.log("The package is there already");
            case "arrived" -> track.log("The package has arrived");
            case "full" -> throw new StepFailedException(Outcome.NO_ROOM, "the disk became full while the package was"
                    + " being brought: " + answer.words(), "Make room there.");
            case "short" -> throw new StepFailedException(Outcome.CONNECTION_LOST, "the package has not arrived whole",
                    "Try again; it goes on where it was.");
            case "altered" -> throw new StepFailedException(Outcome.UPLOAD_FAILED,
                    "what has arrived is not the package:"
                            + " its checksum differs",
                    "Try again; if it happens twice, look at disk and memory there.");
            default -> throw new StepFailedException(Outcome.UPLOAD_FAILED, "the package could not be brought: "
                    + answer.words(), "See what the host says.");
        }
    }

    private void send(OutputStream out, Map<String, List<String>> facts) throws IOException {
        List<String> told = facts.getOrDefault("offset", List.of("0"));
        long at = Long.parseLong(told.getLast());
        if (at > 0) {
            track.log("Going on at " + at + " of " + chosen.size() + " bytes");
        }
        try (var in = Files.newInputStream(chosen.file())) {
            in.skipNBytes(at);
            var block = new byte[BLOCK];
            for (int n = in.read(block); n > 0 && !stopped.getAsBoolean(); n = in.read(block)) {
                out.write(block, 0, n);
                at += n;
                track.percent((int) (at * ALL / Math.max(1, chosen.size())));
            }
            out.flush();
        }
    }
}

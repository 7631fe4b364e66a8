package org.holdfast.agent.install.internal.steps;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.AgentPackage;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.internal.StepFailedException;
import org.holdfast.agent.install.internal.ssh.RootShell.Answer;

/** What was found on a host, and whether the agent can go there. */
final class Findings {
    /** What unpacking makes of an archive, at most; both lie side by side while it is installed. */
    private static final int UNPACKED = 3;
    private static final long SPARE = 64L << 20;
    private static final Duration SKEW_TOLD = Duration.ofMinutes(1);
    private static final Duration SKEW_REFUSED = Duration.ofDays(1);

    private final Answer answer;
    private final Clock clock;

    Findings(Answer answer, Clock clock) {
        this.answer = answer;
        this.clock = clock;
    }

    /** Version of the agent that is installed, or null. */
    @Nullable
    String version() {
        return answer.fact("version");
    }

    /** The registration that is there, or null. */
    @Nullable
    Registered registration() {
        return Registered.of(answer.fact("registration"));
    }

    boolean hasSystemd() {
        return answer.fact("systemd") != null;
    }

    /** One line for the log. */
    String words() {
        String version = version();
        return answer.fact("os") + " " + answer.fact("machine") + ", "
                + (version == null ? "no agent" : "agent " + version)
                + (hasSystemd() ? "" : ", no systemd");
    }

    /** The package for this host. */
    AgentPackage choose(List<AgentPackage> packages) throws StepFailedException {
        String os = String.valueOf(answer.fact("os"));
        String machine = String.valueOf(answer.fact("machine"));
        if (!os.equals("Linux")) {
            throw new StepFailedException(Outcome.UNSUPPORTED, "its system is " + os + "; only Linux is installed over"
                    + " SSH", "Take the package for its system and install it there.");
        }
        if (answer.fact("libc") != null) {
            throw new StepFailedException(Outcome.UNSUPPORTED, "its C library is musl; the package needs glibc",
                    "Use a distribution with glibc.");
        }
        return packages.stream().filter(one -> one.machine().equals(machine)).findFirst()
                .orElseThrow(() -> new StepFailedException(Outcome.UNSUPPORTED, "its processor is " + machine
                        + ", and there is no package for it", "Make a package on such a machine and give both."));
    }

    /** Whether the programs are there that the installation needs. */
    void requireTools() throws StepFailedException {
        List<String> missing = answer.all("missing");
        if (!missing.isEmpty()) {
            throw new StepFailedException(Outcome.TOOL_MISSING, "it lacks " + String.join(", ", missing),
                    "Install the packages of these programs there.");
        }
    }

    /** Whether there is room. */
    void requireRoom(AgentPackage chosen) throws StepFailedException {
        Room install = Room.of(answer.fact("free-install"));
        Room staging = Room.of(answer.fact("free-staging"));
        long program = chosen.size() * UNPACKED + SPARE;
        long brought = chosen.size() * (UNPACKED + 1);
        if (install.place.equals(staging.place)) {
            require(install, program + brought);
        } else {
            require(install, program);
            require(staging, brought);
        }
    }

    private static void require(Room room, long needed) throws StepFailedException {
        if (room.bytes >= 0 && room.bytes < needed) {
            throw new StepFailedException(Outcome.NO_ROOM, "there are " + (room.bytes >> 20) + " MB free on "
                    + room.place + ", " + (needed >> 20) + " MB are needed", "Make room there.");
        }
    }

    /** What is to be said of its clock, or null. */
    @Nullable
    String clock() throws StepFailedException {
        long seconds = answer.number("clock");
        if (seconds < 0) {
            return null;
        }
        Duration skew = Duration.between(clock.instant(), Instant.ofEpochSecond(seconds)).abs();
        if (skew.compareTo(SKEW_REFUSED) > 0) {
            throw new StepFailedException(Outcome.CLOCK_WRONG, "its clock differs from ours by " + skew.toDays()
                    + " days", "Set it, and keep it right with NTP; or look at the clock of this computer.");
        }
        return skew.compareTo(SKEW_TOLD) > 0 ? "its clock differs from ours by " + skew.toSeconds() + " seconds" : null;
    }

    /** What is to be said of the way to the vault, or null when an address answered. */
    @Nullable
    String way() throws StepFailedException {
        var failed = new ArrayList<String>();
        for (String probe : answer.all("probe")) {
            String[] words = probe.split(" ", 3);
            String detail = words.length > 2 ? words[2] : "";
            if (words[0].equals("ok")) {
                return null;
            }
            if (words[0].equals("failed")) {
                failed.add(words.length > 1 ? words[1] + " (" + detail + ")" : detail);
            }
        }
        if (failed.isEmpty()) {
            return "whether the vault answers from there could not be tried before the installation";
        }
        throw new StepFailedException(Outcome.VAULT_UNREACHABLE, "the vault does not answer from there: "
                + String.join(", ", failed), "Allow the way in the firewall, or give the proxy that it needs.");
    }

    /**
     * Free space.
     *
     * @param bytes or -1 when it is not known
     * @param place where the file system is mounted
     */
    private record Room(long bytes, String place) {
        static Room of(@Nullable String fact) {
            String[] words = fact == null ? new String[0] : fact.split(" ", 2);
            return words.length < 2 || !words[0].matches("\\d{1,16}") ? new Room(-1, "?")
                    : new Room(Long.parseLong(words[0]) << 10, words[1]);
        }
    }
}

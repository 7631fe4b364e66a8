package org.holdfast.agent.internal.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.jobs.JobContext;
import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobListener;
import org.holdfast.agent.internal.seed.SeedMaker;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Phase;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.Warning;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a first backup on a disk. */
@Command(name = "seed", description = "Makes the first backup into a folder on a disk, sealed, which is carried to the"
        + " vault and imported there ('holdfast server seed'); later backups send only what has changed. Run again, it"
        + " goes on where it was.")
final class SeedCommand extends AgentCommand {
    @Option(names = "--to", paramLabel = "DIR", required = true, description = "Folder on the disk.")
    private Path to = Path.of("");

    @Parameters(paramLabel = "PATH", arity = "0..*",
            description = "What to back up; without any, what the policy protects.")
    private List<Path> paths = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        AgentHome home = home();
        Registration registration = registered(home);
        Path folder = to.toAbsolutePath().normalize();
        var maker = new SeedMaker(home, registration, environment().maker().parts(home), folder);
        JobContext job = maker.job(paths.stream().map(p -> p.toAbsolutePath().normalize().toString()).toList(),
                new Teller());
        Thread watch = Thread.ofVirtual().start(() -> {
            try {
                environment().stopping().await();
                job.gate().cancel();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        SeedMaker.Made made;
        try {
            made = maker.make(job);
        } catch (InterruptedException e) {
            throw new HoldfastException(Problem.CANCELLED, "The seed was broken off.", "Run it again: it goes on.", e);
        } finally {
            watch.interrupt();
        }
        if (json()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("folder", folder.toString());
            facts.put("seed", made.statement());
            facts.put("result", made.backup());
            facts.put("warnings", job.warnings());
            json(facts);
        } else {
            out().println("Seed of server " + registration.serverId() + " in " + folder + ": "
                    + made.statement().points().size() + " recovery points, " + made.statement().objects()
                    + " objects, " + made.statement().bytes() + " bytes");
            out().println("Bring the folder into the folder 'seeds' of the vault node; there: holdfast server seed "
                    + registration.serverId() + " " + folder.getFileName());
            job.warnings().forEach((code, count) -> err().println("warning: " + code + ": " + count));
        }
        return made.warnings() > 0 ? Program.WARNINGS : Program.DONE;
    }

    /** Shows people how far it is. */
    private final class Teller implements JobListener {
        private @Nullable Phase phase;
        private long tenth = -1;

        @Override
        public void changed(JobEntry entry) {
            // There is one job, and it is followed to its end.
        }

        @Override
        public synchronized void progressed(String jobId, Progress now) {
            long part = now.bytesTotal() > 0 ? now.bytes() * 10 / now.bytesTotal() : -1;
            if (json() || now.phase() == phase && part == tenth) {
                return;
            }
            phase = now.phase();
            tenth = part;
            err().println(now.phase().name().toLowerCase(Locale.ROOT) + ": " + now.files() + " files, "
                    + now.bytes() / (1 << 20) + " MiB" + (part < 0 ? "" : ", " + part * 10 + " %"));
        }

        @Override
        public void warned(String jobId, Warning warning) {
            if (!json()) {
                err().println("warning: " + warning.path() + ": " + warning.reason());
            }
        }
    }
}

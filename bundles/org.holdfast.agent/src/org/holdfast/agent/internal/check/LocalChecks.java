package org.holdfast.agent.internal.check;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.keys.KeyHolders;
import org.holdfast.api.HoldfastException;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.x509.Pem;

/** What can be checked on this server alone. */
final class LocalChecks {
    private static final double CACHE_SHARE = 0.05;
    private static final long LEAST_CACHE = 100L << 20;
    private static final Duration MEASURING = Duration.ofSeconds(20);

    private final AgentHome home;
    private final KeyHolders keys;
    private final Clock clock;

    LocalChecks(AgentHome home, KeyHolders keys, Clock clock) {
        this.home = home;
        this.keys = keys;
        this.clock = clock;
    }

    List<CheckStep> run(@Nullable Registration registration, List<Path> selected) throws IOException {
        List<CheckStep> steps = new ArrayList<>();
        steps.add(rights());
        steps.add(folder());
        steps.add(cache(selected));
        if (registration != null) {
            steps.add(passphrase(registration));
            steps.add(certificate());
        }
        return steps;
    }

    private static CheckStep rights() {
        String user = System.getProperty("user.name", "");
        Path secret = Path.of("/etc/shadow");
        if (user.equals("root") || Files.isReadable(secret) || !Files.exists(secret)) {
            return CheckStep.ok("rights", "runs as " + user);
        }
        return CheckStep.warning("rights", "runs as " + user + ", who cannot read all files of this server",
                "Run the agent as root, or give its user the capability CAP_DAC_READ_SEARCH.");
    }

    private CheckStep folder() {
        Path probe = home.resolve("check-probe");
        try {
            org.holdfast.agent.internal.home.SafeFile.write(probe, new byte[] { 1 });
            Files.delete(probe);
            return CheckStep.ok("folder", home.root() + " can be written");
        } catch (IOException e) {
            return CheckStep.failed("folder", home.root() + " cannot be written: " + e.getMessage(),
                    "Check its permissions and the room on its disk.");
        }
    }

    private CheckStep cache(List<Path> selected) throws IOException {
        Path cache = home.cache();
        Path there = cache;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        long free = Files.getFileStore(there).getUsableSpace();
        var size = new Measure();
        boolean whole = true;
        for (Path path : selected) {
            whole &= size.add(path);
        }
        long wanted = Math.max(LEAST_CACHE, (long) (size.bytes * CACHE_SHARE));
        String facts = mib(free) + " free at " + cache + ", " + mib(wanted) + " wanted"
                + (selected.isEmpty() ? "" : ": 5 % of " + (whole ? "" : "at least ") + mib(size.bytes) + " selected");
        return free >= wanted ? CheckStep.ok("cache", facts)
                : CheckStep.warning("cache", facts, "Make room, or move the cache: 'cache move DIR'.");
    }

    private static String mib(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private CheckStep passphrase(Registration registration) {
        try {
            char[] passphrase = keys.read(registration.keyHolder());
            SecretBytes.wipe(passphrase);
            return CheckStep.ok("passphrase", "can be read from " + registration.keyHolder());
        } catch (HoldfastException e) {
            return CheckStep.failed("passphrase", String.valueOf(e.getMessage()), e.advice());
        }
    }

    private CheckStep certificate() {
        try {
            Instant until = Pem.certificates(Files.readString(home.chainFile())).getFirst().getNotAfter().toInstant();
            return until.isAfter(clock.instant()) ? CheckStep.ok("certificate", "valid until " + until)
                    : CheckStep.failed("certificate", "expired at " + until,
                            "Register again with --replace; the same passphrase keeps the history.");
        } catch (IOException | GeneralSecurityException e) {
            return CheckStep.failed("certificate", "cannot be read: " + e.getMessage(),
                    "Register again with --replace; the same passphrase keeps the history.");
        }
    }

    /** Adds file sizes up, for a while. */
    private static final class Measure extends SimpleFileVisitor<Path> {
        private final long end = System.nanoTime() + MEASURING.toNanos();
        private long bytes;

        boolean add(Path path) throws IOException {
            Files.walkFileTree(path, this);
            return System.nanoTime() - end < 0;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                bytes += attributes.size();
            }
            return System.nanoTime() - end < 0 ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}

package org.holdfast.agent.internal.seed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.holdfast.agent.internal.Parts;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.home.SafeFile;
import org.holdfast.agent.internal.jobs.BackupWork;
import org.holdfast.agent.internal.jobs.Domains;
import org.holdfast.agent.internal.jobs.HookRunner;
import org.holdfast.agent.internal.jobs.JobContext;
import org.holdfast.agent.internal.jobs.JobListener;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.jobs.Rates;
import org.holdfast.agent.internal.link.Connector;
import org.holdfast.agent.internal.link.Stores;
import org.holdfast.agent.internal.loop.PolicyStore;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.engine.DomainCopy;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.data.SeedStatement;
import org.holdfast.store.directory.DirectoryStoreProvider;

/**
 * Makes a first backup into a folder on a disk, sealed with the keys that the server has at its vault, and signs for
 * what is there. Made again in the same folder it stores what has changed; one that was broken off goes on.
 */
public final class SeedMaker {
    private static final List<String> CARRIED = List.of("data/", "meta/", "index/", "points/");

    private final AgentHome home;
    private final Registration registration;
    private final Parts parts;
    private final Path folder;
    private final String objects;
    private final DirectoryStoreProvider directories;

    /**
     * What was made.
     *
     * @param statement what the seed says
     * @param backup what the backup did
     * @param warnings how many files and other things were skipped
     */
    public record Made(SeedStatement statement, JobResult backup, long warnings) {
    }

    /** @param folder on the disk; made when it is not there */
    public SeedMaker(AgentHome home, Registration registration, Parts parts, Path folder) {
        this.home = home;
        this.registration = registration;
        this.parts = parts;
        this.folder = folder;
        objects = folder.resolve(SeedStatement.OBJECTS).toString();
        directories = new DirectoryStoreProvider(parts.clock());
    }

    /** The job for the backup; the caller may cancel it. */
    public JobContext job(List<String> items, JobListener listener) {
        return JobContext.alone(JobSpec.backup(UUID.randomUUID().toString(), JobTrigger.LOCAL, items, null),
                parts.clock(), listener);
    }

    /**
     * Makes the seed.
     *
     * @param job what to back up
     * @throws HoldfastException when it is not possible, or the backup fails
     */
    public Made make(JobContext job) throws Exception {
        SafeFile.createDirectory(folder);
        // From now on until the end there is no finished seed here.
        SafeFile.delete(folder.resolve(SeedStatement.FILE));
        copyDomain();
        var domains = new Domains(registration, parts.keys(), use -> directories.open(objects), parts.files());
        List<Path> neverSaved = BackupWork.ownFiles(home, registration);
        neverSaved.add(folder);
        // The policy's bandwidth is about the network.
        var rates = new Rates(() -> null, parts.clock(), parts.zone());
        JobResult result = new BackupWork(domains, new PolicyStore(home, parts.keys(), parts.zone()), rates,
                new HookRunner(home.hooks()), neverSaved).run(job);
        SeedStatement statement = contents(parts.clock());
        try (OpenVault vault = domains.browse(parts.clock())) {
            statement = statement.proven(vault.prove(SeedStatement.PURPOSE, statement.signed()));
        }
        SafeFile.write(folder.resolve(SeedStatement.FILE), Json.bytes(statement));
        return new Made(statement, result, job.warnings().values().stream().mapToLong(Long::longValue).sum());
    }

    private void copyDomain() throws IOException {
        var target = new Connector.Target(registration.addresses(), registration.ca(), home.chainFile(),
                home.keyFile());
        Stores remote = parts.connector().stores(target, UUID.randomUUID().toString());
        char[] passphrase = parts.keys().read(registration.keyHolder());
        try (BlobStore from = remote.open(Stores.Use.own("seed", null)); BlobStore to = openOrCreate()) {
            DomainCopy.make(from, to, passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private BlobStore openOrCreate() throws IOException {
        try {
            return directories.open(objects);
        } catch (NoSuchFileException e) {
            try {
                return directories.create(objects);
            } catch (FileAlreadyExistsException there) {
                throw new HoldfastException(Problem.VAULT_EXISTS, "There is something at '" + objects + "' already.",
                        "Choose another folder.", there);
            }
        }
    }

    private SeedStatement contents(Clock clock) throws IOException {
        List<ObjectInfo> all = new ArrayList<>();
        try (BlobStore store = directories.open(objects)) {
            for (String prefix : CARRIED) {
                store.list(prefix, all::add);
            }
        }
        all.sort(Comparator.comparing(ObjectInfo::name));
        var lines = new StringBuilder(all.size() * 90);
        all.forEach(o -> lines.append(o.name()).append(' ').append(o.size()).append('\n'));
        byte[] list = lines.toString().getBytes(StandardCharsets.US_ASCII);
        SafeFile.write(folder.resolve(SeedStatement.CONTENTS), list);
        List<String> points = all.stream().map(ObjectInfo::name).filter(n -> n.startsWith("points/"))
                .map(n -> n.substring("points/".length())).toList();
        String domain = registration.domainId();
        return new SeedStatement(SeedStatement.FORMAT, SeedStatement.VERSION, registration.vaultId(),
                registration.serverId(), domain == null ? "" : domain.toLowerCase(Locale.ROOT), clock.instant(),
                points, all.size(), all.stream().mapToLong(ObjectInfo::size).sum(), sha256(list), new byte[0]);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

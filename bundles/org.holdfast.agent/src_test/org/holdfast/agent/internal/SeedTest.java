package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.jobs.LateListener;
import org.holdfast.agent.internal.link.HttpConnector;
import org.holdfast.agent.internal.program.Environment;
import org.holdfast.agent.internal.program.Program;
import org.holdfast.agent.internal.seed.SeedMaker;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.vault.IfExists;
import org.holdfast.protocol.data.ImportSeed;
import org.holdfast.protocol.data.SeedImport;
import org.holdfast.protocol.data.SeedStatement;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.SeedRow;
import org.holdfast.vault.catalog.data.Seeds;
import org.holdfast.vault.data.CommitService;
import org.holdfast.vault.data.Keeper;
import org.holdfast.vault.data.ObjectService;
import org.holdfast.vault.data.SeedImports;
import org.holdfast.vault.enrol.Credentials;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.people.AuditLog;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first backup travels on a disk, against a vault node in this process. */
class SeedTest {
    private static final int NOISE = 6 << 20;

    private final TempTree tree = new TempTree();
    private final TestClock clock = TestClock.running();
    private VaultNode node;
    private UUID vault;
    private Machine machine;
    private UUID id;
    private Path disk;

    @BeforeEach
    void begin() throws IOException {
        node = VaultNode.in(tree.resolve("vault")).clock(clock).start();
        node.get(Vaults.class).create(CreateVault.of("main"));
        vault = node.get(Vaults.class).id("main");
        machine = machine("alpha");
        id = UUID.fromString(machine.register(machine.request(credentials(), Machine.PASSPHRASE)));
        Files.writeString(machine.data().resolve("a-telling-name.txt"), "Dear Anna, this is a secret of ours");
        var noise = new byte[NOISE];
        new Random(7).nextBytes(noise);
        Files.write(machine.data().resolve("noise.bin"), noise);
        disk = node.settings().seedFolder().resolve("alpha-1");
    }

    @AfterEach
    void end() {
        machine.close();
        node.close();
        tree.close();
    }

    private Machine machine(String name) throws IOException {
        return new Machine(tree.resolve(name), new HttpConnector(null, tree.resolve(name + "-cache")), clock);
    }

    private byte[] credentials() {
        return node.get(Credentials.class).create("main", new CreateCredentials(null, List.of(), 1, 5), "admin")
                .bytes();
    }

    private SeedMaker.Made seed(Machine of, Path folder) throws Exception {
        var maker = new SeedMaker(of.home, of.home.registration().orElseThrow(), of.parts(), folder);
        return maker.make(maker.job(List.of(of.data().toString()), new LateListener()));
    }

    private SeedImport imported() throws IOException {
        SeedImport begun = node.get(SeedImports.class).begin(vault, id, new ImportSeed(null, "alpha-1"), "admin");
        return ended(UUID.fromString(begun.id()));
    }

    private SeedImport ended(UUID which) {
        SeedImports imports = node.get(SeedImports.class);
        Await.until("imported", () -> !imports.get(vault, id, which).state().equals(SeedImport.RUNNING));
        return imports.get(vault, id, which);
    }

    private Path objects() {
        return node.settings().storeFolder().resolve(vault + "/" + id);
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
        }
    }

    private static Path aPack(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("objects/data"))) {
            return all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private String refused() {
        return assertThrows(Refusal.class, this::imported).code();
    }

    private JobEntry run(JobSpec spec) {
        machine.agent.submit(spec, null);
        Await.until("ended", () -> machine.agent.job(spec.id()).orElseThrow().state().isFinal());
        JobEntry entry = machine.agent.job(spec.id()).orElseThrow();
        assertEquals(JobState.DONE, entry.state(), String.valueOf(entry.failure()));
        return entry;
    }

    @Test
    void theNextBackupSendsOnlyWhatHasChanged() throws Exception {
        SeedMaker.Made made = seed(machine, disk);
        assertEquals(1, made.statement().points().size());
        try (Stream<Path> all = Files.walk(disk)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(text.contains("a-telling-name") || text.contains("a secret of ours"), file.toString());
            }
        }

        SeedImport done = imported();
        assertEquals(SeedImport.DONE, done.state(), done.message());
        assertEquals(made.statement().objects(), done.objects());
        assertEquals(1, done.points());
        assertTrue(node.get(AuditLog.class).list(ListRequest.all()).items().stream()
                .anyMatch(a -> a.action().equals("import-seed") && a.result().equals("ok")));

        long before = size(objects());
        assertTrue(before > NOISE);
        Files.writeString(machine.data().resolve("more.txt"), "more");
        machine.start();
        JobEntry entry = run(JobSpec.backup(UUID.randomUUID().toString(), JobTrigger.LOCAL,
                List.of(machine.data().toString()), null));
        assertEquals(1, entry.result().filesNew());
        assertEquals(2, entry.result().filesUnchanged());
        assertTrue(size(objects()) - before < 64 << 10, "sent " + (size(objects()) - before));

        // The point that came on the disk is as good as any.
        Path target = tree.resolve("restored");
        run(JobSpec.restore(UUID.randomUUID().toString(), JobTrigger.LOCAL, new JobSpec.Restore(null,
                made.backup().point(), List.of(), target.toString(), IfExists.SKIP, false, true, false, false, null)));
        assertArrayEquals(Files.readAllBytes(machine.data().resolve("noise.bin")),
                Files.readAllBytes(target.resolve("data/noise.bin")));
        assertEquals(SeedImport.DONE, imported().state());
    }

    @Test
    void anImportGoesOnAfterTheNodeWasKilled() throws Exception {
        SeedMaker.Made made = seed(machine, disk);
        Path pack = aPack(disk);
        try (var in = Files.newInputStream(pack)) {
            node.get(ObjectService.class).put(vault, id, "data/" + pack.getFileName(), Files.size(pack), in);
        }
        UUID running = UUID.randomUUID();
        node.get(Catalog.class).run(h -> Seeds.insert(h, new SeedRow(running, vault, id, "alpha-1",
                SeedImport.RUNNING, SeedRow.Amount.NONE, SeedRow.Amount.NONE, 0, clock.instant(), "admin", null, null,
                null)));
        node.close();

        node = VaultNode.in(tree.resolve("vault")).clock(clock).start();
        SeedImport done = ended(running);
        assertEquals(SeedImport.DONE, done.state(), done.message());
        assertEquals(made.statement().bytes(), done.bytes());
        assertEquals(0, node.get(CommitService.class).reconcile(vault, id));
    }

    @Test
    void aSeedThatDoesNotFitIsRefusedBeforeItsFirstByte() throws Exception {
        seed(machine, disk);
        node.get(Catalog.class).run(h -> DataServers.setQuota(h, id, (long) NOISE));
        assertEquals("quota-exceeded", imported().code());
        assertFalse(Files.exists(objects().resolve("data")) && size(objects().resolve("data")) > 0);

        node.get(Catalog.class).run(h -> DataServers.setQuota(h, id, 2L * NOISE));
        assertEquals(SeedImport.DONE, imported().state());
        // All of it is there, so it needs no room.
        node.get(Catalog.class).run(h -> DataServers.setQuota(h, id, 1L));
        assertEquals(SeedImport.DONE, imported().state());
    }

    @Test
    void anImportIsCancelledAtWorkAndInTheQueue() throws Exception {
        SeedImports imports = node.get(SeedImports.class);
        seed(machine, disk);
        try (Machine other = machine("beta")) {
            UUID second = UUID.fromString(other.register(other.request(credentials(), Machine.PASSPHRASE)));
            Files.writeString(other.data().resolve("letter.txt"), "Dear Carla");
            seed(other, node.settings().seedFolder().resolve("beta-1"));
            // What the seed says comes from a pipe, so the import stands still until something is written to it.
            Path file = disk.resolve(SeedStatement.FILE);
            byte[] said = Files.readAllBytes(file);
            Files.delete(file);
            assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
            Thread.ofVirtual().start(() -> write(file, said));
            UUID atWork = UUID.fromString(imports.begin(vault, id, new ImportSeed(null, "alpha-1"), "admin").id());
            UUID waiting = UUID.fromString(imports.begin(vault, second, new ImportSeed(null, "beta-1"), "admin").id());

            assertEquals(SeedImport.CANCELLED, imports.cancel(vault, second, waiting).state());
            assertEquals(SeedImport.RUNNING, imports.cancel(vault, id, atWork).state());
            write(file, said);
            assertEquals(SeedImport.CANCELLED, ended(atWork).state());
            assertEquals(0, imports.get(vault, id, atWork).points());
            assertEquals(0, node.get(CommitService.class).reconcile(vault, id));

            Files.delete(file);
            Files.write(file, said);
            assertEquals(SeedImport.DONE, imported().state());
            assertEquals(SeedImport.CANCELLED, imports.get(vault, second, waiting).state());
            assertEquals(SeedImport.CANCELLED, imports.cancel(vault, id, atWork).state());
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatRetentionIsAboutToRemoveIsNotReliedUpon() throws Exception {
        seed(machine, disk);
        Path pack = aPack(disk);
        String name = "data/" + pack.getFileName();
        try (var in = Files.newInputStream(pack)) {
            node.get(ObjectService.class).put(vault, id, name, Files.size(pack), in);
        }
        // Some backup is under way, so the pack that nothing needs is only marked.
        Path lease = objects().resolve("sessions/" + "0".repeat(32) + "-0");
        Files.createDirectories(lease.getParent());
        Files.write(lease, new byte[] { 1 });
        Files.setLastModifiedTime(lease, java.nio.file.attribute.FileTime.from(clock.instant()));
        assertEquals(1, node.get(Keeper.class).retain(id, RetentionRule.DEFAULT, clock.instant(), false)
                .packsPending());
        assertEquals("retention-running", imported().code());

        Files.delete(lease);
        assertEquals(SeedImport.DONE, imported().state());
        node.get(Keeper.class).retain(id, RetentionRule.DEFAULT, clock.instant(), false);
        assertEquals(Files.size(pack), node.get(ObjectService.class).size(vault, id, name));
    }

    @Test
    void aSeedThatGoesOnHasBothPoints() throws Exception {
        seed(machine, disk);
        Files.writeString(machine.data().resolve("more.txt"), "more");
        clock.advance(java.time.Duration.ofMinutes(1));

        SeedMaker.Made again = seed(machine, disk);

        assertEquals(2, again.statement().points().size());
        assertEquals(2, again.backup().filesUnchanged());
        assertEquals(2, imported().points());
    }

    @Test
    void whatIsNotWhatWasSignedIsRefused() throws Exception {
        assertEquals("invalid-request", refused());
        seed(machine, disk);
        Path pack = aPack(disk);
        byte[] sound = Files.readAllBytes(pack);

        byte[] altered = sound.clone();
        altered[altered.length / 2] ^= 1;
        Files.write(pack, altered);
        assertEquals("hash-mismatch", imported().code());
        Files.write(pack, java.util.Arrays.copyOf(sound, sound.length - 1));
        assertEquals("seed-incomplete", imported().code());
        Files.delete(pack);
        assertEquals("seed-incomplete", imported().code());
        assertEquals(0, node.get(CommitService.class).reconcile(vault, id));
        Files.write(pack, sound);

        Path list = disk.resolve(SeedStatement.CONTENTS);
        String lines = Files.readString(list);
        Files.writeString(list, lines.substring(lines.indexOf('\n') + 1));
        assertEquals("seed-altered", refused());
        Files.writeString(list, lines);
        Path file = disk.resolve(SeedStatement.FILE);
        String said = Files.readString(file);
        Files.writeString(file, said.replace("\"objects\":", "\"objects\":1"));
        assertEquals("seed-altered", refused());
        Files.writeString(file, said.substring(0, said.length() / 2));
        assertEquals("seed-altered", refused());
        Files.delete(file);
        assertEquals("seed-incomplete", refused());
        Files.writeString(file, said);
        assertEquals(SeedImport.DONE, imported().state());
    }

    @Test
    void theSeedOfAnotherServerIsRefused() throws Exception {
        try (Machine other = machine("beta")) {
            String otherId = other.register(other.request(credentials(), "another passphrase, long".toCharArray()));
            Files.writeString(other.data().resolve("letter.txt"), "Dear Carla");
            seed(other, disk);
            assertEquals("seed-of-another-server", refused());

            // Its words in another's name are not signed by that one.
            Path file = disk.resolve(SeedStatement.FILE);
            Files.writeString(file, Files.readString(file).replace(otherId, id.toString())
                    .replace(other.home.registration().orElseThrow().domainId(),
                            machine.home.registration().orElseThrow().domainId()));
            assertEquals("seed-altered", refused());
        }
    }

    @Test
    void onTheCommandLine() throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var program = new Program(new Environment(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), text -> null, home -> machine.parts(),
                new CountDownLatch(1)));
        String home = machine.home.root().toString();

        assertEquals(0, program.run(List.of("seed", "--to", disk.toString(), machine.data().toString(), "--home",
                home)), err.toString(StandardCharsets.UTF_8));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("holdfast server seed " + id + " alpha-1"),
                out.toString(StandardCharsets.UTF_8));
        // Without paths and without a policy there is nothing to do, and no finished seed is left.
        assertEquals(2, program.run(List.of("seed", "--to", disk.toString(), "--home", home)));
        assertEquals("seed-incomplete", refused());
    }
}

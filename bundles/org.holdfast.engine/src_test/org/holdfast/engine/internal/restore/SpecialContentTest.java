package org.holdfast.engine.internal.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.engine.internal.SampleTree;
import org.holdfast.engine.internal.Targets;
import org.holdfast.engine.internal.TestVault;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TreeCompare;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Files of unusual shape, owners that cannot be given, links that cannot be made. */
@EnabledOnOs(OS.LINUX)
class SpecialContentTest {
    private static final int BLOCK = 64 * 1024;
    /** Only root can make files of others. */
    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

    private TempTree temp;
    private TestVault vault;
    private Path source;
    private Path target;

    @BeforeEach
    void open() throws IOException {
        temp = new TempTree();
        vault = new TestVault(new MemoryStore());
        source = Files.createDirectories(temp.resolve("source"));
        target = temp.resolve("target");
    }

    @AfterEach
    void close() {
        vault.close();
        temp.close();
    }

    private void check() throws IOException {
        Points.Stored point = vault.backup(source);
        assertEquals(List.of(), vault.restore(point, target, IfExists.COPY).warnings());
        assertEquals(List.of(), TreeCompare.differences(source, target.resolve("source")));
        RestoreResult again = vault.restore(point, target, IfExists.COPY);
        assertEquals(0, again.files());
    }

    @Test
    void aFileOfThousandsOfSegmentsComesBackWithItsHoles() throws IOException {
        var random = new Random(5);
        var data = new byte[4096];
        try (var file = new RandomAccessFile(source.resolve("holes").toFile(), "rw")) {
            for (int i = 0; i < 1500; i++) { // more than two lists of segments
                random.nextBytes(data);
                file.seek((long) i * BLOCK);
                file.write(data);
            }
            file.setLength(1600L * BLOCK);
        }
        check();
    }

    @Test
    void aLargeFileIsWrittenByAllWorkersTogether() throws IOException {
        SampleTree.write(source.resolve("one"), new Random(6), 20 << 20);
        SampleTree.write(source.resolve("two"), new Random(7), 9 << 20);
        check();
    }

    @Test
    void zerosComeBackAsZerosAndNotAsData() throws IOException {
        try (var file = new RandomAccessFile(source.resolve("zeros").toFile(), "rw")) {
            file.write(new byte[3 << 20]);
            file.write(1);
            file.write(new byte[2 << 20]);
        }
        check();
        Files.write(target.resolve("source/zeros"), new byte[] { 7 }, java.nio.file.StandardOpenOption.WRITE);
        Points.Stored point = vault.points().getFirst();
        assertEquals(1, vault.restore(point, target, IfExists.OVERWRITE).replaced());
        assertEquals(List.of(), TreeCompare.differences(source, target.resolve("source")));
    }

    @Test
    void namesOfOneFileStayNamesOfOneFile() throws IOException {
        SampleTree.write(source.resolve("m"), new Random(8), 6 << 20);
        for (String name : List.of("a", "z", "d/n")) {
            Files.createDirectories(source.resolve(name).getParent());
            Files.createLink(source.resolve(name), source.resolve("m"));
        }
        check();
    }

    @Test
    void namesInTheWayDoNotBreakTheOtherNames() throws IOException {
        SampleTree.write(source.resolve("a"), new Random(9), 1000);
        Files.createLink(source.resolve("b"), source.resolve("a"));
        Files.createLink(source.resolve("c"), source.resolve("a"));
        Points.Stored point = vault.backup(source);
        Files.createDirectories(target.resolve("source"));
        Files.writeString(target.resolve("source/a"), "mine");
        vault.restore(point, target, IfExists.SKIP);
        assertEquals("mine", Files.readString(target.resolve("source/a")));
        assertEquals(Files.getAttribute(target.resolve("source/b"), "unix:ino"),
                Files.getAttribute(target.resolve("source/c"), "unix:ino"));
        assertEquals(2, Files.getAttribute(target.resolve("source/b"), "unix:nlink"));
    }

    @Test
    void aLinkThatCannotBeMadeBecomesAFileOfItsOwn() throws IOException {
        SampleTree.write(source.resolve("a"), new Random(9), 1000);
        Files.createLink(source.resolve("b"), source.resolve("a"));
        Points.Stored point = vault.backup(source);
        RestoreResult result = vault.restore(point, TestVault.request(point, target, IfExists.COPY),
                Targets.wrapping(inner -> new FatTarget(inner)), ProgressSink.NONE, new CancelToken());
        assertEquals(List.of(Problem.METADATA_NOT_RESTORED),
                result.warnings().stream().map(w -> w.problem()).toList());
        assertEquals(2, result.files());
        assertEquals(List.of(), TreeCompare.differences(source, target.resolve("source")).stream()
                .filter(d -> !d.contains("link")).toList());
    }

    @Test
    void withoutTheRightOneWarningTellsOfAllOwners() throws IOException {
        assumeTrue(IS_ROOT);
        SampleTree.create(source, 10);
        try (var all = Files.walk(source)) {
            for (Path path : all.toList()) {
                Files.setAttribute(path, "unix:uid", 12345, java.nio.file.LinkOption.NOFOLLOW_LINKS);
            }
        }
        Path lender = source.resolve("d0/tiny0");
        Files.setAttribute(lender, "unix:mode", 04755);
        Path ours = source.resolve("d0/tiny1");
        Files.setAttribute(ours, "unix:uid", Files.getAttribute(temp.path(), "unix:uid"));
        Files.setAttribute(ours, "unix:mode", 04755);
        Points.Stored point = vault.backup(source);
        RestoreResult result = vault.restore(point, TestVault.request(point, target, IfExists.COPY),
                Targets.wrapping(inner -> new Targets.Passing(inner) {
                    @Override
                    public boolean canSetOwner() {
                        return false;
                    }
                }), ProgressSink.NONE, new CancelToken());
        assertEquals(1, result.warnings().size(), result.warnings().toString());
        assertTrue(result.warnings().getFirst().reason().contains("Owners"));
        Path there = target.resolve("source/d0/tiny0");
        assertEquals(Files.getAttribute(temp.path(), "unix:uid"), Files.getAttribute(there, "unix:uid"));
        assertEquals(0755, (int) Files.getAttribute(there, "unix:mode") & 07777, "must not lend our rights");
        assertEquals(04755, (int) Files.getAttribute(target.resolve("source/d0/tiny1"), "unix:mode") & 07777);
    }

    @Test
    void withoutOwnersAndPermissionsFilesAreOurs() throws IOException {
        assumeTrue(IS_ROOT);
        Files.writeString(source.resolve("secret"), "x");
        Files.setAttribute(source.resolve("secret"), "unix:mode", 06770);
        Files.setAttribute(source.resolve("secret"), "unix:uid", 12345);
        Files.createDirectory(source.resolve("sub"));
        Files.setAttribute(source.resolve("sub"), "unix:mode", 0700);
        Points.Stored point = vault.backup(source);
        RestoreRequest all = TestVault.request(point, target, IfExists.COPY);
        RestoreResult result = vault.restore(point, new RestoreRequest(all.pointId(), all.include(), all.target(),
                IfExists.COPY, false, false, false), Targets.wrapping(inner -> new Targets.Passing(inner) {
                    @Override
                    public int umask() {
                        return 027;
                    }
                }), ProgressSink.NONE, new CancelToken());
        assertEquals(List.of(), result.warnings());
        Path there = target.resolve("source/secret");
        assertEquals(0750, (int) Files.getAttribute(there, "unix:mode") & 07777);
        assertEquals(Files.getAttribute(temp.path(), "unix:uid"), Files.getAttribute(there, "unix:uid"));
        assertEquals(0750, (int) Files.getAttribute(target.resolve("source/sub"), "unix:mode") & 07777);
        assertEquals(Files.getLastModifiedTime(source.resolve("secret")), Files.getLastModifiedTime(there));
    }

    /** A file system that knows no hard links. */
    private static final class FatTarget extends Targets.Passing {
        private final RestoreTarget inner;

        FatTarget(RestoreTarget inner) {
            super(inner);
            this.inner = inner;
        }

        @Override
        public org.holdfast.api.spi.source.TargetDirectory root() throws IOException {
            return (org.holdfast.api.spi.source.TargetDirectory) java.lang.reflect.Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] { org.holdfast.api.spi.source.TargetDirectory.class },
                    new Handler(inner.root()));
        }
    }

    private record Handler(Object to) implements java.lang.reflect.InvocationHandler {
        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("hardLink")) {
                throw new java.nio.file.FileSystemException("x", null, "Operation not permitted");
            }
            Object result;
            try {
                result = method.invoke(to, arguments);
            } catch (java.lang.reflect.InvocationTargetException e) {
                throw e.getCause();
            }
            return result instanceof org.holdfast.api.spi.source.TargetDirectory directory
                    ? java.lang.reflect.Proxy.newProxyInstance(getClass().getClassLoader(),
                            new Class<?>[] { org.holdfast.api.spi.source.TargetDirectory.class },
                            new Handler(directory))
                    : result;
        }
    }
}

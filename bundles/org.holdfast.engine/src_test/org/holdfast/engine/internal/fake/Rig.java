package org.holdfast.engine.internal.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.engine.internal.LocalOpenVault;
import org.holdfast.engine.internal.TestVault;
import org.holdfast.engine.internal.backup.BackupOptions;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.engine.internal.retain.Collector;
import org.holdfast.testkit.TestClock;
import org.holdfast.testkit.store.MemoryStore;
import org.holdfast.testkit.store.MemoryStoreProvider;

/**
 * A file system and a vault in memory, and what is known of every recovery point: what it must give back. All times
 * come from one clock that the test moves.
 */
public final class Rig implements AutoCloseable {
    /** Protects what {@link #request} asks for. */
    public static final String SERVER = "server";

    private final TestClock clock = TestClock.at(TestVault.START);
    private final MemoryStore store;
    private final TestVault keys;
    private final FakeTree tree = new FakeTree();
    private final FakeFiles files = new FakeFiles(tree);
    private final Map<String, SortedMap<String, String>> known = new HashMap<>();
    private BackupOptions options = BackupOptions.standard("test");

    /** An empty file system and an empty vault. */
    public Rig() {
        try {
            store = (MemoryStore) new MemoryStoreProvider(clock).create("memory:vault");
            keys = new TestVault(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file system that is backed up. */
    public FakeTree tree() {
        return tree;
    }

    /** Access to it. */
    public FakeFiles files() {
        return files;
    }

    /** The clock of everybody. */
    public TestClock clock() {
        return clock;
    }

    /** Where the vault is. */
    public MemoryStore store() {
        return store;
    }

    /** How backups go about their work from now on. */
    public void options(BackupOptions now) {
        options = now;
    }

    /** Options with checkpoints after so many bytes. */
    public static BackupOptions checkpoints(long bytes, Runnable after) {
        BackupOptions usual = BackupOptions.standard("test");
        return new BackupOptions(usual.workers(), usual.defaultLevel(), Duration.ofDays(1), bytes, after, "test");
    }

    /** The vault with its keys, in a store. */
    public Vault vault(BlobStore in) {
        return vault(in, clock);
    }

    /** The vault as somebody with another clock sees it. */
    public Vault vault(BlobStore in, Clock time) {
        Vault v = keys.open();
        return new Vault(in, v.descriptor(), v.keeper(), v.keys(), time);
    }

    /** The vault with its keys. */
    public Vault vault() {
        return vault(store);
    }

    /** The vault as programs use it. Needs not be closed. */
    public LocalOpenVault open(BlobStore in, SourceProvider provider) {
        Vault v = vault(in);
        var local = new LocalOpenVault(new Vault(in, v.descriptor(), v.keeper(), null, clock),
                CompletableFuture.completedFuture(new LocalOpenVault.Keys(v, SecretBytes.random(32), "")), provider,
                "memory:vault");
        local.options(options);
        return local;
    }

    /** The vault as programs use it. Needs not be closed. */
    public LocalOpenVault open() {
        return open(store, files);
    }

    /** The usual request. */
    public static BackupRequest request(String... items) {
        return request(Exclusions.NONE, items);
    }

    /** A request with exclusions. */
    public static BackupRequest request(Exclusions exclusions, String... items) {
        return request(exclusions, ChangeDetection.DEFAULT, items);
    }

    /** A request with exclusions and change detection. */
    public static BackupRequest request(Exclusions exclusions, ChangeDetection detection, String... items) {
        return new BackupRequest(Arrays.stream(items).map(RawPath::of).toList(), exclusions, detection, 0, null,
                SERVER);
    }

    /** Backs up, a minute after the last time, and remembers what the point must give back. */
    public BackupResult backup(String... items) {
        return backup(request(items));
    }

    /** Backs up. */
    public BackupResult backup(BackupRequest request) {
        BackupResult result = backup(store, request);
        remember(result.point());
        return result;
    }

    /** Backs up into a store that may fail; nothing is remembered. */
    public BackupResult backup(BlobStore in, BackupRequest request) {
        clock.advance(Duration.ofMinutes(1));
        return open(in, files).backup(request, ProgressSink.NONE, new CancelToken());
    }

    /** What is in the file system now is what a point has to give back. */
    public void remember(PointSummary point) {
        known.put(point.id(), expected(point));
    }

    private SortedMap<String, String> expected(PointSummary point) {
        List<String> items = point.items().stream().map(i -> i.relativeTo(point.base()).toString()).toList();
        SortedMap<String, String> all = tree.describe(point.base().toString());
        all.keySet().removeIf(name -> items.stream().noneMatch(item -> item.isEmpty() || name.equals(item)
                || name.startsWith(item + "/") || item.startsWith(name + "/")));
        return all;
    }

    /** What a point must give back. */
    public void remember(PointSummary point, SortedMap<String, String> content) {
        known.put(point.id(), content);
    }

    /** Forgets a point that was removed on purpose. */
    public void forget(PointSummary point) {
        known.remove(point.id());
    }

    /** Restores a point to an empty file system and describes what came. */
    public SortedMap<String, String> restore(BlobStore from, String pointId) {
        var target = new FakeTree();
        var to = new FakeFiles(target);
        RestoreResult result = open(from, to).restore(new RestoreRequest(pointId, List.of(), RawPath.of("/target"),
                IfExists.OVERWRITE, true, true, false), ProgressSink.NONE, new CancelToken());
        assertEquals(List.of(), result.warnings());
        assertEquals(0, to.openHandles(), "restoring left handles open");
        return target.describe("/target");
    }

    /** Checks that every point that was remembered is there and gives back what it must. */
    public void checkPoints() {
        checkPoints(store, true);
    }

    /**
     * Checks all points in a store.
     *
     * @param all whether there may be no others; else the others must give back what is in the file system now
     */
    public void checkPoints(BlobStore in, boolean all) {
        List<PointSummary> points = open(in, files).points();
        var missing = new TreeSet<>(known.keySet());
        for (PointSummary point : points) {
            missing.remove(point.id());
            SortedMap<String, String> expected = known.get(point.id());
            if (expected == null && !all) {
                expected = expected(point);
            }
            assertNotNull(expected, () -> "Nobody asked for the point " + point);
            assertEquals("", differences(expected, restore(in, point.id())), () -> "content of " + point);
        }
        assertEquals(new TreeSet<String>(), missing, "points that are gone");
    }

    /** The first few lines that differ; empty when none does. */
    static String differences(SortedMap<String, String> expected, SortedMap<String, String> actual) {
        var names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        var text = new StringBuilder();
        for (String name : names) {
            String e = expected.get(name);
            String a = actual.get(name);
            if (!Objects.equals(e, a) && text.length() < 2000) {
                text.append(shorten(name)).append(": ").append(shorten(a)).append(" instead of ").append(shorten(e))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String shorten(@Nullable String text) {
        return text == null ? "nothing" : text.length() > 150 ? text.substring(0, 150) + "..." : text;
    }

    /** Collects garbage as whoever keeps the vault does, without its passphrase. */
    public Collector.Result collect(BlobStore in) {
        Vault v = vault(in);
        try {
            return new Collector(new Vault(in, v.descriptor(), v.keeper(), null, clock), new CancelToken()).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a recovery point as retention does. */
    public void drop(PointSummary point) {
        List<String> objects = objects("points/");
        for (String object : objects) {
            if (object.startsWith("points/" + point.id())) {
                store.delete(object);
            }
        }
        forget(point);
    }

    /** Names of the objects that start with a prefix, sorted. */
    public List<String> objects(String prefix) {
        return names(store, prefix);
    }

    /** Names of the objects of a store that start with a prefix, sorted. */
    public static List<String> names(BlobStore in, String prefix) {
        var names = new TreeSet<String>();
        try {
            in.list(prefix, info -> names.add(info.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(names);
    }

    /** Bytes as hex digits; for messages. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        assertEquals(0, files.openHandles(), "handles were left open");
        keys.close();
    }
}

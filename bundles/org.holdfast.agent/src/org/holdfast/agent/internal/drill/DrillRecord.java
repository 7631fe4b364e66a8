package org.holdfast.agent.internal.drill;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.holdfast.agent.internal.home.SafeFile;
import org.holdfast.api.vault.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What drills of this server have met so far: for each file, as it was, eight bytes of a hash and the drill that met it
 * first. Of the oldest some are forgotten when there are too many; then coverage tells less than the truth, never more.
 */
final class DrillRecord {
    private static final Logger LOG = LoggerFactory.getLogger(DrillRecord.class);
    private static final int MAGIC = 0x48464452;
    private static final int MOST = 200_000;
    private static final int MOST_RUNS = 100;
    private static final int MOST_SUSPECTS = 1000;

    private final Path file;
    private final Map<Long, Integer> met = new HashMap<>();
    private final Map<Long, Integer> runs = new LinkedHashMap<>();
    private final Set<Long> suspects = new HashSet<>();
    private int last;

    private DrillRecord(Path file) {
        this.file = file;
    }

    /** Reads what is known; nothing when it cannot be read, which only makes coverage begin anew. */
    static DrillRecord read(Path file) {
        var record = new DrillRecord(file);
        try {
            var bytes = SafeFile.read(file);
            if (bytes.isPresent()) {
                record.parse(bytes.get());
            }
        } catch (IOException e) {
            LOG.warn("What earlier restore drills met cannot be read and is forgotten: {}", e.getMessage());
            return new DrillRecord(file);
        }
        return record;
    }

    private void parse(byte[] bytes) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("'" + file + "' is something else");
            }
            last = in.readInt();
            for (int n = in.readInt(); n > 0; n--) {
                runs.put(in.readLong(), in.readInt());
            }
            for (int n = in.readInt(); n > 0; n--) {
                suspects.add(in.readLong());
            }
            for (int n = in.readInt(); n > 0; n--) {
                met.put(in.readLong(), in.readInt());
            }
        }
    }

    /** Number of the drill with a seed: that of the earlier one with it, which is then repeated, or a new one. */
    int run(long seed) {
        Integer earlier = runs.get(seed);
        return earlier == null ? last + 1 : earlier;
    }

    /** Whether a drill before that one has met a file as it is. */
    boolean metBefore(Entry entry, int run) {
        Integer by = met.get(version(entry));
        return by != null && by < run;
    }

    /** Whether any drill has met a file as it is. */
    boolean met(Entry entry) {
        return met.containsKey(version(entry));
    }

    /** Whether a file failed the last time it was met. */
    boolean isSuspect(Entry entry) {
        return !suspects.isEmpty() && suspects.contains(name(entry));
    }

    /** A file came back as it was stored. */
    void good(Entry entry, int run) {
        met.putIfAbsent(version(entry), run);
        suspects.remove(name(entry));
    }

    /** A file did not. */
    void bad(Entry entry) {
        met.remove(version(entry));
        if (suspects.size() < MOST_SUSPECTS) {
            suspects.add(name(entry));
        }
    }

    /** A drill has ended. */
    void ended(long seed, int run) throws IOException {
        runs.put(seed, run);
        last = Math.max(last, run);
        while (runs.size() > MOST_RUNS) {
            runs.remove(runs.keySet().iterator().next());
        }
        forget();
        write();
    }

    private void forget() {
        if (met.size() > MOST) {
            List<Map.Entry<Long, Integer>> oldest = new ArrayList<>(met.entrySet());
            oldest.sort(Map.Entry.comparingByValue());
            oldest.subList(0, met.size() - MOST).stream().map(Map.Entry::getKey).toList().forEach(met::remove);
        }
    }

    private void write() throws IOException {
        var bytes = new ByteArrayOutputStream(32 + 12 * (met.size() + runs.size()) + 8 * suspects.size());
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(last);
            numbers(out, runs);
            out.writeInt(suspects.size());
            for (long suspect : suspects) {
                out.writeLong(suspect);
            }
            numbers(out, met);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SafeFile.write(file, bytes.toByteArray());
    }

    private static void numbers(DataOutputStream out, Map<Long, Integer> map) throws IOException {
        out.writeInt(map.size());
        for (var each : map.entrySet()) {
            out.writeLong(each.getKey());
            out.writeInt(each.getValue());
        }
    }

    private static long name(Entry entry) {
        return ByteBuffer.wrap(digest().digest(entry.path().bytes())).getLong();
    }

    private static long version(Entry entry) {
        MessageDigest digest = digest();
        digest.update(entry.path().bytes());
        digest.update((byte) 0);
        digest.update(ByteBuffer.allocate(20).putLong(entry.size()).putLong(entry.modified().getEpochSecond())
                .putInt(entry.modified().getNano()).flip());
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

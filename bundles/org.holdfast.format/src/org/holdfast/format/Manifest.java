package org.holdfast.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

import org.holdfast.crypto.CryptoException;
import org.holdfast.crypto.Xaes256Gcm;

/**
 * The manifest of a recovery point or checkpoint. Its keeper part can be read by whoever keeps the vault and says what
 * is needed to retain and collect; the rest is for holders of the passphrase. A signature covers all of it and the
 * name of the previous manifest chains them.
 *
 * @param keeper what the keeper may know
 * @param details what only holders of the passphrase may know; null when it was not opened
 */
public record Manifest(Keeper keeper, Details details) {
    /** Largest manifest accepted. */
    public static final int MAX_BYTES = 64 << 20;
    /** Bytes of the signature at the end. */
    public static final int SIGNATURE_BYTES = 64;
    /** A recovery point. */
    public static final int POINT = 1;
    /** A checkpoint: what an unfinished backup has got so far. */
    public static final int CHECKPOINT = 2;

    private static final int MAGIC = 0x48464d50; // HFMP
    private static final int HEADER_BYTES = Header.BYTES;
    private static final int MAX_DETAILS = 64 << 20;
    private static final int MAX_PATH = 1 << 20;
    private static final int MAX_NAME = 1024;
    private static final int MAX_PROBLEM = 100;
    private static final int MAX_REASON = 4096;

    /**
     * What the keeper may know.
     *
     * @param kind {@link #POINT} or {@link #CHECKPOINT}
     * @param seconds when the backup started, seconds since 1970
     * @param nanos and nanoseconds
     * @param millis how long it took
     * @param previous SHA-256 of the previous manifest, or 32 zero bytes
     * @param group opaque id of what belongs together for retention (server and items), 16 bytes
     * @param state 0 completed, 1 with warnings, 2 interrupted
     * @param keepUntil seconds since 1970, or 0
     * @param storedBytes bytes this backup added
     * @param roots ids of the pages of the root directory
     */
    public record Keeper(int kind, long seconds, int nanos, long millis, Id previous, byte[] group, int state,
            long keepUntil, long storedBytes, List<Id> roots) {
    }

    /**
     * What only holders of the passphrase may know.
     *
     * @param server name of the protected server
     * @param base directory all items are below
     * @param items absolute paths
     * @param root the root directory: its entries are the items, relative to the base
     * @param exclusions patterns in force, as text
     * @param program what wrote it
     * @param counters statistics, see {@link Counter}
     * @param warningCount how many items were skipped or handled in part
     * @param warnings the first of them
     */
    public record Details(String server, byte[] base, List<byte[]> items, DirectoryBody root,
            List<String> exclusions, String program, long[] counters, long warningCount, List<Skipped> warnings) {
        /** A statistic; 0 when the manifest does not have it. */
        public long counter(Counter counter) {
            return counter.ordinal() < counters.length ? counters[counter.ordinal()] : 0;
        }
    }

    /** Statistics in their order; new ones are appended. */
    public enum Counter {
        FILES_NEW, FILES_CHANGED, FILES_UNCHANGED, FILES_REMOVED, BYTES_READ, NEW_CHUNKS, EXCLUDED
    }

    /**
     * An item that was skipped or handled in part.
     *
     * @param path absolute path
     * @param problem stable code
     * @param reason one sentence
     */
    public record Skipped(byte[] path, String problem, String reason) {
    }

    private static byte[] header(int kind, byte[] domainId) {
        return Header.of(MAGIC, kind, domainId);
    }

    /** The bytes to be signed; append the signature to get the bytes to store. */
    public byte[] seal(byte[] domainId, Xaes256Gcm keeperKey, Xaes256Gcm manifestKey) {
        byte[] header = header(keeper.kind(), domainId);
        byte[] sealedKeeper = keeperKey.seal(encodeKeeper(), header);
        byte[] raw = encodeDetails();
        if (raw.length > MAX_DETAILS) {
            throw new IllegalArgumentException("Details of " + raw.length + " bytes cannot be read back");
        }
        byte[] packed = Zstd.compress(raw, 3);
        var body = new ByteWriter(packed.length + 8).u32(raw.length).raw(packed).toByteArray();
        byte[] sealedDetails = manifestKey.seal(body, detailsAad(header, sealedKeeper));
        return new ByteWriter(HEADER_BYTES + sealedKeeper.length + sealedDetails.length + 80).raw(header)
                .u32(sealedKeeper.length).raw(sealedKeeper).u32(sealedDetails.length).raw(sealedDetails)
                .toByteArray();
    }

    /**
     * Opens the bytes of a manifest; does not check the signature.
     *
     * @param manifestKey null to open the keeper part only
     */
    public static Manifest open(byte[] stored, byte[] domainId, Xaes256Gcm keeperKey, Xaes256Gcm manifestKey) {
        var in = new ByteReader("The manifest", stored);
        int kind = Header.parse(in, "The manifest", MAGIC, domainId);
        byte[] header = header(kind, domainId);
        byte[] sealedKeeper = in.raw(in.u32());
        byte[] sealedDetails = in.raw(in.u32());
        in.skip(SIGNATURE_BYTES);
        in.end();
        try {
            Keeper keeper = parseKeeper(kind, new ByteReader("The manifest", keeperKey.open(sealedKeeper, header)));
            if (manifestKey == null) {
                return new Manifest(keeper, null);
            }
            byte[] body = manifestKey.open(sealedDetails, detailsAad(header, sealedKeeper));
            return new Manifest(keeper, parseDetails(unpack(body)));
        } catch (CryptoException e) {
            throw new FormatException("The manifest is damaged: it does not authenticate.", e);
        }
    }

    private static ByteReader unpack(byte[] body) {
        var in = new ByteReader("The manifest", body);
        int raw = in.u32();
        if (raw < 0 || raw > MAX_DETAILS) {
            throw in.damaged("its details are too large");
        }
        byte[] packed = in.raw(in.remaining());
        if (packed.length == 0 || Zstd.getFrameContentSize(packed) != raw) {
            throw in.damaged("the length of its details is wrong");
        }
        try {
            return new ByteReader("The manifest", Zstd.decompress(packed, raw));
        } catch (ZstdException e) {
            throw new FormatException("The manifest is damaged: its details cannot be decompressed.", e);
        }
    }

    private static byte[] detailsAad(byte[] header, byte[] sealedKeeper) {
        byte[] hash = sha256(sealedKeeper, 0, sealedKeeper.length);
        byte[] aad = Arrays.copyOf(header, header.length + hash.length);
        System.arraycopy(hash, 0, aad, header.length, hash.length);
        return aad;
    }

    /** SHA-256 (FIPS 180-4). */
    public static byte[] sha256(byte[] data, int offset, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(data, offset, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private byte[] encodeKeeper() {
        var out = new ByteWriter(128 + keeper.roots().size() * Id.SIZE);
        out.u64(keeper.seconds()).u32(keeper.nanos()).varint(keeper.millis()).raw(keeper.previous().bytes())
                .raw(keeper.group()).u8(keeper.state()).u64(keeper.keepUntil()).varint(keeper.storedBytes())
                .varint(keeper.roots().size());
        keeper.roots().forEach(id -> out.raw(id.bytes()));
        return out.toByteArray();
    }

    private static Keeper parseKeeper(int kind, ByteReader in) {
        if (kind != POINT && kind != CHECKPOINT) {
            throw in.damaged("there is no kind of manifest " + kind);
        }
        long seconds = in.u64();
        int nanos = in.u32();
        long millis = in.varint();
        var previous = new Id(in.raw(Id.SIZE));
        byte[] group = in.raw(16);
        int state = in.u8();
        long keepUntil = in.u64();
        long stored = in.varint();
        int n = in.count(Id.SIZE, "root pages");
        var roots = new ArrayList<Id>(n);
        for (int i = 0; i < n; i++) {
            roots.add(new Id(in.raw(Id.SIZE)));
        }
        in.end();
        if (state > 2 || nanos < 0 || nanos > 999_999_999) {
            throw in.damaged("its state or time is impossible");
        }
        return new Keeper(kind, seconds, nanos, millis, previous, group, state, keepUntil, stored, roots);
    }

    private byte[] encodeDetails() {
        var out = new ByteWriter(1024);
        out.text(clip(details.server(), MAX_NAME)).string(fits(details.base())).varint(details.items().size());
        details.items().forEach(item -> out.string(fits(item)));
        Content root = details.root().toContent();
        out.string(root.body()).varint(root.refs().length / Id.SIZE).raw(root.refs());
        out.varint(details.exclusions().size());
        details.exclusions().forEach(text -> out.string(fits(text.getBytes(StandardCharsets.UTF_8))));
        out.text(clip(details.program(), MAX_NAME)).varint(details.counters().length);
        for (long counter : details.counters()) {
            out.varint(counter);
        }
        out.varint(details.warningCount()).varint(details.warnings().size());
        for (Skipped s : details.warnings()) {
            byte[] path = s.path();
            out.string(path.length > MAX_PATH ? Arrays.copyOf(path, MAX_PATH) : path)
                    .text(clip(s.problem(), MAX_PROBLEM)).text(clip(s.reason(), MAX_REASON));
        }
        return out.toByteArray();
    }

    /** Text of at most so many bytes of UTF-8: what a manifest cannot hold must not make it unreadable. */
    private static String clip(String text, int max) {
        int end = Math.min(text.length(), max);
        String cut = text.substring(0, end);
        while (cut.getBytes(StandardCharsets.UTF_8).length > max) {
            end -= Math.max(1, (cut.getBytes(StandardCharsets.UTF_8).length - max) / 4);
            cut = text.substring(0, end);
        }
        return cut;
    }

    private static byte[] fits(byte[] path) {
        if (path.length > MAX_PATH) {
            throw new IllegalArgumentException("A path or pattern has more than " + MAX_PATH + " bytes");
        }
        return path;
    }

    private static Details parseDetails(ByteReader in) {
        String server = in.text(MAX_NAME, "the server");
        byte[] base = in.string(MAX_PATH, "the base");
        int itemCount = in.count(1, "items");
        var items = new ArrayList<byte[]>(itemCount);
        for (int i = 0; i < itemCount; i++) {
            items.add(in.string(MAX_PATH, "an item"));
        }
        byte[] body = in.string(in.remaining(), "the root directory");
        int refCount = in.count(Id.SIZE, "root pages");
        int refsAt = in.skip(refCount * Id.SIZE);
        var bodyIn = new ByteReader("The manifest", body);
        if (bodyIn.u8() != Body.DIRECTORY) {
            throw in.damaged("its root is not a directory");
        }
        DirectoryBody root = DirectoryBody.parse(bodyIn, in.array(), refsAt, refCount);
        bodyIn.end();
        int exclusionCount = in.count(1, "exclusions");
        var exclusions = new ArrayList<String>(exclusionCount);
        for (int i = 0; i < exclusionCount; i++) {
            exclusions.add(in.text(MAX_PATH, "an exclusion"));
        }
        String program = in.text(MAX_NAME, "the program");
        var counters = new long[in.count(1, "counters")];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = in.varint();
        }
        long warningCount = in.varint();
        int n = in.count(3, "warnings");
        var warnings = new ArrayList<Skipped>(n);
        for (int i = 0; i < n; i++) {
            warnings.add(new Skipped(in.string(MAX_PATH, "a path"), in.text(MAX_PROBLEM, "a problem"),
                    in.text(MAX_REASON, "a reason")));
        }
        in.end();
        return new Details(server, base, items, root, exclusions, program, counters, warningCount, warnings);
    }
}

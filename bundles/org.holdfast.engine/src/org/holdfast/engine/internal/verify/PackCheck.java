package org.holdfast.engine.internal.verify;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.crypto.ContentHasher;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.objects.MetaWriter;
import org.holdfast.engine.internal.objects.PackDirectories;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.BlobCodec;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.ContentType;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.PackFormat;
import org.holdfast.format.PackKind;
import org.holdfast.format.Page;
import org.holdfast.format.Segments;

/**
 * Checks packs, each read once from front to back: its bytes against its name, its directory against the index, and
 * with keys every blob and every chunk in it. Memory is bounded by the largest blob. One per worker.
 */
final class PackCheck implements AutoCloseable {
    private static final int PIECE = 1 << 20;

    private final Vault vault;
    private final PackTable table;
    private final Counters counters;
    private final CancelToken cancel;
    private final Xaes256Gcm keeper;
    private final @Nullable BlobCodec codec;
    private final @Nullable ContentHasher hasher;
    private final MessageDigest digest;
    private final byte[] id = new byte[Id.SIZE];
    private byte[] buffer = new byte[PIECE];
    private byte[] raw = new byte[PIECE];

    PackCheck(Vault vault, PackTable table, Counters counters, CancelToken cancel) {
        this.vault = vault;
        this.table = table;
        this.counters = counters;
        this.cancel = cancel;
        this.keeper = vault.keeperCipher();
        this.codec = vault.keys() == null ? null : new BlobCodec(vault.keys());
        this.hasher = vault.keys() == null ? null : new ContentHasher(vault.keys().contentIdKey());
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Checks a pack.
     *
     * @param bytes its size in the store
     * @param all whether to read all of it; otherwise only its directory
     */
    PackReport check(PackKind kind, Id name, long bytes, boolean all) {
        var report = new PackReport(kind, name);
        counters.objects.increment();
        try {
            PackDirectory directory = directory(report, kind, name, bytes);
            if (directory != null) {
                table.compare(report, directory);
            }
            if (all) {
                read(report, kind, bytes, directory);
                report.complete();
            }
        } catch (NoSuchFileException e) {
            report.lost(Problem.OBJECT_MISSING, "The pack is missing.");
        } catch (IOException e) {
            report.lost(Problem.STORE_UNAVAILABLE, "The pack cannot be read: " + e.getMessage() + ".");
        }
        counters.packs.increment();
        return report;
    }

    private @Nullable PackDirectory directory(PackReport report, PackKind kind, Id name, long bytes)
            throws IOException {
        var header = new byte[PackFormat.HEADER_BYTES];
        try {
            if (vault.store().read(report.object(), 0, header, 0, header.length) < header.length
                    || PackFormat.parseHeader(header, vault.domainId()) != kind) {
                throw new FormatException("It does not start like a pack of its kind.");
            }
        } catch (FormatException e) {
            report.damaged(Problem.OBJECT_DAMAGED, String.valueOf(e.getMessage()));
        }
        try {
            PackDirectory directory = PackDirectories.read(vault, keeper, kind, name, bytes);
            if (end(directory.blobs()) > bytes - PackFormat.TRAILER_BYTES) {
                throw new FormatException("Its blobs are longer than the pack.");
            }
            return directory;
        } catch (FormatException e) {
            String text = "The directory of the pack is damaged. " + e.getMessage();
            if (kind == PackKind.META) {
                report.lost(Problem.OBJECT_DAMAGED, text); // what its pages refer to is known nowhere else
            } else {
                report.damaged(Problem.OBJECT_DAMAGED, text);
            }
            return null;
        }
    }

    private static long end(List<BlobEntry> blobs) {
        return blobs.isEmpty() ? PackFormat.HEADER_BYTES
                : (long) blobs.getLast().offset() + blobs.getLast().storedLength();
    }

    private void read(PackReport report, PackKind kind, long bytes, @Nullable PackDirectory directory)
            throws IOException {
        digest.reset();
        long position = 0;
        if (codec != null) {
            position = piece(report, 0, PackFormat.HEADER_BYTES);
            // Without a directory the index tells where blobs are; which chunks are in them it does not check then.
            List<BlobEntry> blobs = directory == null ? table.blobs(report.name()) : directory.blobs();
            int from = 0;
            while (from < blobs.size()) {
                int to = from + 1;
                long length = blobs.get(from).storedLength();
                while (to < blobs.size() && length + blobs.get(to).storedLength() <= PIECE) {
                    length += blobs.get(to++).storedLength();
                }
                position = piece(report, position, (int) length);
                int at = 0;
                for (BlobEntry blob : blobs.subList(from, to)) {
                    cancel.check();
                    blob(report, kind, blob, at);
                    at += blob.storedLength();
                }
                from = to;
            }
        }
        while (position < bytes) {
            cancel.check();
            position = piece(report, position, (int) Math.min(PIECE, bytes - position));
        }
        if (!Arrays.equals(digest.digest(), report.name().bytes())) {
            if (codec == null) {
                report.lost(Problem.OBJECT_DAMAGED, "Its bytes are not what was written.");
            } else {
                report.damaged(Problem.OBJECT_DAMAGED, "Its bytes are not what was written, but all that is stored"
                        + " in it can be read.");
            }
        }
    }

    private long piece(PackReport report, long position, int length) throws IOException {
        if (buffer.length < length) {
            buffer = new byte[length];
        }
        int got = vault.store().read(report.object(), position, buffer, 0, length);
        if (got < length) {
            Arrays.fill(buffer, got, length, (byte) 0);
            report.damaged(Problem.OBJECT_DAMAGED, "The pack is too short.");
        }
        digest.update(buffer, 0, got);
        counters.bytes.add(got);
        counters.packBytes.add(got);
        return position + length;
    }

    private void blob(PackReport report, PackKind kind, BlobEntry blob, int at) {
        if (raw.length < blob.rawLength()) {
            raw = new byte[blob.rawLength()];
        }
        try {
            codec.decode(kind, blob.codec(), blob.epoch(), blob.rawLength(), blob.ids(), 0, buffer, at,
                    blob.storedLength(), raw);
            int offset = 0;
            int ref = 0;
            for (int i = 0; i < blob.chunks(); i++) {
                int refBytes = blob.refCounts()[i] * Id.SIZE;
                chunk(blob, i, offset, ref, refBytes);
                offset += blob.lengths()[i];
                ref += refBytes;
                counters.chunks.increment();
            }
        } catch (FormatException e) {
            report.damagedBlob(blob.offset(), "It is damaged at byte " + blob.offset() + ". " + e.getMessage());
        }
    }

    private void chunk(BlobEntry blob, int i, int offset, int ref, int refBytes) {
        byte type = blob.types()[i];
        int length = blob.lengths()[i];
        if (type == ContentType.DATA) {
            hasher.hash(type, raw, offset, length, id, 0);
        } else {
            MetaWriter.metaId(hasher, type, raw, offset, length, blob.refs(), ref, refBytes, id);
        }
        if (!Arrays.equals(id, 0, Id.SIZE, blob.ids(), i * Id.SIZE, (i + 1) * Id.SIZE)) {
            throw new FormatException("A chunk does not match its id.");
        }
        if (type == ContentType.PAGE) {
            byte[] refs = Arrays.copyOfRange(blob.refs(), ref, ref + refBytes);
            table.compare(Page.parse(raw, offset, length, refs));
        } else if (type == ContentType.LIST) {
            table.compare(Segments.parseList(raw, offset, length), blob.refs(), ref, refBytes / Id.SIZE);
        }
    }

    @Override
    public void close() {
        keeper.close();
        if (codec != null) {
            codec.close();
        }
        if (hasher != null) {
            hasher.close();
        }
    }
}

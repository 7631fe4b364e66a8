package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.spi.store.Upload;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.PackFormat;
import org.holdfast.format.PackKind;

/** Writes sealed blobs into packs, one open pack at a time. One thread at a time. */
public final class PackWriter implements AutoCloseable {
    /** A pack is closed when it has so many bytes, what its directory will take included. */
    public static final int TARGET_BYTES = 16 << 20;

    private final Vault vault;
    private final PackKind kind;
    private final IndexWriter index;
    private final Xaes256Gcm keeper;
    private final MessageDigest digest;
    private Upload upload;
    private List<BlobEntry> blobs = new ArrayList<>();
    private long directoryBytes;

    /** @param index told of every pack once it is durable */
    public PackWriter(Vault vault, PackKind kind, IndexWriter index) {
        this.vault = vault;
        this.kind = kind;
        this.index = index;
        this.keeper = vault.keeperCipher();
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Appends a sealed blob.
     *
     * @param entry what it is; its offset is ignored
     */
    public void append(byte[] sealed, int length, BlobEntry entry) throws IOException {
        if (upload == null) {
            upload = vault.store().begin();
            write(PackFormat.header(kind, vault.domainId()), PackFormat.HEADER_BYTES);
        }
        int offset = (int) upload.length();
        write(sealed, length);
        blobs.add(entry.at(offset));
        directoryBytes += 24 + entry.chunks() * 40L + entry.refs().length;
        if (upload.length() + directoryBytes >= TARGET_BYTES) {
            flush();
        }
    }

    private void write(byte[] bytes, int length) throws IOException {
        digest.update(bytes, 0, length);
        upload.write(bytes, 0, length);
    }

    /** Makes the open pack durable, if there is one with anything in it. */
    public void flush() throws IOException {
        if (upload == null) {
            return;
        }
        var directory = new PackDirectory(kind, blobs);
        byte[] tail = PackFormat.seal(directory, vault.domainId(), keeper);
        write(tail, tail.length);
        var name = new Id(digest.digest());
        long bytes = upload.length();
        upload.commit(kind.objectName(name));
        upload.close();
        upload = null;
        blobs = new ArrayList<>();
        directoryBytes = 0;
        index.add(new IndexSegment.Pack(name, bytes, directory));
    }

    @Override
    public void close() throws IOException {
        keeper.close();
        if (upload != null) {
            upload.close();
            upload = null;
        }
    }
}

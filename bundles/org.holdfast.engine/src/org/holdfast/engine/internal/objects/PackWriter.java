package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.holdfast.api.spi.store.Upload;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.Id;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.PackFormat;
import org.holdfast.format.PackKind;

/** Writes sealed blobs into packs, one open pack at a time. One thread at a time. */
public final class PackWriter implements AutoCloseable {
    /** A pack is closed when it has so many bytes, what its directory will take included. */
    public static final int TARGET_BYTES = 16 << 20;
    /**
     * A pack is closed, too, when its directory has so many bytes, because directories are kept in memory until they
     * are written and when they are read. Hardly any but metadata packs get there, which are mostly references.
     */
    public static final int MAX_DIRECTORY_BYTES = 7 << 18;

    private final Vault vault;
    private final PackKind kind;
    private final IndexWriter index;
    private final Xaes256Gcm keeper;
    private final MessageDigest digest;
    private final PackDirectory.Builder directory;
    private Upload upload;

    /** @param index told of every pack, and waits for it before it relies on it */
    public PackWriter(Vault vault, PackKind kind, IndexWriter index) {
        this.vault = vault;
        this.kind = kind;
        this.index = index;
        this.directory = new PackDirectory.Builder(kind);
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
        write(sealed, length);
        directory.add(entry);
        if (upload.length() + directory.length() >= TARGET_BYTES || directory.length() >= MAX_DIRECTORY_BYTES) {
            flush();
        }
    }

    private void write(byte[] bytes, int length) throws IOException {
        digest.update(bytes, 0, length);
        upload.write(bytes, 0, length);
    }

    /** Ends the open pack, if there is one with anything in it; it is durable when the index has been flushed. */
    public void flush() throws IOException {
        if (upload == null) {
            return;
        }
        byte[] tail = PackFormat.seal(directory, vault.domainId(), keeper);
        write(tail, tail.length);
        var name = new Id(digest.digest());
        long bytes = upload.length();
        Upload.Commit commit = upload.commitLater(kind.objectName(name));
        upload.close();
        upload = null;
        try {
            index.add(name, bytes, directory, commit);
        } finally {
            directory.clear();
        }
    }

    /** Bytes of memory kept for the directory of the open pack. */
    int heldBytes() {
        return directory.heldBytes();
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

package org.holdfast.vault.people;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.people.AuditVerification;
import org.holdfast.protocol.people.AuditView;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.people.AuditRow;
import org.holdfast.vault.catalog.people.AuditTable;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What was done by whom. Entries are numbered without gaps and each holds a hash over itself and the hash of the one
 * before it, so that nobody can change, remove or insert one without changing all that follow; the end of the chain is
 * kept apart, so that the last ones cannot be cut off either. Who can write to the database could still rewrite all of
 * it: keep a hash elsewhere from time to time. Thread-safe.
 */
@Component(service = AuditLog.class)
public final class AuditLog {

    /** What the hash of the first entry is built upon. */
    static final String BEGINNING = "0".repeat(64);

    private static final int BATCH = 1000;
    private static final String PURPOSE = "holdfast/v1/audit";

    private final Catalog catalog;
    private final Clock clock;

    /** The audit of a catalogue. */
    @Activate
    public AuditLog(@Reference Catalog catalog, @Reference Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Adds an entry in the transaction of a handle, so that it is there exactly when what it tells of is. Others wait
     * for the end of that transaction: make it the last thing in there.
     */
    public void append(Handle handle, AuditEntry entry) {
        AuditTable.Head head = AuditTable.lockHead(handle);
        AuditRow row = new AuditRow(head.seq() + 1, clock.instant().truncatedTo(ChronoUnit.MILLIS), entry.actor(),
                entry.origin(), entry.action(), entry.target(), entry.vault(), entry.result(), entry.details(), "");
        AuditTable.append(handle, new AuditRow(row.seq(), row.at(), row.actor(), row.origin(), row.action(),
                row.target(), row.vault(), row.result(), row.details(), hash(head.hash(), row)));
    }

    /** Adds an entry, in the transaction that is under way or one of its own. */
    public void append(AuditEntry entry) {
        catalog.run(handle -> append(handle, entry));
    }

    /**
     * Does something whose entry is stored together with its first change in the catalogue, so that neither is there
     * without the other. Without a change there is no entry.
     *
     * @param entry the entry, made when the change is about to be committed
     * @param stored called when the entry is there
     */
    public <T extends @Nullable Object> T with(Supplier<AuditEntry> entry, Runnable stored, Callable<T> work)
            throws Exception {
        return catalog.carrying(handle -> append(handle, entry.get()), stored, work);
    }

    /** A page of entries, the latest first unless asked otherwise. */
    public Page<AuditView> list(ListRequest request) {
        Page<AuditRow> page = catalog.read(handle -> AuditTable.list(handle, request));
        return new Page<>(page.items().stream().map(AuditLog::view).toList(), page.next(), page.total());
    }

    /** Computes all hashes again. */
    public AuditVerification verify() {
        // Entries that are added meanwhile are behind this end.
        AuditTable.Head head = catalog.read(AuditTable::head);
        long seq = 0;
        String hash = BEGINNING;
        while (seq < head.seq()) {
            long from = seq;
            List<AuditRow> rows = catalog.read(handle -> AuditTable.after(handle, from, BATCH));
            for (AuditRow row : rows) {
                if (row.seq() > head.seq()) {
                    break;
                }
                if (row.seq() != seq + 1) {
                    return broken(seq, seq + 1, hash, "entry " + (seq + 1) + " is missing");
                }
                if (!row.hash().equals(hash(hash, row))) {
                    return broken(seq, row.seq(), hash, "entry " + row.seq() + " has been changed");
                }
                hash = row.hash();
                seq = row.seq();
            }
            if (seq == from) {
                return broken(seq, seq + 1, hash, "entry " + (seq + 1) + " and those after it are missing");
            }
        }
        if (!hash.equals(head.hash())) {
            return broken(seq, seq, hash, "the last entry is not the one that was written last");
        }
        return new AuditVerification(true, seq, null, hash, null);
    }

    private static AuditVerification broken(long entries, @Nullable Long at, String hash, String reason) {
        return new AuditVerification(false, entries, at, hash, reason);
    }

    /** SHA-256 over purpose, hash before and all fields, each text after its length in four bytes. */
    private static String hash(String before, AuditRow row) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, PURPOSE);
            add(digest, before);
            digest.update(ByteBuffer.allocate(16).putLong(row.seq()).putLong(millis(row.at())).flip());
            for (String text : List.of(row.actor(), row.origin(), row.action(), row.target(), row.vault(),
                    row.result(), row.details())) {
                add(digest, text);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime offers no SHA-256", e);
        }
    }

    private static long millis(Instant time) {
        return time.toEpochMilli();
    }

    private static void add(MessageDigest digest, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(utf8.length).flip());
        digest.update(utf8);
    }

    private static AuditView view(AuditRow row) {
        return new AuditView(row.seq(), row.at(), row.actor(), row.origin(), row.action(), row.target(), row.vault(),
                row.result(), row.details(), row.hash());
    }
}

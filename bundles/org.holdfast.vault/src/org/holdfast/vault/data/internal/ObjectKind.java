package org.holdfast.vault.data.internal;

import java.util.regex.Pattern;

import org.holdfast.api.spi.store.ObjectNames;

/** What an object is by its name, and so what a server may do with it. */
public enum ObjectKind {
    /** A pack; the name is its SHA-256. */
    PACK("(data|meta)/[0-9a-f]{64}", 1L << 30, true),
    /** An index segment. */
    INDEX("index/(data|meta)-[0-9a-f]{64}", 64L << 20, true),
    /** The manifest of a recovery point: stored by a commit only. */
    POINT("points/[0-9a-f]{64}", 64L << 20, true),
    /** The manifest of an unfinished backup. */
    CHECKPOINT("checkpoints/[0-9a-f]{64}", 64L << 20, true),
    /** The sign that a backup is running. */
    LEASE("sessions/[0-9a-f]{32}-[0-9]{1,9}", 64, false),
    /** The mark on a damaged pack. */
    MARK("damaged/[0-9a-f]{64}", 64, false),
    /** A key slot. */
    SLOT("slots/[0-9a-f]{32}", 4096, false),
    /** The keeper key. */
    KEEPER("keeper", 4096, false),
    /** The descriptor. */
    DESCRIPTOR("vault", 4096, false),
    /** What only the vault itself writes, or nobody. */
    OTHER(null, 0, false);

    private static final int HASH_CHARS = 64;

    private final Pattern pattern;
    private final long largest;
    private final boolean hashed;

    ObjectKind(String pattern, long largest, boolean hashed) {
        this.pattern = pattern == null ? null : Pattern.compile(pattern);
        this.largest = largest;
        this.hashed = hashed;
    }

    /** What a name stands for. */
    public static ObjectKind of(String name) {
        if (ObjectNames.isValid(name)) {
            for (ObjectKind kind : values()) {
                if (kind.pattern != null && kind.pattern.matcher(name).matches()) {
                    return kind;
                }
            }
        }
        return OTHER;
    }

    /** Most bytes. */
    public long largest() {
        return largest;
    }

    /** Whether the name ends in the SHA-256 of the bytes. */
    public boolean hashed() {
        return hashed;
    }

    /** That SHA-256, 64 hex digits. */
    public static String hash(String name) {
        return name.substring(name.length() - HASH_CHARS);
    }

    /** Whether its server may take it away again. */
    public boolean deletable() {
        return this == LEASE || this == CHECKPOINT;
    }

    /** Whether it is given out; who has the passphrase needs no keeper key, and nobody else is to have it. */
    public boolean readable() {
        return this != KEEPER;
    }
}

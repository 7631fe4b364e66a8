package org.holdfast.api;

/**
 * Stable codes for everything that can go wrong and that a person has to be told about. Codes are written to
 * manifests and machine-readable output, so a constant is never renamed; new ones are added.
 */
public enum Problem {
    /** The request itself makes no sense: bad option, unknown point, malformed pattern. */
    INVALID_REQUEST,
    /** No vault at the given location. */
    VAULT_NOT_FOUND,
    /** A vault, or something else, is already at the location where one was to be created. */
    VAULT_EXISTS,
    /** The vault was written by a newer version or needs a feature this version lacks. */
    VAULT_UNSUPPORTED,
    /** The passphrase (or recovery key) opens no key slot. */
    WRONG_PASSPHRASE,
    /** The passphrase offered for a new slot does not meet the policy. */
    WEAK_PASSPHRASE,
    /** No recovery point with that id, or the prefix is ambiguous. */
    POINT_NOT_FOUND,
    /** No such path in the recovery point or on the protected server. */
    PATH_NOT_FOUND,
    /** An object of the vault is missing. */
    OBJECT_MISSING,
    /** An object of the vault is there but its bytes are not what was written. */
    OBJECT_DAMAGED,
    /** A signature or chain check failed: somebody, not something, changed the vault. */
    SIGNATURE_INVALID,
    /** The store cannot take more data. */
    STORE_FULL,
    /** The store refused or failed for another reason; trying again may help. */
    STORE_UNAVAILABLE,
    /** This process lacks the rights for the operation. */
    ACCESS_DENIED,
    /** A source file changed while it was being read. */
    FILE_CHANGED,
    /** A source file was there when its directory was listed and is gone now. */
    FILE_VANISHED,
    /** A source file could not be read. */
    FILE_UNREADABLE,
    /** Something was restored, but not with all its properties. */
    METADATA_NOT_RESTORED,
    /** A file could not be written at restore. */
    FILE_NOT_RESTORED,
    /** The operation was cancelled. */
    CANCELLED,
    /** A defect of Holdfast itself. */
    INTERNAL
}

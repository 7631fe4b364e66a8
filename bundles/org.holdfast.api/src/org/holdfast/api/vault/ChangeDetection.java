package org.holdfast.api.vault;

/**
 * What has to be the same, besides size and modification time, for a file not to be read again.
 *
 * @param changeTime compare the status change time (set by the system, cannot be forged)
 * @param inode compare the inode number
 * @param readAll read every file whatever its metadata says
 */
public record ChangeDetection(boolean changeTime, boolean inode, boolean readAll) {
    /** Size, modification time, change time and inode. */
    public static final ChangeDetection DEFAULT = new ChangeDetection(true, true, false);
}

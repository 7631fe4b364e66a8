package org.holdfast.api.vault;

/** What a directory entry is. */
public enum EntryType {
    FILE, DIRECTORY, SYMBOLIC_LINK, FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE
}

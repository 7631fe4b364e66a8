package org.holdfast.protocol.agent;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.vault.EntryType;

/**
 * A file or folder in an answer.
 *
 * @param name last segment of the path as bytes
 * @param path the whole path as bytes, or null when it is the asked folder and the name
 * @param type what it is
 * @param size bytes, or -1
 * @param modified time of modification, or null
 * @param mode permission bits, or -1
 * @param owner name of the owner, may be empty
 * @param group name of the group, may be empty
 * @param link target of a symbolic link as bytes, or null
 * @param point id of the point it was found in, or null when the question named it
 */
public record AskEntry(byte[] name, byte @Nullable [] path, EntryType type, long size, @Nullable Instant modified,
        int mode, String owner, String group, byte @Nullable [] link, @Nullable String point) {
}

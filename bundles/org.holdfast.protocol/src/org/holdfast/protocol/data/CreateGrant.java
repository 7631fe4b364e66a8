package org.holdfast.protocol.data;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A server is to read the objects of another one of the same vault, for a restore.
 *
 * @param id client-made id, or null
 * @param source whose objects
 * @param reader who may read them
 * @param expires until when; at most 30 days from now
 */
public record CreateGrant(@Nullable String id, String source, String reader, Instant expires) {
}

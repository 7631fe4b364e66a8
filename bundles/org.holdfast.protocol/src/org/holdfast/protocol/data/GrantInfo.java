package org.holdfast.protocol.data;

import java.time.Instant;

/**
 * The permission for a server to read the objects of another one.
 *
 * @param id its id
 * @param source whose objects
 * @param reader who may read them
 * @param expires until when
 * @param created when it was given
 * @param createdBy by whom
 */
public record GrantInfo(String id, String source, String reader, Instant expires, Instant created,
        String createdBy) {
}

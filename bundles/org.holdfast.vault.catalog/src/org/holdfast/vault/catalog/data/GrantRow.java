package org.holdfast.vault.catalog.data;

import java.time.Instant;
import java.util.UUID;

/**
 * The permission for a server to read the objects of another one.
 *
 * @param id its id
 * @param vault id of the vault of both
 * @param source whose objects
 * @param reader who may read them
 * @param expires until when
 * @param created when it was given
 * @param createdBy by whom
 */
public record GrantRow(UUID id, UUID vault, UUID source, UUID reader, Instant expires, Instant created,
        String createdBy) {
}

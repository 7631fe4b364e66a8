package org.holdfast.protocol.data;

import java.time.Instant;

/**
 * A recovery point is in the catalogue.
 *
 * @param id as people see it, 32 hex digits
 * @param name of the object below {@code points/}, 64 hex digits
 * @param time when the vault took it, by its clock
 * @param repeated whether it had it already
 */
public record Committed(String id, String name, Instant time, boolean repeated) {
}

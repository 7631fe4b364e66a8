package org.holdfast.protocol.data;

/**
 * Room for objects.
 *
 * @param free bytes the server may still store, -1 when unknown
 * @param used about how many bytes its objects have
 */
public record Space(long free, long used) {
}

package org.holdfast.protocol.fleet;

/**
 * What deleting the data of a server, or bringing it back, concerned.
 *
 * @param points recovery points
 */
public record DeletedData(int points) {
}

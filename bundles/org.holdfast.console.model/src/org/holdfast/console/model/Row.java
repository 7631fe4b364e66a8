package org.holdfast.console.model;

import org.holdfast.console.client.fleet.FleetSession;

/**
 * Something of a vault server, with the session through which it can be asked.
 *
 * @param <T> kind of the thing
 * @param session the vault server
 * @param value the thing as it was told last
 */
public record Row<T>(FleetSession session, T value) {
}

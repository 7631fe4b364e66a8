package org.holdfast.protocol.people;

/**
 * The server is registered.
 *
 * @param serverId its id
 * @param vault name of the vault
 * @param name of the server as people see it
 * @param existing whether it has kept an earlier history
 */
public record RegistrationAnswer(String serverId, String vault, String name, boolean existing) {
}

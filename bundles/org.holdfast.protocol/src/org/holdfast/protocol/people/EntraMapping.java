package org.holdfast.protocol.people;

/**
 * What an app role or a group of the tenant means to the vault.
 *
 * @param claim {@code role} or {@code group}
 * @param value value of the app role, or object id of the group
 * @param role {@code reader}, {@code operator}, {@code administrator} or {@code security-officer}
 */
public record EntraMapping(String claim, String value, String role) {
}

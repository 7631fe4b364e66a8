package org.holdfast.protocol.fleet;

/**
 * What happened to a policy, as watchers are told.
 *
 * @param vault name of the vault
 * @param policy name of the policy
 * @param version its version
 * @param what {@code created}, {@code changed}, {@code deleted} or {@code assigned}
 */
public record PolicyEvent(String vault, String policy, long version, String what) {
}

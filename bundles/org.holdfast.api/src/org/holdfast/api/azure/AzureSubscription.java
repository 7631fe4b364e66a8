package org.holdfast.api.azure;

/**
 * A subscription.
 *
 * @param id of it
 * @param name as people call it
 * @param tenant id of the directory that it trusts
 * @param state in the words of Azure, {@code Enabled} when it can be used
 */
public record AzureSubscription(String id, String name, String tenant, String state) {
}

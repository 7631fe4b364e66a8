package org.holdfast.api.azure;

/**
 * A resource group.
 *
 * @param name unique in its subscription
 * @param region where what is known about it is kept
 */
public record AzureGroup(String name, String region) {
}

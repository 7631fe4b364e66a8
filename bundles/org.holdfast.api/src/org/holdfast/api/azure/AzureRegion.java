package org.holdfast.api.azure;

/**
 * A region.
 *
 * @param name for requests, {@code westeurope}
 * @param title for people
 * @param pair name of the region that geo-redundant storage copies to, empty when there is none
 * @param recommended whether Azure recommends it for new things
 */
public record AzureRegion(String name, String title, String pair, boolean recommended) {
}

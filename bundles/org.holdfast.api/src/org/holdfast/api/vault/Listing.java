package org.holdfast.api.vault;

import java.util.List;

/**
 * Part of a directory.
 *
 * @param entries what was asked for
 * @param total number of entries the directory has
 */
public record Listing(List<Entry> entries, int total) {
}

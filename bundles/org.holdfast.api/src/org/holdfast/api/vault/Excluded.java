package org.holdfast.api.vault;

import org.holdfast.api.RawPath;

/**
 * Something an exclusion leaves out.
 *
 * @param path the path
 * @param directory whether all below it goes with it
 * @param reason which rule, in words
 */
public record Excluded(RawPath path, boolean directory, String reason) {
}

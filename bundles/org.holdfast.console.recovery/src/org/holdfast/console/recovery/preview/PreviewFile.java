package org.holdfast.console.recovery.preview;

import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.PointSummary;

/**
 * A file that a person looks at.
 *
 * @param point the recovery point it is in
 * @param entry its path, size, time and owner
 * @param bytes its first bytes, to be read only
 * @param complete whether these are all of its bytes
 */
public record PreviewFile(PointSummary point, Entry entry, byte[] bytes, boolean complete) {
}

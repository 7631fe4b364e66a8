package org.holdfast.api.vault;

import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;

/**
 * What a restore did (or, dry, would do).
 *
 * @param target where to
 * @param files files written, links and special nodes included
 * @param directories directories made or updated
 * @param bytes bytes of data written
 * @param unchanged files that were there already with the same content
 * @param skipped files left alone because of {@link IfExists}
 * @param copies files restored beside an existing one
 * @param replaced existing files replaced
 * @param warnings what could not be restored, or not completely
 */
public record RestoreResult(RawPath target, long files, long directories, long bytes, long unchanged, long skipped,
        long copies, long replaced, List<Warning> warnings) {
}

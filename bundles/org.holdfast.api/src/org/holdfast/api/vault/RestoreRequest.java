package org.holdfast.api.vault;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;

/**
 * What to restore, and where to.
 *
 * @param pointId id, unique prefix or {@code latest}
 * @param include paths to restore with all below them; empty for the whole point
 * @param target directory to restore below, keeping paths relative to the point's base; null for the original place
 * @param ifExists what to do with files that are there
 * @param owners whether to restore owners (needs the right to)
 * @param permissions whether to restore modes, ACLs and other extended attributes
 * @param dryRun only count and report conflicts
 */
public record RestoreRequest(String pointId, List<RawPath> include, @Nullable RawPath target, IfExists ifExists,
        boolean owners, boolean permissions, boolean dryRun) {
}

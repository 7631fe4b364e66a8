package org.holdfast.api.vault;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;

/**
 * One damaged or missing object and what it hurts.
 *
 * @param object name of the object in the store
 * @param problem what is wrong
 * @param detail one sentence
 * @param points ids of recovery points it hurts
 * @param files files it hurts (needs the passphrase; at most 1000), with the newest point they are in
 */
public record Damage(String object, Problem problem, String detail, List<String> points, List<DamagedFile> files) {
    /**
     * A file that cannot be restored completely.
     *
     * @param pointId newest point affected
     * @param path absolute path, or null when not even the name can be read
     */
    public record DamagedFile(String pointId, @Nullable RawPath path) {
    }
}

package org.holdfast.protocol.agent;

import java.util.List;

/**
 * What a restore would do on the server that was asked, or how far finding that out has come.
 *
 * @param done whether these are the figures of all of it; otherwise ask again with the same job
 * @param files files it would write
 * @param directories directories it would make or update
 * @param bytes bytes it would write
 * @param unchanged files that are there already with the same content
 * @param skipped files it would leave alone
 * @param copies files it would put beside existing ones
 * @param replaced existing files it would replace
 * @param freeBytes room where they would go, -1 when that is not known
 * @param warningCount how many things could not be restored, or not completely
 * @param warnings the first of these
 */
public record DryRunState(boolean done, long files, long directories, long bytes, long unchanged, long skipped,
        long copies, long replaced, long freeBytes, long warningCount, List<WarningDetail> warnings) {
    /** Copies; a missing list is empty. */
    public DryRunState {
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
}

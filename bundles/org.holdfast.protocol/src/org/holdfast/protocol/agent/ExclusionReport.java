package org.holdfast.protocol.agent;

import java.util.List;

/**
 * What exclusions would leave out of a backup, only ever sealed for the asker's reply key.
 *
 * @param complete whether all items were looked at; otherwise the time was over before
 * @param files files that would be left out, besides those in folders
 * @param folders folders that would be left out with all they hold
 * @param some of both, those first that were found first
 */
public record ExclusionReport(boolean complete, long files, long folders, List<LeftOut> some) {
    /** Copies. */
    public ExclusionReport {
        some = some == null ? List.of() : List.copyOf(some);
    }
}

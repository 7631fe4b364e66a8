package org.holdfast.protocol.agent;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.vault.IfExists;

/**
 * What to restore and where to; only ever sealed for the agent that does it.
 *
 * @param job id of the job, so that an old request cannot be given again as another
 * @param server id of the server that is to do it
 * @param sourceServer id of the server whose point it is
 * @param point id of the point
 * @param paths paths in the point as bytes, each with all below it; empty for everything
 * @param target absolute folder to restore to as bytes, or null for the places things came from
 * @param ifExists what to do with what is there already
 * @param metadata whether owners, rights, times and attributes are restored too
 * @param throttle whether to keep to the bandwidth calendar
 * @param passphrase of the source server's data when that is not the agent's own, or null
 */
public record RestoreRequest(String job, String server, String sourceServer, String point, List<byte[]> paths,
        byte @Nullable [] target, IfExists ifExists, boolean metadata, boolean throttle,
        @Nullable String passphrase) {
    /** Copies the list; a missing one is empty. */
    public RestoreRequest {
        paths = paths == null ? List.of() : List.copyOf(paths);
    }
}

package org.holdfast.vault.catalog.fleet;

import java.util.UUID;

/**
 * A warning of a job with a name.
 *
 * @param jobId the job
 * @param seq its place, from 1
 * @param path for display
 * @param code stable
 * @param reason one sentence
 */
public record WarningRow(UUID jobId, long seq, String path, String code, String reason) {
}

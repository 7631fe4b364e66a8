package org.holdfast.protocol.agent;

/**
 * A warning with the name of what it is about.
 *
 * @param path for display
 * @param code stable, lower case with hyphens
 * @param reason one sentence
 */
public record WarningDetail(String path, String code, String reason) {
}

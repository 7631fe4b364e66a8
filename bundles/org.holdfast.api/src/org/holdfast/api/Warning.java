package org.holdfast.api;

/**
 * Something that did not go as it should for one path, while the job as a whole went on.
 *
 * @param path the path concerned
 * @param problem the stable code
 * @param reason one sentence for a person
 */
public record Warning(RawPath path, Problem problem, String reason) {
}

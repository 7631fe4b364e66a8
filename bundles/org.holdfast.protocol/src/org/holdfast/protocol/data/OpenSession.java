package org.holdfast.protocol.data;

import org.eclipse.jdt.annotation.Nullable;

/**
 * An agent wants to write.
 *
 * @param bootId the run of the agent, 1 to 100 characters; sessions of its other runs end by this
 * @param job the job it is for, or null
 * @param purpose {@code backup}, {@code restore}, {@code setup}, {@code check}: a word for people
 */
public record OpenSession(String bootId, @Nullable String job, String purpose) {
}

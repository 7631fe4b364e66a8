package org.holdfast.vault.events;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Something that happened and that people may be watching for.
 *
 * @param cursor its place in the order of this node, from 1 on
 * @param type {@code server}, {@code job}, {@code alert}, {@code policy} or {@code point}
 * @param vault name of the vault it happened in, null when in none
 * @param body what is told of it as JSON, UTF-8
 */
public record VaultEvent(long cursor, String type, @Nullable String vault, byte[] body) {
    /** A server appeared, went, or changed its state. */
    public static final String SERVER = "server";
    /** A job began, went on or ended. */
    public static final String JOB = "job";
    /** An alert was raised, changed or settled. */
    public static final String ALERT = "alert";
    /** A policy or its assignment changed. */
    public static final String POLICY = "policy";
    /** A recovery point came or went. */
    public static final String POINT = "point";
}

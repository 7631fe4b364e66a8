package org.holdfast.protocol.common;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Part of a list.
 *
 * @param <T> what is listed
 * @param items the part, in the order that was asked for
 * @param next cursor for {@code after} of the next part, null when this is the last one
 * @param total how many there are altogether, null when not counted
 */
public record Page<T>(List<T> items, @Nullable String next, @Nullable Long total) {
}

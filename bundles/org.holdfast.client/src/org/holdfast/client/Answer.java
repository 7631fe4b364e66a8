package org.holdfast.client;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What the vault said.
 *
 * @param <T> type of the value
 * @param status HTTP status, 200 to 299, or 304
 * @param etag for {@code If-Match}, null when there is none
 * @param location of something new, null when there is none
 * @param value null when the answer has no body
 */
public record Answer<T>(int status, @Nullable String etag, @Nullable String location, @Nullable T value) {
    /** The value of an answer that must have one. */
    public T body() {
        T v = value;
        if (v == null) {
            throw new IllegalStateException("The answer has no body");
        }
        return v;
    }
}

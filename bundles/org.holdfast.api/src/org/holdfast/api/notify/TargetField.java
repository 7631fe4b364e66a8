package org.holdfast.api.notify;

/**
 * Something that has to be known of a target.
 *
 * @param name lower camel case, such as {@code host}
 * @param required whether there must be a value
 * @param secret whether it is kept sealed and never shown
 * @param description what it is for, one line in English
 */
public record TargetField(String name, boolean required, boolean secret, String description) {
    /** A value that must be given. */
    public static TargetField required(String name, String description) {
        return new TargetField(name, true, false, description);
    }

    /** A value that may be left out. */
    public static TargetField optional(String name, String description) {
        return new TargetField(name, false, false, description);
    }

    /** A secret. */
    public static TargetField secret(String name, boolean required, String description) {
        return new TargetField(name, required, true, description);
    }
}

package org.holdfast.api.spi.notify;

import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Where a target is.
 *
 * @param name what people call it
 * @param settings values by field, no empty ones
 * @param secrets values of secret fields, no empty ones; never to be logged or told
 */
public record TargetConfiguration(String name, Map<String, String> settings, Map<String, String> secrets) {
    /** Copies. */
    public TargetConfiguration {
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }

    /** Value of a field, or null when none was given. */
    public @Nullable String setting(String field) {
        return settings.get(field);
    }

    /** Value of a field, or another one when none was given. */
    public String setting(String field, String otherwise) {
        return settings.getOrDefault(field, otherwise);
    }

    /** Whether a field says {@code true}. */
    public boolean flag(String field) {
        return "true".equalsIgnoreCase(settings.get(field));
    }

    /** Value of a secret field, or null when none was given. */
    public @Nullable String secret(String field) {
        return secrets.get(field);
    }

    @Override
    public String toString() {
        return "target " + name;
    }
}

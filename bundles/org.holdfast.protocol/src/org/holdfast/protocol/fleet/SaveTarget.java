package org.holdfast.protocol.fleet;

import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A new target of notifications ({@code POST /api/v1/notifications/targets}), or the new values of one ({@code PUT
 * /api/v1/notifications/targets/{target}}).
 *
 * @param name 1 to 64 letters, digits, dots, underscores and hyphens; with {@code PUT} it cannot change
 * @param kind see {@code GET /api/v1/notifications/kinds}; with {@code PUT} it cannot change
 * @param enabled whether anything is sent; missing: yes
 * @param language of the texts, {@code en} or {@code ja}; missing: English
 * @param zone time zone of the times in texts; missing: UTC
 * @param settings values by field
 * @param secrets values of secret fields; with {@code PUT} those that are missing stay, and empty ones are taken away.
 *        They are never shown again
 */
public record SaveTarget(String name, String kind, @Nullable Boolean enabled, String language, String zone,
        Map<String, String> settings, Map<String, String> secrets) {
    /** Copies; what is missing gets its default. */
    public SaveTarget {
        name = name == null ? "" : name;
        kind = kind == null ? "" : kind;
        language = language == null ? "en" : language;
        zone = zone == null ? "UTC" : zone;
        settings = settings == null ? Map.of() : Map.copyOf(settings);
        secrets = secrets == null ? Map.of() : Map.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "target " + name;
    }
}

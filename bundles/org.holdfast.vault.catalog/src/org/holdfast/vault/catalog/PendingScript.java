package org.holdfast.vault.catalog;

/**
 * A step of the schema that the catalogue does not have yet.
 *
 * @param version number of the step
 * @param description what it is for
 * @param sql the statements it will run
 */
public record PendingScript(String version, String description, String sql) {
}

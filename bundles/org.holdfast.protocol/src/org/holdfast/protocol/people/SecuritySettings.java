package org.holdfast.protocol.people;

/**
 * What stands between one person and what is critical ({@code /api/v1/security}).
 *
 * @param pinRequired whether it needs a security PIN while there is no security officer
 */
public record SecuritySettings(boolean pinRequired) {
}

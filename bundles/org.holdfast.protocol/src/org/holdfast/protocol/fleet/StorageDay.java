package org.holdfast.protocol.fleet;

import java.time.LocalDate;

/**
 * What a day has added to a vault.
 *
 * @param date the day, UTC
 * @param points recovery points that were committed on it and are still there
 * @param storedBytes what they have stored
 */
public record StorageDay(LocalDate date, long points, long storedBytes) {
}

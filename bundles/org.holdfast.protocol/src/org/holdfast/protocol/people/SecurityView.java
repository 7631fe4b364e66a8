package org.holdfast.protocol.people;

/**
 * What stands between one person and what is critical.
 *
 * @param pinRequired whether it needs a security PIN while there is no security officer
 * @param secondPerson whether there is a security officer, who has to approve it
 */
public record SecurityView(boolean pinRequired, boolean secondPerson) {
}

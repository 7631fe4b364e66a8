package org.holdfast.client;

/**
 * An event of a stream.
 *
 * @param id cursor, empty when it has none
 * @param type {@code message} when none was given
 * @param data as sent, usually JSON
 */
public record ServerEvent(String id, String type, String data) {
}

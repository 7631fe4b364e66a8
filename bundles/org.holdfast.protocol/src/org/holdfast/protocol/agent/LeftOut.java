package org.holdfast.protocol.agent;

/**
 * Something that exclusions would leave out.
 *
 * @param path the path as bytes
 * @param folder whether all below it goes with it
 * @param reason which rule, in words
 */
public record LeftOut(byte[] path, boolean folder, String reason) {
}

package org.holdfast.protocol.data;

/**
 * A server has made a pack with a permit ({@code POST /agent/v1/permits/arrival}); only then it counts.
 *
 * @param name of the pack
 * @param length its bytes
 */
public record Arrival(String name, long length) {
    /** A missing name is empty. */
    public Arrival {
        name = name == null ? "" : name;
    }
}

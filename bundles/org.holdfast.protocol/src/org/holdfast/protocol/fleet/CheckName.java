package org.holdfast.protocol.fleet;

/**
 * Can a vault be called that ({@code POST /api/v1/vaults/check-name})?
 *
 * @param name the name
 */
public record CheckName(String name) {
    /** A missing name is empty. */
    public CheckName {
        name = name == null ? "" : name;
    }
}

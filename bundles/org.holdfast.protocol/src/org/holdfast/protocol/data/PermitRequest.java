package org.holdfast.protocol.data;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A server wants to reach the place of a pack itself, without the vault in between ({@code POST /agent/v1/permits}).
 *
 * @param name of the pack
 * @param access {@value #CREATE} or {@value #READ}
 * @param length bytes it will have, for {@value #CREATE}
 * @param server whose pack, for {@value #READ}; null for its own
 */
public record PermitRequest(String name, String access, long length, @Nullable String server) {
    /** To make it, in a session. */
    public static final String CREATE = "create";
    /** To read it. */
    public static final String READ = "read";

    /** Nothing is left out but the server. */
    public PermitRequest {
        name = name == null ? "" : name;
        access = access == null ? "" : access;
    }
}

package org.holdfast.protocol.fleet;

import java.util.List;

/**
 * Whom a policy is for besides the servers it is assigned to one by one
 * ({@code GET and PUT .../policies/{name}/assignments}).
 *
 * @param tags servers with one of these; a server with tags of several policies follows the one whose tag comes first
 *        in the alphabet
 * @param vaultDefault whether it holds for all servers that have no other
 */
public record PolicyAssignments(List<String> tags, boolean vaultDefault) {
    /** Copies; a missing list is empty. */
    public PolicyAssignments {
        tags = tags == null ? List.of() : List.copyOf(tags);
    }
}

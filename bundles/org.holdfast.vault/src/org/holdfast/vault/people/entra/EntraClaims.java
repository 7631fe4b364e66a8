package org.holdfast.vault.people.entra;

import java.time.Instant;
import java.util.Set;

/**
 * What a token says that is believed.
 *
 * @param tenant id of the tenant
 * @param objectId id of the person or application in it
 * @param name by which people know it; nothing is decided by it
 * @param fullName of the person, may be empty
 * @param application whether it is an application and no person
 * @param roles values of the app roles that are assigned
 * @param groups ids of groups
 * @param overage whether it is in more groups than a token holds, which are left out then
 * @param expires until when the token counts
 */
public record EntraClaims(String tenant, String objectId, String name, String fullName, boolean application,
        Set<String> roles, Set<String> groups, boolean overage, Instant expires) {
    /** Copies. */
    public EntraClaims {
        roles = Set.copyOf(roles);
        groups = Set.copyOf(groups);
    }
}

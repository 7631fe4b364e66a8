package org.holdfast.vault.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is to an installation. Reader, operator and administrator include those before them. */
public enum Role {
    /** Sees everything but accounts. */
    READER,
    /** Runs jobs and looks after alerts as well. */
    OPERATOR,
    /** Changes vaults, servers, policies and accounts as well. */
    ADMINISTRATOR,
    /** Sees what readers see and the audit, and has the second word in what is critical; never an administrator too. */
    SECURITY_OFFICER;

    /** The name on the wire: lower case with hyphens. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The role of a name on the wire. */
    public static Optional<Role> of(String wireName) {
        return Arrays.stream(values()).filter(role -> role.wireName().equals(wireName)).findFirst();
    }
}

package org.holdfast.console.vaults.internal.editor;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;

/** The roles of a vault server, in words. */
final class Roles {
    static final String READER = "reader";
    static final String OPERATOR = "operator";
    static final String ADMINISTRATOR = "administrator";
    static final String OFFICER = "security-officer";
    static final List<String> ALL = List.of(READER, OPERATOR, ADMINISTRATOR, OFFICER);

    private Roles() {
    }

    static String name(String role) {
        return switch (role) {
            case READER -> Messages.role_reader;
            case OPERATOR -> Messages.role_operator;
            case ADMINISTRATOR -> Messages.role_administrator;
            case OFFICER -> Messages.role_officer;
            default -> role;
        };
    }

    /** What it may do, with its name. */
    static String explained(String role) {
        return switch (role) {
            case READER -> Messages.role_readerText;
            case OPERATOR -> Messages.role_operatorText;
            case ADMINISTRATOR -> Messages.role_administratorText;
            case OFFICER -> Messages.role_officerText;
            default -> role;
        };
    }

    static String names(List<String> roles) {
        return roles.stream().map(Roles::name).collect(Collectors.joining(", "));
    }

    /** Why nobody can have these roles, null when somebody can. */
    static @Nullable String problem(List<String> roles) {
        if (roles.isEmpty()) {
            return Messages.user_noRole;
        }
        return roles.contains(OFFICER) && (roles.contains(ADMINISTRATOR) || roles.contains(OPERATOR))
                ? Messages.user_conflict
                : null;
    }
}

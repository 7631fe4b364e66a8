package org.holdfast.api.fleet;

import java.util.regex.Pattern;

/** The rule for names of vaults: the one of a Recovery Services vault. */
public final class VaultNames {
    /** As a regular expression, without the length. */
    public static final String PATTERN = "^[A-Za-z][-A-Za-z0-9]*[A-Za-z0-9]$";
    /** The rule in words. */
    public static final String RULE = "A vault's name has 2 to 50 letters, digits and hyphens, starts with a letter and"
            + " does not end in a hyphen.";

    private static final Pattern NAME = Pattern.compile(PATTERN);

    private VaultNames() {
    }

    /** Whether a vault can be called that. */
    public static boolean isValid(String name) {
        return name.length() >= 2 && name.length() <= 50 && NAME.matcher(name).matches();
    }
}

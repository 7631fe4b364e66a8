package org.holdfast.api.azure;

import java.util.regex.Pattern;

/**
 * A Recovery Services vault.
 *
 * @param subscription id
 * @param group its resource group
 * @param name unique in its group
 */
public record RecoveryVaultId(String subscription, String group, String name) {
    private static final Pattern NAME = Pattern.compile("(?=.{2,50}$)[A-Za-z][-A-Za-z0-9]*[A-Za-z0-9]");

    /** Whether a vault may have that name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The path of its resource. */
    public String path() {
        return "/subscriptions/" + subscription + "/resourceGroups/" + group
                + "/providers/Microsoft.RecoveryServices/vaults/" + name;
    }
}

package org.holdfast.api.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The place of a vault that is wanted in a subscription.
 *
 * @param subscription id
 * @param group resource group; made when it is not there
 * @param region of everything that is made
 * @param account name of the storage account: 3 to 24 lower-case letters and digits
 * @param container in it
 * @param redundancy of the account
 * @param immutable whether objects can be locked against removal, each on its own
 * @param softDeleteDays 1 to 365, how long what was deleted can be had back
 * @param keyVault name of a Key Vault for passphrases, empty for none
 * @param identity object id of the identity that the vault server will have; empty for that of this program
 */
public record VaultRequest(String subscription, String group, String region, String account, String container,
        Redundancy redundancy, boolean immutable, int softDeleteDays, String keyVault, String identity) {
    // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");
    private static final Pattern CONTAINER = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern GROUP = Pattern.compile("(?=.{1,90}$)[\\p{L}\\p{N}_().-]*[\\p{L}\\p{N}_()-]");
    private static final Pattern KEY_VAULT = Pattern.compile("(?=.{3,24}$)[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int MAX_DAYS = 365;

    /** Whether a storage account may have that name at all. */
    public static boolean isAccountName(String name) {
        return ACCOUNT.matcher(name).matches();
    }

    /** Which of its values break the rules of Azure, in sentences; empty when none does. */
    public List<String> mistakes() {
        List<String> found = new ArrayList<>();
        if (!ID.matcher(subscription).matches()) {
            found.add("The subscription has to be an id, as 'holdfast azure subscriptions' lists it.");
        }
        if (!GROUP.matcher(group).matches()) {
            found.add("A resource group has 1 to 90 letters, digits, '_', '(', ')', '-' and '.', not at the end.");
        }
        if (!region.matches("[a-z0-9]+")) {
            found.add("A region is written like 'westeurope'; 'holdfast azure locations' lists them.");
        }
        if (!isAccountName(account)) {
            found.add("A storage account has 3 to 24 lower-case letters and digits.");
        }
        if (!CONTAINER.matcher(container).matches()) {
            found.add("A container has 3 to 63 lower-case letters, digits and single hyphens.");
        }
        if (!keyVault.isEmpty() && !KEY_VAULT.matcher(keyVault).matches()) {
            found.add("A Key Vault has 3 to 24 letters, digits and single hyphens, and begins with a letter.");
        }
        if (!identity.isEmpty() && !ID.matcher(identity).matches()) {
            found.add("An identity is given by its object id, which is not the id of its application.");
        }
        if (softDeleteDays < 1 || softDeleteDays > MAX_DAYS) {
            found.add("What was deleted is kept for 1 to 365 days.");
        }
        return List.copyOf(found);
    }
}

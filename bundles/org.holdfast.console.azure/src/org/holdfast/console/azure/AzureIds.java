package org.holdfast.console.azure;

/** Ids that other bundles and tests may name. */
public final class AzureIds {
    /** The part with Recovery Services vaults. */
    public static final String RECOVERY_VAULTS = "org.holdfast.console.azure.recoveryVaults";
    /** Command: opens the wizard that makes a vault's place. */
    public static final String CREATE_PLACE = "org.holdfast.console.azure.createPlace";
    /** Command: shows what was made last. */
    public static final String SHOW_PLACE = "org.holdfast.console.azure.showPlace";

    private AzureIds() {
    }
}

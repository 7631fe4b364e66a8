package org.holdfast.console.vaults;

/** Ids that other bundles and tests may name. */
public final class VaultsIds {
    /** The part with the vaults. */
    public static final String VAULTS = "org.holdfast.console.vaults.vaults";
    /** Command: makes a vault. */
    public static final String CREATE = "org.holdfast.console.vaults.create";
    /** Command: shows the vault credentials of the selected vault. */
    public static final String CREDENTIALS = "org.holdfast.console.vaults.credentials";
    /** Context menu of the vaults' table, for plug-ins: {@code popup:} and this. */
    public static final String MENU = VAULTS;

    private VaultsIds() {
    }
}

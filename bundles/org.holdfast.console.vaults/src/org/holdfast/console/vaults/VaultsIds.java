package org.holdfast.console.vaults;

/** Ids that other bundles and tests may name. */
public final class VaultsIds {
    /** The part with the vaults. */
    public static final String VAULTS = "org.holdfast.console.vaults.vaults";
    /** Command: makes a vault. */
    public static final String CREATE = "org.holdfast.console.vaults.create";
    /** Context menu of the vaults' table, for plug-ins: {@code popup:} and this. */
    public static final String MENU = VAULTS;

    private VaultsIds() {
    }
}

package org.holdfast.console.vaults;

/** Ids that other bundles and tests may name. */
public final class VaultsIds {
    /** The part with the vaults. */
    public static final String VAULTS = "org.holdfast.console.vaults.vaults";
    /** The editor of a vault. */
    public static final String EDITOR = "org.holdfast.console.vaults.vaultEditor";
    /** Extension point: pages of that editor. */
    public static final String PAGES = "org.holdfast.console.vaults.storeEditor";
    /** Command: opens the vault of the parameters, or the selected one. */
    public static final String OPEN = "org.holdfast.console.vaults.open";
    /** Its parameter: id of the saved connection. */
    public static final String OPEN_CONNECTION = "org.holdfast.console.vaults.open.connection";
    /** Its parameter: id of the vault. */
    public static final String OPEN_VAULT = "org.holdfast.console.vaults.open.vault";
    /** Command: makes a vault. */
    public static final String CREATE = "org.holdfast.console.vaults.create";
    /** Command: shows the vault credentials of the selected vault. */
    public static final String CREDENTIALS = "org.holdfast.console.vaults.credentials";
    /** Context menu of the vaults' table, for plug-ins: {@code popup:} and this. */
    public static final String MENU = VAULTS;

    private VaultsIds() {
    }
}

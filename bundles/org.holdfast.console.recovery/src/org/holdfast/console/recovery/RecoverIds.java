package org.holdfast.console.recovery;

/** Ids of the Recover perspective that other bundles and tests may name. */
public final class RecoverIds {
    /** The perspective. */
    public static final String PERSPECTIVE = "org.holdfast.console.recovery.perspective";
    /** Time line of recovery points. */
    public static final String POINTS = "org.holdfast.console.recovery.points";
    /** Folders and contents of a point. */
    public static final String BROWSE = "org.holdfast.console.recovery.browse";
    /** Search across points. */
    public static final String SEARCH = "org.holdfast.console.recovery.search";
    /** Versions of a file. */
    public static final String VERSIONS = "org.holdfast.console.recovery.versions";
    /** What is to be restored. */
    public static final String BASKET = "org.holdfast.console.recovery.basket";
    /** Differences of two points. */
    public static final String COMPARE = "org.holdfast.console.recovery.compare";
    /** Command that opens a vault; takes {@link #LOCATION}. */
    public static final String OPEN_VAULT = "org.holdfast.console.recovery.openVault";
    /** Parameter of {@link #OPEN_VAULT}: directory of the vault. */
    public static final String LOCATION = "org.holdfast.console.recovery.openVault.location";

    /** Command that opens the data of a protected server; takes {@link #SERVER}. */
    public static final String RECOVER_SERVER = "org.holdfast.console.recovery.recoverServer";
    /** Parameter of {@link #RECOVER_SERVER}: id of the server; without it the selected one, or one to be chosen. */
    public static final String SERVER = "org.holdfast.console.recovery.recoverServer.server";

    private RecoverIds() {
    }
}

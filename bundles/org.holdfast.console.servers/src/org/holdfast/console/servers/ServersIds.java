package org.holdfast.console.servers;

/** Ids that other bundles and tests may name. */
public final class ServersIds {
    /** The part with the protected servers. */
    public static final String SERVERS = "org.holdfast.console.servers.servers";
    /** The part with what is known of the selected server. */
    public static final String DETAILS = "org.holdfast.console.servers.details";
    /** Command: adds a vault server. */
    public static final String CONNECT = "org.holdfast.console.servers.connect";
    /** Command: signs in. */
    public static final String SIGN_IN = "org.holdfast.console.servers.signIn";
    /** Command: lets the selected servers prove now that they can be restored. */
    public static final String DRILL = "org.holdfast.console.servers.drill";
    /** Command: backs the selected servers up now. */
    public static final String BACK_UP = "org.holdfast.console.servers.backUp";
    /** Command: assigns a policy to the selected servers. */
    public static final String ASSIGN_POLICY = "org.holdfast.console.servers.assignPolicy";
    /** Command: adds and removes tags of the selected servers. */
    public static final String TAGS = "org.holdfast.console.servers.tags";
    /** Command: gives the selected servers up. */
    public static final String RETIRE = "org.holdfast.console.servers.retire";
    /** The editor of one server. */
    public static final String EDITOR = "org.holdfast.console.servers.serverEditor";
    /** Command: opens servers in editors, those selected or the one that its parameters name. */
    public static final String OPEN = "org.holdfast.console.servers.open";
    /** Parameter of {@link #OPEN}: id of a saved connection. */
    public static final String OPEN_CONNECTION = "org.holdfast.console.servers.open.connection";
    /** Parameter of {@link #OPEN}: id of a server of that vault server. */
    public static final String OPEN_SERVER = "org.holdfast.console.servers.open.server";
    /** Extension point: pages of the editor, see {@code org.holdfast.console.servers.page.ServerPage}. */
    public static final String PAGES = "org.holdfast.console.servers.serverPage";
    /** Command: shows certain servers; without parameters all. */
    public static final String SHOW = "org.holdfast.console.servers.showServers";
    /** Parameter of {@link #SHOW}: chips joined by commas, such as {@code at-risk}. */
    public static final String SHOW_CHIPS = SHOW + ".chips";
    /** Parameter of {@link #SHOW}: what the filter field says. */
    public static final String SHOW_TEXT = SHOW + ".text";
    /** Parameter of {@link #SHOW}: id of the server to select. */
    public static final String SHOW_SERVER = SHOW + ".server";
    /** Context menu of the servers' table, for plug-ins: {@code popup:} and this. */
    public static final String MENU = SERVERS;

    private ServersIds() {
    }
}

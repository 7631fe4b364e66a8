package org.holdfast.console.policies;

/** Ids that other bundles and tests may name. */
public final class PoliciesIds {
    /** The part with the policies; its context menu, for plug-ins, is {@code popup:} and this. */
    public static final String POLICIES = "org.holdfast.console.policies.policies";
    /** Command: opens the editor on a new policy. */
    public static final String NEW = "org.holdfast.console.policies.new";
    /** Command: opens the editor on the selected policy. */
    public static final String EDIT = "org.holdfast.console.policies.edit";
    /** Command: opens the editor on the policy that its parameters name. */
    public static final String OPEN = "org.holdfast.console.policies.open";
    /** Parameter of {@link #OPEN}: id of a saved connection. */
    public static final String OPEN_CONNECTION = OPEN + ".connection";
    /** Parameter of {@link #OPEN}: name of a vault of that vault server. */
    public static final String OPEN_VAULT = OPEN + ".vault";
    /** Parameter of {@link #OPEN}: name of a policy of that vault. */
    public static final String OPEN_POLICY = OPEN + ".policy";
    /** Command: opens the editor on a copy of the selected policy. */
    public static final String DUPLICATE = "org.holdfast.console.policies.duplicate";
    /** Command: deletes the selected policy. */
    public static final String DELETE = "org.holdfast.console.policies.delete";
    /** Command: makes the selected policy the default of its vault. */
    public static final String MAKE_DEFAULT = "org.holdfast.console.policies.makeDefault";
    /** Command: assigns the selected policy to servers. */
    public static final String ASSIGN = "org.holdfast.console.policies.assign";
    /** Command: the wizard that schedules backups of the selected servers. */
    public static final String SCHEDULE = "org.holdfast.console.policies.schedule";

    /** Command: shows what a policy would leave out on a server. */
    public static final String LEFT_OUT = "org.holdfast.console.policies.leftOut";
    /** Parameter of {@link #LEFT_OUT}: id of the saved connection. */
    public static final String LEFT_OUT_CONNECTION = LEFT_OUT + ".connection";
    /** Parameter of {@link #LEFT_OUT}: name of the vault. */
    public static final String LEFT_OUT_VAULT = LEFT_OUT + ".vault";
    /** Parameter of {@link #LEFT_OUT}: the policy as JSON. */
    public static final String LEFT_OUT_POLICY = LEFT_OUT + ".policy";

    private PoliciesIds() {
    }
}

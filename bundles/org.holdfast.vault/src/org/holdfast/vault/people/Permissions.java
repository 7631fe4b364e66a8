package org.holdfast.vault.people;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The one table of who may do what. Routes name a permission, the router asks here, and nobody else decides about
 * roles.
 */
public final class Permissions {

    /** See vaults. */
    public static final String VAULT_READ = "vault.read";
    /** Make, change and remove vaults. */
    public static final String VAULT_MANAGE = "vault.manage";
    /** See protected servers and their items. */
    public static final String SERVER_READ = "server.read";
    /** Change names, tags, labels and items of servers. */
    public static final String SERVER_MANAGE = "server.manage";
    /** Retire servers and take their certificates away. */
    public static final String SERVER_RETIRE = "server.retire";
    /** See policies. */
    public static final String POLICY_READ = "policy.read";
    /** Change policies and whom they are for. */
    public static final String POLICY_MANAGE = "policy.manage";
    /** See jobs. */
    public static final String JOB_READ = "job.read";
    /** Start, cancel, pause and resume jobs. */
    public static final String JOB_RUN = "job.run";
    /** See recovery points. */
    public static final String POINT_READ = "point.read";
    /** Keep recovery points whatever the policy says. */
    public static final String POINT_PIN = "point.pin";
    /** Let the policy decide about pinned points again, or earlier. */
    public static final String POINT_UNPIN = "point.unpin";
    /** Delete recovery points and the data of retired servers, and bring them back. */
    public static final String POINT_DELETE = "point.delete";
    /** Accept the vault's clock after it was doubted. */
    public static final String CLOCK_ACCEPT = "clock.accept";
    /** Ask agents for browsing and search, sealed. */
    public static final String SERVER_ASK = "server.ask";
    /** Read encrypted objects of servers, to restore with the passphrase. */
    public static final String OBJECT_READ = "object.read";
    /** Let a server read the objects of another one. */
    public static final String GRANT_MANAGE = "grant.manage";
    /** See alerts. */
    public static final String ALERT_READ = "alert.read";
    /** Acknowledge and mute alerts. */
    public static final String ALERT_HANDLE = "alert.handle";
    /** See rules and targets of notifications. */
    public static final String NOTIFY_READ = "notify.read";
    /** Change rules and targets of notifications. */
    public static final String NOTIFY_MANAGE = "notify.manage";
    /** See which vault credentials were given out. */
    public static final String CREDENTIALS_READ = "credentials.read";
    /** Give out and revoke vault credentials. */
    public static final String CREDENTIALS_MANAGE = "credentials.manage";
    /** Follow events. */
    public static final String EVENT_READ = "event.read";
    /** Read metrics. */
    public static final String METRICS_READ = "metrics.read";
    /** See accounts. */
    public static final String USER_READ = "user.read";
    /** Make, change and remove accounts. */
    public static final String USER_MANAGE = "user.manage";
    /** See how people sign in. */
    public static final String SIGN_IN_READ = "sign-in.read";
    /** Decide how people sign in, and what roles of Entra ID mean. */
    public static final String SIGN_IN_MANAGE = "sign-in.manage";
    /** Read and verify the audit. */
    public static final String AUDIT_READ = "audit.read";
    /** See what waits for an approval, and what was approved. */
    public static final String APPROVAL_READ = "approval.read";
    /** Approve or refuse what is critical and somebody else has asked for. */
    public static final String APPROVE = "critical.approve";

    private static final Set<Role> ALL = EnumSet.allOf(Role.class);
    private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR, Role.ADMINISTRATOR);
    private static final Set<Role> ADMINISTRATORS = EnumSet.of(Role.ADMINISTRATOR);
    private static final Set<Role> OVERSEERS = EnumSet.of(Role.ADMINISTRATOR, Role.SECURITY_OFFICER);
    private static final Set<Role> OFFICERS = EnumSet.of(Role.SECURITY_OFFICER);

    private static final Map<String, Set<Role>> TABLE = Map.ofEntries(
            Map.entry(VAULT_READ, ALL), Map.entry(VAULT_MANAGE, ADMINISTRATORS),
            Map.entry(SERVER_READ, ALL), Map.entry(SERVER_MANAGE, ADMINISTRATORS),
            Map.entry(SERVER_RETIRE, ADMINISTRATORS), Map.entry(SERVER_ASK, OPERATORS),
            Map.entry(POLICY_READ, ALL), Map.entry(POLICY_MANAGE, ADMINISTRATORS),
            Map.entry(JOB_READ, ALL), Map.entry(JOB_RUN, OPERATORS),
            Map.entry(POINT_PIN, OPERATORS), Map.entry(POINT_UNPIN, ADMINISTRATORS),
            Map.entry(POINT_DELETE, ADMINISTRATORS), Map.entry(CLOCK_ACCEPT, OVERSEERS),
            Map.entry(POINT_READ, ALL), Map.entry(OBJECT_READ, OPERATORS), Map.entry(GRANT_MANAGE, ADMINISTRATORS),
            Map.entry(ALERT_READ, ALL), Map.entry(ALERT_HANDLE, OPERATORS),
            Map.entry(NOTIFY_READ, ALL), Map.entry(NOTIFY_MANAGE, ADMINISTRATORS),
            Map.entry(CREDENTIALS_READ, ALL), Map.entry(CREDENTIALS_MANAGE, ADMINISTRATORS),
            Map.entry(EVENT_READ, ALL), Map.entry(METRICS_READ, ALL),
            Map.entry(USER_READ, OVERSEERS), Map.entry(USER_MANAGE, OVERSEERS),
            Map.entry(SIGN_IN_READ, OVERSEERS), Map.entry(SIGN_IN_MANAGE, ADMINISTRATORS),
            Map.entry(AUDIT_READ, OVERSEERS), Map.entry(APPROVE, OFFICERS),
            Map.entry(APPROVAL_READ, OVERSEERS));

    private Permissions() {
    }

    /** Whether there is such a permission. */
    public static boolean exists(String permission) {
        return TABLE.containsKey(permission);
    }

    /** Whether one of these roles includes a permission; {@code false} for one that does not exist. */
    public static boolean allows(Collection<Role> roles, String permission) {
        Set<Role> allowed = TABLE.getOrDefault(permission, Set.of());
        return roles.stream().anyMatch(allowed::contains);
    }

    /** Everything that these roles include, sorted. */
    public static List<String> of(Collection<Role> roles) {
        return TABLE.keySet().stream().filter(permission -> allows(roles, permission)).sorted().toList();
    }

    /** The whole table, sorted, for documents and tests. */
    public static Map<String, Set<Role>> table() {
        Map<String, Set<Role>> sorted = new TreeMap<>();
        TABLE.forEach((permission, roles) -> sorted.put(permission, Set.copyOf(roles)));
        return sorted;
    }
}

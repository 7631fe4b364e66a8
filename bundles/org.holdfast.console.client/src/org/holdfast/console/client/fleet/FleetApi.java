package org.holdfast.console.client.fleet;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.holdfast.client.VaultClient;

/**
 * Everything a vault server can be asked, by area. Calls return at once; what they give completes on a background
 * thread, exceptionally with a {@code HoldfastException} ({@code RemoteException} when the vault said no). While nobody
 * is signed in they fail with {@code Problem.ACCESS_DENIED}.
 */
public final class FleetApi {
    private final Caller caller;
    private final VaultCalls vaults;
    private final ServerCalls servers;
    private final PolicyCalls policies;
    private final JobCalls jobs;
    private final AlertCalls alerts;
    private final PointCalls points;
    private final CredentialCalls credentials;
    private final UserCalls users;
    private final AuditCalls audit;
    private final NotificationCalls notifications;
    private final MaintenanceCalls maintenance;
    private final ApprovalCalls approvals;

    FleetApi(Caller caller, Runnable vaultsChanged) {
        this.caller = caller;
        vaults = new VaultCalls(caller, vaultsChanged);
        servers = new ServerCalls(caller);
        policies = new PolicyCalls(caller);
        jobs = new JobCalls(caller);
        alerts = new AlertCalls(caller);
        points = new PointCalls(caller);
        credentials = new CredentialCalls(caller);
        users = new UserCalls(caller);
        audit = new AuditCalls(caller);
        notifications = new NotificationCalls(caller);
        maintenance = new MaintenanceCalls(caller);
        approvals = new ApprovalCalls(caller);
    }

    /** Vaults and grants. */
    public VaultCalls vaults() {
        return vaults;
    }

    /** Protected servers. */
    public ServerCalls servers() {
        return servers;
    }

    /** Policies. */
    public PolicyCalls policies() {
        return policies;
    }

    /** Jobs. */
    public JobCalls jobs() {
        return jobs;
    }

    /** Alerts. */
    public AlertCalls alerts() {
        return alerts;
    }

    /** Recovery points. */
    public PointCalls points() {
        return points;
    }

    /** Files of vault credentials. */
    public CredentialCalls credentials() {
        return credentials;
    }

    /** Accounts. */
    public UserCalls users() {
        return users;
    }

    /** The audit. */
    public AuditCalls audit() {
        return audit;
    }

    /** Who is told of alerts. */
    public NotificationCalls notifications() {
        return notifications;
    }

    /** Collection, reading again, and the clock. */
    public MaintenanceCalls maintenance() {
        return maintenance;
    }

    /** What waits for a second person. */
    public ApprovalCalls approvals() {
        return approvals;
    }

    /**
     * Anything else, for routes that have no method here yet: the question runs on a background thread and may block.
     *
     * @param <T> kind of the answer
     */
    public <T> CompletableFuture<T> ask(Function<VaultClient, T> question) {
        return caller.ask(question);
    }
}

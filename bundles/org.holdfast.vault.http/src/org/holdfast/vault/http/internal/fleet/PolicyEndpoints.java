package org.holdfast.vault.http.internal.fleet;

import java.util.List;
import java.util.UUID;

import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.PolicyPreview;
import org.holdfast.protocol.fleet.PreviewPolicy;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.holdfast.vault.fleet.Policies;
import org.holdfast.vault.fleet.PolicyPreviews;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.fleet.Versioned;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Policies. */
@Component(service = Endpoints.class)
public final class PolicyEndpoints implements Endpoints {
    private static final String POLICIES = Lists.VAULT + "/policies";
    private static final String POLICY = POLICIES + "/{policy}";

    private final Vaults vaults;
    private final Policies policies;
    private final PolicyPreviews previews;

    /** Takes what it works with. */
    @Activate
    public PolicyEndpoints(@Reference Vaults vaults, @Reference Policies policies,
            @Reference PolicyPreviews previews) {
        this.vaults = vaults;
        this.policies = policies;
        this.previews = previews;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("list-policies", POLICIES).person(Permissions.POLICY_READ).summary("Lists the policies.")
                        .lists(Policy.class, PolicyTable.LISTING.names())
                        .handle(call -> Lists.page(policies.list(vault(call), call.list()))),
                Route.post("create-policy", POLICIES).person(Permissions.POLICY_MANAGE).summary("Makes a policy.")
                        .takes(Policy.class).gives(201, Policy.class).handle(call -> {
                            var made = policies.create(vault(call), call.body(Policy.class), call.person().name());
                            return reply(made).location("/api/v1/vaults/" + call.path("vault") + "/policies/"
                                    + made.value().name());
                        }),
                Route.post("preview-policy", POLICIES + "/preview").person(Permissions.POLICY_READ)
                        .summary("Shows the next runs of a policy and which points it would keep.")
                        .takes(PreviewPolicy.class).gives(PolicyPreview.class).audited(false)
                        .handle(call -> previews.preview(call.body(PreviewPolicy.class))),
                Route.get("read-policy", POLICY).person(Permissions.POLICY_READ).summary("Reads a policy.")
                        .gives(Policy.class).versioned()
                        .handle(call -> reply(policies.get(vault(call), call.path("policy")))),
                Route.put("edit-policy", POLICY).person(Permissions.POLICY_MANAGE)
                        .summary("Makes a new version of a policy.").takes(Policy.class).gives(Policy.class)
                        .versioned().handle(call -> reply(policies.edit(vault(call), call.path("policy"),
                                call.body(Policy.class), call.version(), call.person().name()))),
                Route.delete("delete-policy", POLICY).person(Permissions.POLICY_MANAGE)
                        .summary("Takes a policy away that nothing uses.").versioned().handle(call -> {
                            policies.delete(vault(call), call.path("policy"), call.version());
                            return null;
                        }),
                Route.get("list-policy-versions", POLICY + "/versions").person(Permissions.POLICY_READ)
                        .summary("Lists the versions of a policy.").lists(Policy.class, PolicyTable.VERSIONS.names())
                        .handle(call -> Lists.page(
                                policies.versions(vault(call), call.path("policy"), call.list()))),
                Route.get("read-policy-assignments", POLICY + "/assignments").person(Permissions.POLICY_READ)
                        .summary("Tells which tags a policy is for and whether it is the vault's default.")
                        .gives(PolicyAssignments.class)
                        .handle(call -> policies.assignments(vault(call), call.path("policy"))),
                Route.put("assign-policy", POLICY + "/assignments").person(Permissions.POLICY_MANAGE)
                        .summary("Says which tags a policy is for and whether it is the vault's default.")
                        .takes(PolicyAssignments.class).gives(PolicyAssignments.class)
                        .handle(call -> policies.assign(vault(call), call.path("policy"),
                                call.body(PolicyAssignments.class))));
    }

    private UUID vault(Call call) {
        return vaults.id(call.path("vault"));
    }

    private static Reply reply(Versioned<Policy> policy) {
        return Reply.of(policy.value()).version(policy.version());
    }
}

package org.holdfast.console.servers.internal.editor;

import jakarta.inject.Inject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.console.servers.internal.PolicyDialog;
import org.holdfast.console.servers.internal.ServerActions;
import org.holdfast.console.servers.internal.ServerFacts;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Asked;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.Fact;
import org.holdfast.console.ui.pages.FactTable;
import org.holdfast.protocol.fleet.PolicyPreview;
import org.holdfast.protocol.fleet.PreviewPolicy;
import org.holdfast.protocol.fleet.ServerPolicy;

/** The policy that holds, in plain words, why it does, and whether the agent follows it. */
public final class PolicyPage implements ServerPage {
    private static final int RUNS = 5;
    private static final String OPEN = "org.holdfast.console.policies.open";

    /**
     * What the vault says.
     *
     * @param policy that holds
     * @param preview what it will do, null without a policy
     */
    private record Answer(ServerPolicy policy, @Nullable PolicyPreview preview) {
    }

    private final ServerWords words;
    private final PolicyText text;
    private OpenServer server;
    private Bar bar;
    private FactTable table;
    private Asked<Answer> asked;

    /** Called by the editor. */
    @Inject
    public PolicyPage(ServerWords words) {
        this.words = words;
        text = new PolicyText(words.formats());
    }

    @Override
    public void create(Composite parent, OpenServer open) {
        server = open;
        bar = ServerBar.of(parent, open).add("policy.assign", Messages.overview_assign, "policy.manage",
                () -> assign(parent)).add("policy.open", Messages.policy_open, "",
                        () -> server.summary().policy() == null ? Messages.policy_nothing : null, this::openPolicy);
        var panel = new StatePanel(parent, "policy.panel");
        panel.setLayoutData(Ui.fill());
        table = new FactTable(panel.content(), "policy.facts", Messages.policy_facts);
        asked = new Asked<>(panel, this::question, this::show);
    }

    private CompletableFuture<Answer> question() {
        var api = server.session().api();
        String vault = server.summary().vault();
        return api.servers().policy(vault, server.summary().id()).thenCompose(policy -> {
            Policy effective = policy.value().effective();
            return effective == null || effective.plan() == null
                    ? CompletableFuture.completedFuture(new Answer(policy.value(), null))
                    : api.policies().preview(vault, new PreviewPolicy(effective, null, RUNS, 1))
                            .thenApply(preview -> new Answer(policy.value(), preview));
        });
    }

    private void assign(Composite parent) {
        var dialog = new PolicyDialog(parent.getShell(), List.of(server.row()));
        if (dialog.open() == Window.OK) {
            new ServerActions(parent.getShell()).assign(List.of(server.row()), dialog.policy());
        }
    }

    /** The editor of policies belongs to another bundle. */
    private void openPolicy() {
        ServerSummary s = server.summary();
        Commands.run(OPEN, Map.of(OPEN + ".connection", server.session().connection().id(), OPEN + ".vault", s.vault(),
                OPEN + ".policy", String.valueOf(s.policy())));
    }

    @Override
    public void update() {
        ServerSummary s = server.summary();
        bar.update();
        asked.ask(List.of(String.valueOf(s.policy()), s.policyVersion(), s.policyOrigin(), String.valueOf(s.drift())));
    }

    private void show(Answer answer) {
        var facts = new ArrayList<Fact>();
        ServerPolicy assigned = answer.policy();
        Policy policy = assigned.effective();
        if (policy == null) {
            facts.add(new Fact(Messages.policy_name, Messages.policy_nothing, Icon.WARNINGS));
            table.show(facts);
            return;
        }
        facts.add(new Fact(Messages.policy_name, NLS.bind(Messages.policy_version, policy.name(), policy.version()),
                Icon.POLICY));
        facts.add(Fact.of(Messages.policy_why, ServerFacts.origin(server.summary())));
        if (!policy.description().isEmpty()) {
            facts.add(Fact.of(Messages.policy_description, policy.description()));
        }
        facts.add(assigned.drift() != null
                ? new Fact(Messages.policy_followed, assigned.drift(), Icon.CHANGED)
                : new Fact(Messages.policy_followed, Boolean.TRUE.equals(assigned.applied()) ? Messages.policy_yes
                        : Messages.policy_notYet, null));
        plan(facts, policy.plan(), answer.preview());
        facts.add(Fact.of(Messages.policy_keeps, text.retention(policy.retention())));
        facts.add(Fact.of(Messages.policy_items, policy.items().isEmpty() ? Messages.items_noneInPolicy
                : String.join(", ", policy.items())));
        facts.add(Fact.of(Messages.policy_leavesOut, String.join("; ", text.exclusions(policy.exclusions()))));
        facts.add(Fact.of(Messages.policy_bandwidth, text.bandwidth(policy.bandwidth())));
        if (policy.before() != null) {
            facts.add(Fact.of(Messages.policy_before, text.hook(policy.before())));
        }
        if (policy.after() != null) {
            facts.add(Fact.of(Messages.policy_after, text.hook(policy.after())));
        }
        facts.add(Fact.of(Messages.policy_names, policy.reportPaths() ? Messages.policy_namesTold
                : Messages.policy_namesKept));
        table.show(facts);
    }

    private void plan(List<Fact> facts, @Nullable RunPlan plan, @Nullable PolicyPreview preview) {
        facts.add(Fact.of(Messages.policy_runs, text.schedule(plan)));
        if (plan == null) {
            return;
        }
        facts.add(Fact.of(Messages.policy_zone, plan.zone().isEmpty() ? Messages.plan_ownZone : plan.zone()));
        if (!plan.jitter().isZero()) {
            facts.add(Fact.of(Messages.policy_spread,
                    NLS.bind(Messages.plan_jitter, words.formats().duration(plan.jitter()))));
        }
        facts.add(Fact.of(Messages.policy_missed, plan.catchUp() ? Messages.plan_catchUp : Messages.plan_noCatchUp));
        if (preview != null) {
            facts.add(Fact.of(Messages.policy_next, preview.runs().stream().map(words.formats()::time)
                    .collect(Collectors.joining("; "))));
        }
    }

    @Override
    public void refresh() {
        asked.again();
    }

    @Override
    public void focus() {
        table.table().enter();
    }
}

package org.holdfast.console.policies.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.PolicyCheck;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.ManyAction;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.ManyDialog;
import org.holdfast.console.ui.Ui;

/**
 * Schedules backups: asks for servers, what, when, how long and how fast, makes a policy of that in each vault that the
 * servers belong to, and assigns it to each server, with a result for each.
 */
public final class ScheduleWizard extends Wizard {
    private static final int AT_ONCE = 8;

    private final Shell parent;
    private final PolicyWords words;
    private final ServersPage servers;
    private final List<SectionPage> pages;
    private final ScheduleReviewPage review;
    private final Policy start;
    private PreviewFeed feed;

    /**
     * @param parent of the window with the results, which stays when the wizard is gone
     * @param all servers to choose from
     * @param selected those that are chosen at first
     */
    public ScheduleWizard(Shell parent, PolicyWords words, List<Row<ServerSummary>> all,
            List<Row<ServerSummary>> selected) {
        this.parent = parent;
        this.words = words;
        setWindowTitle(Messages.wizard_title);
        setNeedsProgressMonitor(false);
        setHelpAvailable(false);
        start = Policy.standard(free(all));
        servers = new ServersPage(words, all, selected, this::changed);
        pages = List.of(new SectionPage(this, "items", new ItemsSection(), Messages.wizard_items),
                new SectionPage(this, "schedule", new ScheduleSection(words), Messages.wizard_schedule),
                new SectionPage(this, "retention", new RetentionSection(words), Messages.wizard_retention),
                new SectionPage(this, "bandwidth", new BandwidthSection(words), Messages.wizard_bandwidth));
        review = new ScheduleReviewPage(this);
    }

    /** The servers a person may schedule backups of, on all vault servers. */
    public static List<Row<ServerSummary>> servers(VaultConnections connections) {
        return connections.sessions().stream().filter(PoliciesSources::mayManage)
                .flatMap(s -> s.live().servers().snapshot().stream().map(server -> new Row<>(s, server))).toList();
    }

    private static String free(List<Row<ServerSummary>> all) {
        Set<String> taken = all.stream().map(Row::session).distinct()
                .flatMap(s -> s.live().policies().snapshot().stream()).map(p -> p.policy().name())
                .collect(Collectors.toSet());
        String name = "scheduled";
        for (int i = 2; taken.contains(name); i++) {
            name = "scheduled-" + i;
        }
        return name;
    }

    @Override
    public void addPages() {
        addPage(servers);
        pages.forEach(this::addPage);
        addPage(review);
    }

    @Override
    public void createPageControls(Composite container) {
        setDefaultPageImageDescriptor(Icon.VAULT_BANNER.descriptor());
        feed = new PreviewFeed(container, question -> places().stream().findFirst()
                .map(p -> p.session().api().policies().preview(p.vault(), question)).orElse(null),
                List.of(result -> pages.forEach(p -> p.show(result))));
        super.createPageControls(container);
        pages.forEach(p -> p.show(start));
        changed();
    }

    /** The policy as described so far. */
    Policy policy() {
        Policy policy = start.withName(review.policyName().orElse(start.name()));
        for (SectionPage page : pages) {
            policy = page.read(policy);
        }
        return policy;
    }

    List<Row<ServerSummary>> servers() {
        return servers.servers();
    }

    PolicyWords words() {
        return words;
    }

    /** The vaults that the chosen servers belong to. */
    Set<VaultPlace> places() {
        return servers().stream().map(r -> new VaultPlace(r.session(), r.value().vault())).sorted()
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A person changed something. */
    void changed() {
        if (feed == null) {
            return;
        }
        Policy policy = policy();
        pages.forEach(p -> p.check(policy));
        review.check(policy);
        if (!servers().isEmpty()) {
            feed.changed(policy);
        }
        if (getContainer() != null && getContainer().getCurrentPage() != null) {
            getContainer().updateButtons();
        }
    }

    /** Why the name cannot be taken; empty when it can. */
    Optional<String> nameProblem(Policy policy) {
        return PolicyCheck.check(policy).stream().filter(p -> p.field().equals("name")).findFirst()
                .map(words::problem).or(() -> places().stream()
                        .filter(p -> p.session().live().policies().get(p.vault() + '/' + policy.name()) != null)
                        .findFirst().map(p -> NLS.bind(Messages.wizard_taken, policy.name(), p.label())));
    }

    @Override
    public boolean canFinish() {
        for (IWizardPage page : getPages()) {
            if (!page.isPageComplete()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean performFinish() {
        Policy policy = policy();
        List<Row<ServerSummary>> targets = servers();
        Map<VaultPlace, CompletableFuture<Policy>> made = new ConcurrentHashMap<>();
        var many = new ManyAction<>(targets, r -> null, r -> {
            var place = new VaultPlace(r.session(), r.value().vault());
            return made(made, place, policy).thenCompose(p -> {
                var calls = r.session().api().servers();
                return calls.policy(place.vault(), r.value().id())
                        .thenCompose(read -> calls.assign(place.vault(), r.value().id(), p.name(), read.etag()));
            });
        }, AT_ONCE, Ui.executor(parent.getDisplay()));
        Ui.async(parent, () -> new ManyDialog<>(parent, Messages.wizard_title,
                NLS.bind(Messages.wizard_running, policy.name()), many, r -> r.value().name()).open());
        return true;
    }

    /** Makes the policy once in each vault; what failed is tried again by whoever asks next. */
    private static CompletableFuture<Policy> made(Map<VaultPlace, CompletableFuture<Policy>> made, VaultPlace place,
            Policy policy) {
        return made.compute(place, (p, known) -> known != null && !known.isCompletedExceptionally() ? known
                : p.session().api().policies().create(p.vault(), policy));
    }

    /** What was chosen, in the order of the pages: names and values. */
    Map<String, String> summary() {
        Policy policy = policy();
        Map<String, String> lines = new java.util.LinkedHashMap<>();
        lines.put(Messages.column_servers, NLS.bind(Messages.review_servers,
                words.formats().count(servers().size()), names()));
        lines.put(Messages.column_name, places().stream().map(VaultPlace::label).collect(Collectors.joining(", ")));
        lines.put(Messages.items_title, String.join(", ", policy.items()));
        lines.put(Messages.items_without, words.exclusions(policy.exclusions()));
        lines.put(Messages.plan_title, words.plan(policy.plan()));
        lines.put(Messages.keep_title, words.retention(policy.retention()));
        lines.put(Messages.rate_title, words.bandwidth(policy.bandwidth()));
        Map<String, Integer> before = new TreeMap<>();
        servers().forEach(r -> before.merge(r.value().policy() == null ? Messages.diff_none : r.value().policy(), 1,
                Integer::sum));
        lines.put(Messages.review_before, before.entrySet().stream()
                .map(e -> NLS.bind(Messages.review_count, e.getKey(), words.formats().count(e.getValue())))
                .collect(Collectors.joining(", ")));
        return lines;
    }

    private String names() {
        var names = servers().stream().map(r -> r.value().name()).limit(8).collect(Collectors.joining(", "));
        return servers().size() > 8 ? names + ", ..." : names;
    }
}

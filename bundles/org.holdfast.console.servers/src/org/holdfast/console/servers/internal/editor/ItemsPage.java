package org.holdfast.console.servers.internal.editor;

import jakarta.inject.Inject;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.fleet.Versioned;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Asked;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.Fact;
import org.holdfast.console.ui.pages.FactTable;
import org.holdfast.console.ui.pages.ListRows;
import org.holdfast.protocol.fleet.ServerPolicy;

/** What is protected, what is left out, and how the last backup of it went. */
public final class ItemsPage implements ServerPage {
    /**
     * A protected folder or file.
     *
     * @param path absolute
     * @param source who says so
     */
    private record Item(String path, String source) {
    }

    /**
     * What the vault says.
     *
     * @param own of the server itself
     * @param policy that holds
     */
    private record Answer(Versioned<ServerItems> own, ServerPolicy policy) {
    }

    private final PolicyText text;
    private final JobText jobs;
    private final ListRows<Item> rows = new ListRows<>();
    private OpenServer server;
    private Bar bar;
    private DataTable<Item> table;
    private FactTable facts;
    private Asked<Answer> asked;
    private @Nullable Answer answer;
    private Subscription watching = () -> {
    };

    /** Called by the editor. */
    @Inject
    public ItemsPage(ServerWords words) {
        text = new PolicyText(words.formats());
        jobs = new JobText(words.formats());
    }

    @Override
    public void create(Composite parent, OpenServer open) {
        server = open;
        bar = ServerBar.of(parent, open).add("items.change", Messages.items_change, "server.manage",
                () -> change(parent));
        var panel = new StatePanel(parent, "items.panel");
        panel.setLayoutData(Ui.fill());
        Composite body = panel.content();
        body.setLayout(Ui.grid(1));
        table = new DataTable<>(body, SWT.MULTI, "items.table", Messages.items_table, List.of(
                Column.<Item>text("path", Messages.items_path, 50, Item::path).with(i -> Icon.FOLDER).growing(),
                Column.text("source", Messages.items_source, 36, Item::source)));
        table.setSource(rows);
        facts = new FactTable(body, "items.facts", Messages.items_facts);
        asked = new Asked<>(panel, this::question, a -> {
            answer = a;
            show();
        });
        watching = server.session().live().jobs().changes().add(l -> Ui.async(parent, this::show));
    }

    private java.util.concurrent.CompletableFuture<Answer> question() {
        var calls = server.session().api().servers();
        String vault = server.summary().vault();
        String id = server.summary().id();
        return calls.items(vault, id).thenCombine(calls.policy(vault, id), (i, p) -> new Answer(i, p.value()));
    }

    private void change(Composite parent) {
        Answer known = answer;
        if (known != null) {
            new ItemsDialog(parent.getShell(), server.row(), known.own(), items(known.policy()), asked::again).open();
        }
    }

    private static List<String> items(ServerPolicy policy) {
        Policy effective = policy.effective();
        return effective == null ? List.of() : effective.items();
    }

    @Override
    public void update() {
        ServerSummary s = server.summary();
        bar.update();
        asked.ask(List.of(String.valueOf(s.policy()), s.policyVersion(), String.valueOf(s.drift())));
    }

    private void show() {
        Answer known = answer;
        if (known == null) {
            return;
        }
        ServerItems own = known.own().value();
        Policy policy = known.policy().effective();
        List<String> paths = own.items().isEmpty() ? items(known.policy()) : own.items();
        String source = own.items().isEmpty() && policy != null ? NLS.bind(Messages.items_ofPolicy, policy.name())
                : Messages.items_own;
        if (rows.set(paths.stream().map(path -> new Item(path, source)).toList())) {
            table.shapeChanged();
        }
        var list = new ArrayList<Fact>();
        if (paths.isEmpty()) {
            list.add(new Fact(Messages.items_table, Messages.items_none, Icon.WARNINGS));
        }
        if (policy != null) {
            text.exclusions(policy.exclusions()).forEach(line -> list.add(Fact.of(
                    NLS.bind(Messages.items_leftOutBy, policy.name()), line)));
        }
        text.exclusions(own.exclusions()).stream().filter(line -> policy == null
                || !text.exclusions(policy.exclusions()).contains(line))
                .forEach(line -> list.add(Fact.of(Messages.items_leftOut, line)));
        list.addAll(jobs.facts(Messages.items_last, JobText.last(server.row(), JobKind.BACKUP)));
        facts.show(list);
    }

    @Override
    public void refresh() {
        asked.again();
    }

    @Override
    public void focus() {
        table.enter();
    }

    @Override
    public void dispose() {
        watching.close();
    }
}

package org.holdfast.console.vaults.internal.editor;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.client.Failure;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FailureDialog;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Asked;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.FactTable;
import org.holdfast.console.ui.pages.ListRows;
import org.holdfast.console.vaults.internal.editor.MaintenanceWords.Looked;
import org.holdfast.console.vaults.page.OpenVault;
import org.holdfast.console.vaults.page.VaultPage;
import org.holdfast.protocol.fleet.CollectionView;
import org.holdfast.protocol.fleet.PackDamage;
import org.holdfast.protocol.fleet.ScrubView;
import org.holdfast.protocol.fleet.VaultMaintenance;

/** How the vault server looks after a vault: what collection freed, what was read again, and what is damaged. */
public final class MaintenancePage implements VaultPage {
    private static final String MANAGE = "vault.manage";
    private static final int AGAIN_MILLIS = 1500;
    private static final int FACTS = 10;

    private final Clock clock;
    private final Formats formats = Formats.local();
    private final MaintenanceWords words = new MaintenanceWords(formats);
    private final ListRows<Care> rows = new ListRows<>();
    private final ListRows<PackDamage> damaged = new ListRows<>();
    private OpenVault vault;
    private Composite body;
    private StatePanel panel;
    private Bar bar;
    private Bar damageBar;
    private FactTable facts;
    private DataTable<Care> servers;
    private DataTable<PackDamage> damages;
    private Asked<Looked> asked;
    private @Nullable Looked now;
    private boolean waiting;

    /**
     * What was done for a server.
     *
     * @param id of the server
     * @param name of the server
     * @param collection by collection, or null
     * @param scrub by reading again, or null
     */
    private record Care(String id, String name, @Nullable CollectionView collection, @Nullable ScrubView scrub) {
    }

    /** Called by the editor. */
    @Inject
    public MaintenancePage(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void create(Composite parent, OpenVault open) {
        vault = open;
        body = parent;
        bar = new Bar(parent, open)
                .add("maintenance.collect", Messages.maintenance_collect, MANAGE,
                        () -> now != null && now.state().collecting() ? Messages.maintenance_runs : null,
                        () -> begin(vault.session().api().maintenance().collect(name())))
                .add("maintenance.scrub", Messages.maintenance_scrub, MANAGE,
                        () -> now != null && now.state().scrubbing() ? Messages.maintenance_runs : null,
                        () -> begin(vault.session().api().maintenance().scrub(name())))
                .add("maintenance.plan", Messages.maintenance_plan, MANAGE, () -> null, this::plan);
        panel = new StatePanel(parent, "maintenance.panel");
        panel.setLayoutData(Ui.fill());
        facts = new FactTable(panel.content(), "maintenance.facts", Messages.maintenance_table);
        var least = Ui.wide();
        least.heightHint = facts.table().control().getItemHeight() * FACTS;
        facts.table().setLayoutData(least);
        Ui.label(panel.content(), Messages.maintenance_servers);
        servers = new DataTable<>(panel.content(), SWT.MULTI, "maintenance.servers", Messages.maintenance_servers,
                columns());
        servers.setSource(rows);
        Ui.label(panel.content(), Messages.maintenance_damages);
        damageBar = new Bar(panel.content(), open, () -> damages.selection().size() == 1 ? null
                : Messages.maintenance_onePack).add("maintenance.hurt", Messages.maintenance_hurt, "point.read",
                        () -> hurt(damages.selection().getFirst()));
        damages = new DataTable<>(panel.content(), SWT.SINGLE, "maintenance.damages", Messages.maintenance_damages,
                damageColumns());
        damages.toolTip(PackDamage::detail);
        damages.onSelect(selected -> damageBar.update()).onOpen(this::hurt);
        damages.setSource(damaged);
        asked = new Asked<>(panel, this::ask, this::show);
    }

    private List<Column<Care>> columns() {
        return List.of(
                Column.<Care>text("name", Messages.column_server, 22, Care::name)
                        .with(c -> c.scrub() != null && c.scrub().damaged() > 0 ? Icon.ERROR : Icon.SERVER).growing(),
                Column.text("ran", Messages.maintenance_ran, 22,
                        c -> c.collection() == null ? Messages.none : formats.time(c.collection().ran())),
                Column.number("deleted", Messages.maintenance_over, 12,
                        c -> c.collection() == null ? "" : formats.count(c.collection().deleted())),
                Column.number("purged", Messages.maintenance_purged, 12,
                        c -> c.collection() == null ? "" : formats.count(c.collection().purged())),
                Column.number("freed", Messages.maintenance_freed, 10,
                        c -> c.collection() == null ? "" : formats.size(c.collection().bytesFreed())),
                Column.number("total", Messages.maintenance_freedAll, 12,
                        c -> c.collection() == null ? "" : formats.size(c.collection().freedTotal())),
                Column.text("since", Messages.maintenance_readSince, 22, c -> words.readSince(c.scrub())),
                Column.text("under", Messages.maintenance_under, 24, c -> words.underWay(c.scrub())),
                Column.number("packs", Messages.maintenance_packs, 9,
                        c -> c.scrub() == null ? "" : formats.count(words.packs(c.scrub()))),
                Column.number("damaged", Messages.maintenance_damaged, 9,
                        c -> c.scrub() == null ? "" : formats.count(c.scrub().damaged())));
    }

    private List<Column<PackDamage>> damageColumns() {
        return List.of(
                Column.<PackDamage>text("server", Messages.column_server, 20, PackDamage::server)
                        .with(d -> d.healed() == null ? Icon.ERROR : Icon.COMPLETED),
                Column.text("found", Messages.maintenance_found, 22, d -> formats.time(d.found())),
                Column.<PackDamage>text("pack", Messages.maintenance_pack, 30, PackDamage::object).growing(),
                Column.text("problem", Messages.maintenance_problem, 22, MaintenanceWords::problem),
                Column.number("points", Messages.maintenance_points, 10, d -> formats.count(d.points().size())),
                Column.text("healed", Messages.maintenance_healed, 24,
                        d -> d.healed() == null ? Messages.maintenance_open : formats.time(d.healed())));
    }

    private String name() {
        return vault.summary().name();
    }

    private CompletableFuture<Looked> ask() {
        var api = vault.session().api().maintenance();
        return api.plan().thenCombine(api.of(name()), (plan, state) -> new Looked(plan, state, List.of(), List.of()))
                .thenCombine(api.scrubs(name()), Looked::withScrubs)
                .thenCombine(api.damages(name()), Looked::withDamages);
    }

    private void show(Looked looked) {
        now = looked;
        facts.show(words.facts(looked, clock.instant()));
        Map<String, CollectionView> collections = new HashMap<>();
        looked.state().servers().forEach(c -> collections.put(c.serverId(), c));
        Map<String, Care> all = new LinkedHashMap<>();
        looked.scrubs().forEach(s -> all.put(s.serverId(),
                new Care(s.serverId(), s.server(), collections.get(s.serverId()), s)));
        looked.state().servers().forEach(c -> all.putIfAbsent(c.serverId(),
                new Care(c.serverId(), c.server(), c, null)));
        if (rows.set(new ArrayList<>(all.values()))) {
            servers.shapeChanged();
        }
        if (damaged.set(looked.damages())) {
            damages.shapeChanged();
        }
        bar.update();
        damageBar.update();
        if ((looked.state().collecting() || looked.state().scrubbing()) && !waiting) {
            waiting = true;
            Ui.after(AGAIN_MILLIS, panel, () -> {
                waiting = false;
                asked.again();
            });
        }
    }

    /** It goes on at the vault server; the page asks until it is over. */
    private void begin(CompletableFuture<VaultMaintenance> begun) {
        begun.whenComplete((state, thrown) -> Ui.async(body, () -> {
            if (thrown != null) {
                new FailureDialog(body.getShell(), Failure.of(thrown)).open();
            }
            asked.again();
        }));
    }

    private void plan() {
        Looked known = now;
        if (known != null) {
            new PlanDialog(body.getShell(), vault.session(), known.plan(), asked::again).open();
        }
    }

    private void hurt(PackDamage damage) {
        new DamageDialog(body.getShell(), vault.session(), name(), damage).open();
    }

    @Override
    public void update() {
        bar.update();
        damageBar.update();
        asked.ask(List.of(name(), vault.summary().points(), vault.summary().openAlerts()));
    }

    @Override
    public void refresh() {
        asked.again();
    }

    @Override
    public void focus() {
        if (panel.state() == StatePanel.State.CONTENT) {
            facts.table().enter();
        } else {
            panel.setFocus();
        }
    }
}

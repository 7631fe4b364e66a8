package org.holdfast.console.monitor.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.e4.ui.di.Focus;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.tile.TileFleet;
import org.holdfast.console.ui.tile.Tiles;

/** Answers at a glance what is not protected, what failed and what runs; every number opens the rows it counts. */
public final class OverviewPart {
    /** Lists tell of changes about three times a second each; a person reads slower. */
    private static final int PAUSE_MILLIS = 400;
    private static final int REFRESH_MILLIS = 30_000;
    private static final int COLUMNS = 3;
    private static final int NARROW_CHARS = 110;

    private final MonitorSite site;
    private final Opener opener;
    private final Function<Composite, Tiles> tilesOf;
    private final Clock clock;
    private final Formats formats;
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("holdfast-overview-model").factory());
    private final List<FleetRows<?>> lists = new ArrayList<>();
    private FleetPanel panel;
    private ScrolledComposite scroll;
    private Composite cards;
    private OverviewCards content;
    private VaultCares cares;
    private Tiles tiles;
    private FleetRows<ServerSummary> servers;
    private FleetRows<JobSummary> jobs;
    private FleetRows<AlertSummary> alerts;
    private FleetRows<VaultSummary> vaults;
    private boolean pending;
    private boolean laidOut;

    /** Called by the workbench. */
    @Inject
    public OverviewPart(MonitorSite site, IEclipseContext context) {
        this(site, Opener.workbench(), parent -> Tiles.of(parent, context), Formats.local(), Clock.systemUTC());
    }

    /** Another clock than the system's, other parts than the workbench's and other tiles than those of plug-ins. */
    public OverviewPart(MonitorSite site, Opener opener, Function<Composite, Tiles> tilesOf, Formats formats,
            Clock clock) {
        this.site = site;
        this.opener = opener;
        this.tilesOf = tilesOf;
        this.formats = formats;
        this.clock = clock;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        panel = new FleetPanel(parent, "overview", new FleetPanel.Nothing(Icon.SERVER_LARGE, Messages.overview_none,
                Messages.overview_noneText, new StatePanel.Action("overview.refresh", Messages.refresh,
                        this::refresh)),
                this::refresh, this::refresh);
        scroll = new ScrolledComposite(panel.content(), SWT.V_SCROLL | SWT.H_SCROLL);
        scroll.setLayoutData(Ui.fill());
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        scroll.setShowFocusedControl(true);
        cards = new Composite(scroll, SWT.NONE);
        var layout = new GridLayout(COLUMNS, true);
        layout.horizontalSpacing = 12;
        layout.verticalSpacing = 8;
        cards.setLayout(layout);
        scroll.setContent(cards);
        scroll.addListener(SWT.Resize, e -> arrange());
        cares = new VaultCares(clock, this::changed);
        content = new OverviewCards(cards, opener, new JobWords(formats, clock));
        tiles = tilesOf.apply(cards);
        servers = add(new FleetRows<>(site.connections(), LiveFleet::servers, rows -> changed()));
        jobs = add(new FleetRows<>(site.connections(), LiveFleet::jobs, rows -> changed()));
        alerts = add(new FleetRows<>(site.connections(), LiveFleet::alerts, rows -> changed()));
        vaults = add(new FleetRows<>(site.connections(), LiveFleet::vaults, rows -> changed()));
        changed();
        Ui.after(REFRESH_MILLIS, panel.panel(), this::tick);
    }

    private <T> FleetRows<T> add(FleetRows<T> rows) {
        lists.add(rows);
        return rows;
    }

    private void tick() {
        changed();
        Ui.after(REFRESH_MILLIS, panel.panel(), this::tick);
    }

    /** On any thread. */
    private void changed() {
        Ui.async(panel.panel(), () -> {
            if (!pending) {
                pending = true;
                Ui.after(laidOut ? PAUSE_MILLIS : 1, panel.panel(), this::count);
            }
        });
    }

    private void count() {
        pending = false;
        try {
            thread.execute(() -> {
                List<Row<ServerSummary>> all = servers.rows();
                cares.ask(vaults.rows());
                Figures figures = new FigureCounter(clock.instant(), formats.zone(), cares::of).count(all, jobs.rows(),
                        alerts.rows(), vaults.rows());
                Ui.async(panel.panel(), () -> show(figures, all.size()));
            });
        } catch (RejectedExecutionException e) {
            // The part is gone.
        }
    }

    private void show(Figures figures, int rows) {
        content.show(figures);
        if (!tiles.isEmpty()) {
            tiles.update(new TileFleet(servers.rows(), jobs.rows(), alerts.rows(), vaults.rows()));
        }
        panel.show(servers.state(rows, rows));
        laidOut = true;
        arrange();
    }

    /** Side by side where there is room, below each other where there is not. */
    private void arrange() {
        int width = scroll.getClientArea().width;
        if (width <= 0) {
            return;
        }
        int columns = width < Ui.chars(cards, NARROW_CHARS) ? 1 : COLUMNS;
        var layout = (GridLayout) cards.getLayout();
        if (layout.numColumns != columns) {
            layout.numColumns = columns;
            for (Control card : cards.getChildren()) {
                ((GridData) card.getLayoutData()).horizontalSpan = Math.min(columns, content.span(card));
            }
        }
        cards.layout(true, true);
        Point size = cards.computeSize(width, SWT.DEFAULT);
        scroll.setMinSize(Ui.chars(cards, NARROW_CHARS / COLUMNS), size.y);
    }

    /** Reads all lists anew. */
    public void refresh() {
        cares.forget();
        servers.refresh();
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        if (panel.panel().state() == StatePanel.State.CONTENT) {
            cards.setFocus();
        } else {
            panel.panel().setFocus();
        }
    }

    /** Called by the workbench. */
    @PreDestroy
    public void destroy() {
        lists.forEach(FleetRows::close);
        thread.shutdown();
    }
}

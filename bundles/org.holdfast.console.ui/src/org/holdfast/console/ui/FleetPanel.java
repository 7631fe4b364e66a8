package org.holdfast.console.ui;

import java.util.List;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.client.Failure;
import org.holdfast.console.model.PartState;

/**
 * A state panel for rows of vault servers: says in the same words everywhere why there are none, and shows a bar above
 * them when they are not all there or not fresh.
 */
public final class FleetPanel {
    /**
     * What is shown when there is nothing of the kind.
     *
     * @param icon a large one
     * @param title what there is none of
     * @param text why, and what helps
     * @param actions the one that helps first
     */
    public record Nothing(Icon icon, String title, String text, StatePanel.Action... actions) {
    }

    private final StatePanel panel;
    private final Composite banner;
    private final Label text;
    private final Composite rows;
    private final Nothing nothing;
    private final Runnable refresh;
    private final Runnable clearFilter;
    private final Formats formats = Formats.local();
    private String explained = "";

    /**
     * @param id for tests
     * @param nothing shown when there is nothing of the kind
     * @param clearFilter takes all filters away
     * @param refresh tries again
     */
    public FleetPanel(Composite parent, String id, Nothing nothing, Runnable clearFilter, Runnable refresh) {
        this.nothing = nothing;
        this.clearFilter = clearFilter;
        this.refresh = refresh;
        panel = new StatePanel(parent, id);
        banner = Ui.id(new Composite(panel.content(), SWT.NONE), id + ".banner");
        banner.setLayout(Ui.grid(3, 4));
        banner.setLayoutData(Ui.wide());
        var icon = new Label(banner, SWT.NONE);
        icon.setImage(Icon.WARNINGS.image());
        text = Ui.id(new Label(banner, SWT.WRAP), id + ".bannerText");
        var wide = Ui.wide();
        wide.widthHint = Ui.chars(text, 40);
        text.setLayoutData(wide);
        Ui.button(banner, id + ".bannerRetry", Messages.state_retry, refresh);
        showBanner("");
        rows = new Composite(panel.content(), SWT.NONE);
        rows.setLayout(Ui.grid(1));
        rows.setLayoutData(Ui.fill());
    }

    /** Where the part puts its widgets. */
    public Composite content() {
        return rows;
    }

    /** The panel around it. */
    public StatePanel panel() {
        return panel;
    }

    /** Text of the bar above the rows, empty when there is none. */
    public String banner() {
        return explained;
    }

    /** Shows the rows, or why there are none. */
    public void show(PartState state) {
        switch (state) {
            case PartState.NoVault s -> panel.showPrompt(Icon.VAULT_LARGE, Messages.fleet_noVault,
                    Messages.fleet_noVaultText, new StatePanel.Action("fleet.connect", Messages.fleet_connect,
                            () -> Commands.run(Commands.CONNECT)),
                    new StatePanel.Action("fleet.startHere", Messages.fleet_startHere,
                            () -> Commands.run(Commands.START_LOCAL_VAULT)));
            case PartState.SignedOut s -> panel.showPrompt(Icon.VAULT_LARGE, Messages.fleet_signedOut,
                    NLS.bind(Messages.fleet_signedOutText, String.join(", ", s.vaultServers())),
                    new StatePanel.Action("fleet.signIn", Messages.fleet_signIn,
                            () -> Commands.run(Commands.SIGN_IN)));
            case PartState.Loading s -> panel.showLoading(s.asked() == 1 ? Messages.fleet_loadingOne
                    : NLS.bind(Messages.fleet_loading, formats.count(s.asked()), formats.count(s.answered())));
            case PartState.Empty s -> panel.showEmpty(nothing.icon(), nothing.title(), nothing.text(),
                    nothing.actions());
            case PartState.Filtered s -> {
                showBanner("");
                panel.showFiltered(NLS.bind(Messages.fleet_filtered, formats.count(s.total())), clearFilter);
            }
            case PartState.NoRight s -> panel.showEmpty(Icon.ERROR_LARGE, Messages.fleet_noRight,
                    NLS.bind(Messages.fleet_noRightText, String.join(", ", s.accounts())));
            case PartState.Failed s -> panel.showError(s.failure(), refresh);
            case PartState.Content s -> rows("");
            case PartState.Partial s -> rows(NLS.bind(Messages.fleet_partial, new Object[] {
                    formats.count(s.answered()), formats.count(s.asked()), names(s.missing()) }));
            case PartState.Stale s -> rows(stale(s));
        }
    }

    private String stale(PartState.Stale s) {
        String what = NLS.bind(Messages.fleet_stale, names(s.missing()), formats.time(s.since()));
        Failure why = s.failure();
        return why == null ? what : what + ' ' + why.message();
    }

    private void rows(String explanation) {
        showBanner(explanation);
        panel.showContent();
    }

    private void showBanner(String explanation) {
        explained = explanation;
        boolean needed = !explanation.isEmpty();
        text.setText(Ui.plain(explanation));
        if (banner.getVisible() != needed || needed) {
            banner.setVisible(needed);
            ((GridData) banner.getLayoutData()).exclude = !needed;
            banner.requestLayout();
            panel.content().layout();
        }
    }

    private static String names(List<String> all) {
        return String.join(", ", all);
    }
}

package org.holdfast.console.monitor.internal;

import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.ui.advice.Advice;
import org.holdfast.console.ui.advice.AlertAdvice;

/** What the console itself knows to help with alerts, in its language, and where that is done. */
public final class OwnAdvice implements AlertAdvice {
    private static final String OPEN_VAULT = "org.holdfast.console.vaults.open";
    private static final String OPEN_SERVER = "org.holdfast.console.servers.open";

    private final Opener opener;

    /** Called by the part with the alerts. */
    public OwnAdvice() {
        this(Opener.workbench());
    }

    /** Opens with something else than the workbench. */
    public OwnAdvice(Opener opener) {
        this.opener = opener;
    }

    @Override
    public @Nullable Advice about(Row<AlertSummary> alert) {
        return switch (alert.value().kind()) {
            case DAMAGE -> vault(alert, Messages.advice_damage);
            case VAULT_FULL -> vault(alert, Messages.advice_full);
            case VAULT_CLOCK -> vault(alert, Messages.advice_clock);
            case APPROVAL_WAITING -> new Advice(Messages.advice_approval, Messages.advice_showApprovals,
                    () -> opener.open(Opener.SHOW_VIEW, Map.of(Opener.VIEW_ID, MonitorIds.APPROVALS)));
            case BACKUP_MISSED, SERVER_LOST -> server(alert, Messages.advice_missed);
            case ANOMALY -> server(alert, Messages.advice_anomaly);
            default -> null;
        };
    }

    private Advice vault(Row<AlertSummary> alert, String text) {
        String name = alert.value().vault();
        VaultSummary vault = alert.session().live().vaults().snapshot().stream()
                .filter(v -> v.name().equals(name)).findFirst().orElse(null);
        return vault == null ? new Advice(text, Messages.advice_showVaults, opener::vaults)
                : new Advice(text, Messages.advice_openVault, () -> opener.open(OPEN_VAULT,
                        Map.of(OPEN_VAULT + ".connection", alert.session().connection().id(), OPEN_VAULT + ".vault",
                                vault.id())));
    }

    private Advice server(Row<AlertSummary> alert, String text) {
        String server = alert.value().serverId();
        return server == null ? Advice.of(text)
                : new Advice(text, Messages.advice_openServer, () -> opener.open(OPEN_SERVER,
                        Map.of(OPEN_SERVER + ".connection", alert.session().connection().id(),
                                OPEN_SERVER + ".server", server)));
    }
}

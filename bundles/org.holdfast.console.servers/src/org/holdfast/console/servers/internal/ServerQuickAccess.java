package org.holdfast.console.servers.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.quickaccess.IQuickAccessComputer;
import org.eclipse.ui.quickaccess.IQuickAccessComputerExtension;
import org.eclipse.ui.quickaccess.QuickAccessElement;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.model.TextFilter;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.ui.Commands;

/** Finds servers in the quick access of the workbench, by all that the part with the servers finds them by. */
public final class ServerQuickAccess implements IQuickAccessComputer, IQuickAccessComputerExtension {
    private static final int MOST = 50;

    @Override
    public QuickAccessElement[] computeElements() {
        return new QuickAccessElement[0];
    }

    @Override
    public QuickAccessElement[] computeElements(String query, IProgressMonitor monitor) {
        VaultConnections connections = PlatformUI.getWorkbench().getService(VaultConnections.class);
        return connections == null ? new QuickAccessElement[0]
                : find(connections, query).stream().map(ServerElement::new).toArray(QuickAccessElement[]::new);
    }

    /** Servers that fit, those whose name does first. */
    public static List<Row<ServerSummary>> find(VaultConnections connections, String query) {
        TextFilter filter = TextFilter.of(query);
        if (filter.isEmpty()) {
            return List.of();
        }
        String text = query.strip().toLowerCase(Locale.ROOT);
        return connections.sessions().stream()
                .flatMap(s -> s.live().servers().snapshot().stream().map(v -> new Row<>(s, v)))
                .filter(row -> row.value().state() != ServerState.RETIRED
                        && filter.matchesLowerCase(ServerWords.searched(row)))
                .sorted(Comparator.comparing((Row<ServerSummary> row) -> !name(row).startsWith(text))
                        .thenComparing(ServerQuickAccess::name))
                .limit(MOST).toList();
    }

    private static String name(Row<ServerSummary> row) {
        return row.value().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void resetState() {
        // nothing is kept
    }

    @Override
    public boolean needsRefresh() {
        return true;
    }

    /** A server in the list. */
    private static final class ServerElement extends QuickAccessElement {
        private final Row<ServerSummary> row;

        ServerElement(Row<ServerSummary> row) {
            this.row = row;
        }

        @Override
        public String getLabel() {
            ServerSummary s = row.value();
            return NLS.bind(Messages.quick_server, new Object[] { s.name(), ServerWords.state(s.state()), s.vault(),
                    row.session().connection().name() });
        }

        @Override
        public ImageDescriptor getImageDescriptor() {
            return ServerWords.icon(row.value().state()).descriptor();
        }

        @Override
        public String getId() {
            return row.session().connection().id() + '/' + row.value().id();
        }

        @Override
        public void execute() {
            Commands.run(ServersIds.OPEN, Map.of(ServersIds.OPEN_CONNECTION, row.session().connection().id(),
                    ServersIds.OPEN_SERVER, row.value().id()));
        }
    }
}

package org.holdfast.console.ui;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.quickaccess.IQuickAccessComputer;
import org.eclipse.ui.quickaccess.IQuickAccessComputerExtension;
import org.eclipse.ui.quickaccess.QuickAccessElement;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.model.TextFilter;

/**
 * Finds rows of one kind of all vault servers in the quick access of the workbench.
 *
 * @param <T> kind of the rows
 */
public abstract class RowQuickAccess<T> implements IQuickAccessComputer, IQuickAccessComputerExtension {
    private final int most;
    private final Function<LiveFleet, LiveList<T>> list;

    /**
     * @param most how many are offered
     * @param list which list of a vault server
     */
    protected RowQuickAccess(int most, Function<LiveFleet, LiveList<T>> list) {
        this.most = most;
        this.list = list;
    }

    /** What it is called. */
    protected abstract String name(T value);

    /** All that it is found by, in lower case. */
    protected abstract String searched(Row<T> row);

    /** What people read. */
    protected abstract String label(Row<T> row);

    /** Icon beside it. */
    protected abstract Icon icon(Row<T> row);

    /** Names it among those of its vault server. */
    protected abstract String key(T value);

    /** Shows it. */
    protected abstract void open(Row<T> row);

    /** Whether it is offered at all. */
    protected boolean isOffered(T value) {
        return true;
    }

    @Override
    public final QuickAccessElement[] computeElements() {
        return new QuickAccessElement[0];
    }

    @Override
    public final QuickAccessElement[] computeElements(String query, IProgressMonitor monitor) {
        VaultConnections connections = PlatformUI.getWorkbench().getService(VaultConnections.class);
        return connections == null ? new QuickAccessElement[0]
                : find(connections, query).stream().map(RowElement::new).toArray(QuickAccessElement[]::new);
    }

    /** Those that fit, those whose name does first. */
    public final List<Row<T>> find(VaultConnections connections, String query) {
        TextFilter filter = TextFilter.of(query);
        if (filter.isEmpty()) {
            return List.of();
        }
        String text = query.strip().toLowerCase(Locale.ROOT);
        return connections.sessions().stream()
                .flatMap(s -> list.apply(s.live()).snapshot().stream().map(v -> new Row<>(s, v)))
                .filter(row -> isOffered(row.value()) && filter.matchesLowerCase(searched(row)))
                .sorted(Comparator.comparing((Row<T> row) -> !lowerCase(row).startsWith(text))
                        .thenComparing(this::lowerCase))
                .limit(most).toList();
    }

    private String lowerCase(Row<T> row) {
        return name(row.value()).toLowerCase(Locale.ROOT);
    }

    @Override
    public final void resetState() {
        // nothing is kept
    }

    @Override
    public final boolean needsRefresh() {
        return true;
    }

    /** A row in the list. */
    private final class RowElement extends QuickAccessElement {
        private final Row<T> row;

        RowElement(Row<T> row) {
            this.row = row;
        }

        @Override
        public String getLabel() {
            return label(row);
        }

        @Override
        public ImageDescriptor getImageDescriptor() {
            return icon(row).descriptor();
        }

        @Override
        public String getId() {
            return row.session().connection().id() + '/' + key(row.value());
        }

        @Override
        public void execute() {
            open(row);
        }
    }
}

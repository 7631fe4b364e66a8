package org.holdfast.console.policies.internal;

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
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.model.TextFilter;
import org.holdfast.console.policies.PoliciesIds;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;

/** Finds policies in the quick access of the workbench, by all that the part with the policies finds them by. */
public final class PolicyQuickAccess implements IQuickAccessComputer, IQuickAccessComputerExtension {
    private static final int MOST = 30;

    @Override
    public QuickAccessElement[] computeElements() {
        return new QuickAccessElement[0];
    }

    @Override
    public QuickAccessElement[] computeElements(String query, IProgressMonitor monitor) {
        VaultConnections connections = PlatformUI.getWorkbench().getService(VaultConnections.class);
        return connections == null ? new QuickAccessElement[0]
                : find(connections, query).stream().map(PolicyElement::new).toArray(QuickAccessElement[]::new);
    }

    /** Policies that fit, those whose name does first. */
    public static List<Row<VaultPolicy>> find(VaultConnections connections, String query) {
        TextFilter filter = TextFilter.of(query);
        if (filter.isEmpty()) {
            return List.of();
        }
        var words = new PolicyWords(Formats.local());
        String text = query.strip().toLowerCase(Locale.ROOT);
        return connections.sessions().stream()
                .flatMap(s -> s.live().policies().snapshot().stream().map(p -> new Row<>(s, p)))
                .filter(row -> filter.matchesLowerCase(words.searched(row)))
                .sorted(Comparator.comparing((Row<VaultPolicy> row) -> !name(row).startsWith(text))
                        .thenComparing(PolicyQuickAccess::name))
                .limit(MOST).toList();
    }

    private static String name(Row<VaultPolicy> row) {
        return row.value().policy().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void resetState() {
        // nothing is kept
    }

    @Override
    public boolean needsRefresh() {
        return true;
    }

    /** A policy in the list. */
    private static final class PolicyElement extends QuickAccessElement {
        private final Row<VaultPolicy> row;

        PolicyElement(Row<VaultPolicy> row) {
            this.row = row;
        }

        @Override
        public String getLabel() {
            return NLS.bind(Messages.quick_policy, new Object[] { row.value().policy().name(), row.value().vault(),
                    row.session().connection().name() });
        }

        @Override
        public ImageDescriptor getImageDescriptor() {
            return Icon.POLICY.descriptor();
        }

        @Override
        public String getId() {
            return row.session().connection().id() + '/' + row.value().key();
        }

        @Override
        public void execute() {
            Commands.run(PoliciesIds.OPEN, Map.of(PoliciesIds.OPEN_CONNECTION, row.session().connection().id(),
                    PoliciesIds.OPEN_VAULT, row.value().vault(), PoliciesIds.OPEN_POLICY,
                    row.value().policy().name()));
        }
    }
}

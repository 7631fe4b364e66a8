package org.holdfast.console.servers.internal.editor;

import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.ui.Ui;

/** The buttons of a page. One that cannot be used now is grey, and its tool tip says why. */
final class Bar {
    private final Composite row;
    private final OpenServer server;

    Bar(Composite parent, OpenServer server) {
        this.server = server;
        row = new Composite(parent, SWT.NONE);
        var layout = new RowLayout(SWT.HORIZONTAL);
        layout.marginLeft = 0;
        layout.marginRight = 0;
        layout.spacing = 6;
        row.setLayout(layout);
        row.setLayoutData(Ui.wide());
    }

    /**
     * Adds a button.
     *
     * @param permission what the account needs, empty for nothing
     * @param obstacle why it cannot be used now, null when it can
     */
    Bar add(String id, String text, String permission, Supplier<@Nullable String> obstacle, Runnable action) {
        Button button = Ui.button(row, id, text, action);
        button.setData(new Rule(permission, obstacle));
        return this;
    }

    /** Adds a button for servers that are not retired. */
    Bar add(String id, String text, String permission, Runnable action) {
        return add(id, text, permission, () -> server.summary().state() == ServerState.RETIRED
                ? Messages.bar_retired
                : null, action);
    }

    /** What can be used now. */
    void update() {
        for (var child : row.getChildren()) {
            if (child instanceof Button button && button.getData() instanceof Rule rule) {
                String why = why(rule);
                button.setEnabled(why == null);
                button.setToolTipText(why == null ? "" : why);
            }
        }
    }

    private @Nullable String why(Rule rule) {
        var session = server.session();
        if (!session.state().isConnected() && !rule.permission().isEmpty()) {
            return Messages.bar_notConnected;
        }
        if (!rule.permission().isEmpty() && !session.may(rule.permission())) {
            return NLS.bind(Messages.page_noRightText, session.connection().user(),
                    rule.permission());
        }
        return rule.obstacle().get();
    }

    /**
     * When a button can be used.
     *
     * @param permission what the account needs
     * @param obstacle why not otherwise
     */
    private record Rule(String permission, Supplier<@Nullable String> obstacle) {
    }
}

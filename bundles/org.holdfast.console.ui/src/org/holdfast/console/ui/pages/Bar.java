package org.holdfast.console.ui.pages;

import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.ui.Ui;

/** The buttons of a page. One that cannot be used now is grey, and its tool tip says why. */
public final class Bar {
    private final Composite row;
    private final Open<?> open;
    private final Supplier<@Nullable String> usual;

    /** For things of which each button can be used at any time. */
    public Bar(Composite parent, Open<?> open) {
        this(parent, open, () -> null);
    }

    /** @param usual why buttons without an obstacle of their own cannot be used now, null when they can */
    public Bar(Composite parent, Open<?> open, Supplier<@Nullable String> usual) {
        this.open = open;
        this.usual = usual;
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
    public Bar add(String id, String text, String permission, Supplier<@Nullable String> obstacle, Runnable action) {
        Button button = Ui.button(row, id, text, action);
        button.setData(new Rule(permission, obstacle));
        return this;
    }

    /** Adds a button that has no obstacle of its own. */
    public Bar add(String id, String text, String permission, Runnable action) {
        return add(id, text, permission, usual, action);
    }

    /** What can be used now. */
    public void update() {
        for (var child : row.getChildren()) {
            if (child instanceof Button button && button.getData() instanceof Rule rule) {
                String why = why(rule);
                button.setEnabled(why == null);
                button.setToolTipText(why == null ? "" : why);
            }
        }
    }

    private @Nullable String why(Rule rule) {
        var session = open.session();
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

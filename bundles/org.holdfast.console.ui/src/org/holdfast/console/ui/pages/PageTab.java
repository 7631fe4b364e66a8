package org.holdfast.console.ui.pages;

import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;

/**
 * One tab of the editor: its page, made when it is first seen, or why it cannot be shown.
 *
 * @param <P> kind of the page
 */
final class PageTab<P extends EditorPage> {
    private final PageEntry<P> entry;
    private final Supplier<FleetSession> session;
    private final BiConsumer<P, Composite> create;
    private final StatePanel panel;
    private @Nullable P page;
    private boolean broken;

    /**
     * @param session the vault server of the thing that is open
     * @param create makes the widgets of a page in a composite
     */
    PageTab(Composite parent, PageEntry<P> entry, Supplier<FleetSession> session, BiConsumer<P, Composite> create) {
        this.entry = entry;
        this.session = session;
        this.create = create;
        panel = new StatePanel(parent, entry.id());
    }

    PageEntry<P> entry() {
        return entry;
    }

    StatePanel panel() {
        return panel;
    }

    /** Brings the page up to date; it can be seen. */
    void update() {
        FleetSession vault = session.get();
        if (!entry.permission().isEmpty() && vault.me() != null && !vault.may(entry.permission())) {
            panel.showEmpty(Icon.KEY, Messages.page_noRight, NLS.bind(Messages.page_noRightText,
                    vault.connection().user(), entry.permission()));
            return;
        }
        if (broken) {
            return;
        }
        try {
            if (page == null) {
                make();
            }
            page.update();
            panel.showContent();
        } catch (RuntimeException | LinkageError e) {
            fail(e);
        }
    }

    private void make() {
        Composite content = panel.content();
        content.setLayout(Ui.grid(1, 6));
        P made = call(entry.make());
        create.accept(made, content);
        page = made;
        content.layout(true, true);
    }

    private P call(Callable<P> make) {
        try {
            return make.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A page that fails takes nobody else along. */
    private void fail(Throwable e) {
        broken = true;
        if (Platform.isRunning()) {
            ILog.of(PageTab.class).error("The page " + entry.id() + " failed.", e);
        }
        panel.showError(Failure.of(new HoldfastException(Problem.INTERNAL,
                NLS.bind(Messages.page_failed, entry.name()), NLS.bind(Messages.page_failedAdvice, entry.id()), e)),
                this::again);
    }

    private void again() {
        drop();
        for (var child : panel.content().getChildren()) {
            child.dispose();
        }
        broken = false;
        update();
    }

    void focus() {
        if (page != null && panel.state() == StatePanel.State.CONTENT) {
            page.focus();
        } else {
            panel.setFocus();
        }
    }

    void refresh() {
        if (page != null && !broken) {
            page.refresh();
        }
    }

    void drop() {
        P old = page;
        page = null;
        if (old != null) {
            old.dispose();
        }
    }
}

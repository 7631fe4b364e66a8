package org.holdfast.console.recovery.internal;

import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.client.recover.RecoverSession.Topic;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;

/** What the parts of the perspective have in common: a state panel, and the session that they follow. */
abstract class RecoverPart {
    /** The session, or null in a console that was put together without an engine or a connection to one. */
    protected final RecoverSession session;
    /** What a person can do. */
    protected final RecoverActions actions;
    /** The workbench around the part. */
    protected final RecoverSite site;
    private StatePanel panel;
    private Subscription subscription = () -> {
    };

    RecoverPart(RecoverSite site) {
        this.site = site;
        this.session = site.session();
        this.actions = site.actions();
    }

    /** Called by the workbench. */
    @PostConstruct
    public final void create(Composite parent) {
        panel = new StatePanel(parent, id());
        if (session == null) {
            panel.showPrompt(Icon.ERROR_LARGE, Messages.part_noEngine, Messages.part_noEngineText);
            return;
        }
        build(panel.content());
        subscription = session.observers().add(topic -> {
            if (!panel.isDisposed()) {
                changed(topic);
            }
        });
        for (Topic topic : Topic.values()) {
            changed(topic);
        }
    }

    /** Called by the workbench. */
    @PreDestroy
    public final void destroy() {
        subscription.close();
        closed();
    }

    /** The panel. */
    protected final StatePanel panel() {
        return panel;
    }

    /** Whether the vault's points are there and one is chosen; shows what is missing otherwise. */
    protected final boolean hasPoint(String promptWithoutPoint) {
        if (session.connection() == null) {
            panel.showPrompt(Icon.VAULT_LARGE, Messages.part_noVault, "");
        } else if (session.point() == null) {
            panel.showEmpty(Icon.HISTORY_LARGE, session.isLoading() ? "" : promptWithoutPoint, "");
        } else {
            return true;
        }
        return false;
    }

    /** Name of the panel for tests. */
    protected abstract String id();

    /** Makes the content. */
    protected abstract void build(Composite content);

    /** The session changed; also called once for each topic after {@link #build}. */
    protected abstract void changed(Topic topic);

    /** Frees what is not freed with the widgets. */
    protected void closed() {
        // most parts hold nothing
    }
}

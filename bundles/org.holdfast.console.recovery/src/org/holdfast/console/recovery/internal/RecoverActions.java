package org.holdfast.console.recovery.internal;

import java.util.List;
import java.util.function.Consumer;

import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.e4.ui.workbench.modeling.EPartService.PartState;
import org.eclipse.jface.window.Window;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.model.Row;
import org.holdfast.console.recovery.internal.restore.RestoreWizard;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.FailureDialog;

/** What a person can do in the perspective; commands, buttons and keys all end here. */
public final class RecoverActions {
    private final RecoverSession session;
    private final EPartService parts;

    /**
     * Actions on a session.
     *
     * @param parts shows parts, or null without a workbench
     */
    public RecoverActions(RecoverSession session, EPartService parts) {
        this.session = session;
        this.parts = parts;
    }

    /**
     * Asks for a vault and its passphrase. When the directory is known and the environment names a passphrase file,
     * nobody is asked.
     */
    public void openVault(Shell shell, String location) {
        var dialog = new OpenVaultDialog(shell, session, RecentVaults.ofWorkbench(), location);
        var file = PassphraseFile.ofEnvironment();
        if (location.isEmpty() || file.isEmpty()) {
            dialog.open();
        } else {
            dialog.openWith(file.get());
        }
    }

    /**
     * Asks for a server of a vault server and for its passphrase; what is open already is shown at once.
     *
     * @param proposed the server that is wanted, or null to choose one
     * @return whether its data is shown now
     */
    public boolean recoverServer(Shell shell, Row<ServerSummary> proposed) {
        if (session.fleet() == null) {
            return false;
        }
        if (proposed != null) {
            VaultConnection known = session.opened(new ServerPlace(proposed.session(), proposed.value()));
            if (known != null) {
                session.show(known);
                return true;
            }
        }
        return new ServerDialog(shell, session, proposed).open() == Window.OK;
    }

    /** Closes the vault that is shown. */
    public void closeVault() {
        VaultConnection connection = session.connection();
        if (connection != null) {
            session.vaults().close(connection);
        }
    }

    /** Puts entries of the chosen point into the basket. */
    public void addToBasket(List<Entry> entries) {
        session.addToBasket(entries);
    }

    /** Restores what is in the basket, and empties it when the restore was started. */
    public void restoreBasket(Shell shell) {
        restore(shell, session.basket().items(), started -> session.clearBasket());
    }

    /** Restores the chosen entries. */
    public void restoreSelection(Shell shell) {
        PointSummary point = session.point();
        if (point != null) {
            restore(shell, session.entries().stream().map(e -> new Basket.Item(point, e)).toList(), started -> {
            });
        }
    }

    /** Restores all of the chosen point. */
    public void restorePoint(Shell shell) {
        PointSummary point = session.point();
        if (point != null) {
            restore(shell, List.of(new Basket.Item(point, null)), started -> {
            });
        }
    }

    /** Asks until when the chosen point is to be kept whatever the policy says. */
    public void pin(Shell shell) {
        if (session.mayPin()) {
            new PinDialog(shell, session).open();
        }
    }

    /** Lets the policy decide about the chosen point again. */
    public void unpin(Shell shell) {
        PointSummary point = session.point();
        VaultConnection connection = session.connection();
        ServerPlace place = connection == null ? null : connection.place();
        if (session.mayUnpin() && place != null) {
            place.session().api().points().unpin(place.server().vault(), point.id())
                    .whenCompleteAsync((done, thrown) -> {
                        session.refreshMarks();
                        if (thrown != null && !shell.isDisposed()) {
                            new FailureDialog(shell, Failure.of(thrown)).open();
                        }
                    }, session.ui());
        }
    }

    /** Shows an entry where it lies. */
    public void reveal(PointSummary point, org.holdfast.api.RawPath path) {
        session.reveal(point, path);
        showPart(org.holdfast.console.recovery.RecoverIds.BROWSE);
    }

    /** Chooses the point that is so many newer (or, negative, older). */
    public void step(int by) {
        List<PointSummary> points = session.points();
        int to = points.indexOf(session.point()) + by;
        if (to >= 0 && to < points.size()) {
            session.choosePoint(points.get(to));
        }
    }

    /** Brings a part to the front and gives it the focus. */
    public void showPart(String id) {
        if (parts != null) {
            parts.showPart(id, PartState.ACTIVATE);
        }
    }

    private ServerPlace otherServer(Shell shell, ServerPlace source) {
        var dialog = new OtherServerDialog(shell, session.fleet(), session.ui(), source);
        return dialog.open() == Window.OK ? dialog.chosen() : null;
    }

    private void restore(Shell shell, List<Basket.Item> items, Consumer<Boolean> started) {
        VaultConnection connection = session.connection();
        if (items.isEmpty() || connection == null) {
            return;
        }
        var wizard = new RestoreWizard(connection, session.ui(), items, session.vaults(), this::otherServer);
        var dialog = new WizardDialog(shell, wizard) {
            @Override
            protected void createButtonsForButtonBar(Composite parent) {
                super.createButtonsForButtonBar(parent);
                Buttons.name(this::getButton);
            }
        };
        dialog.setHelpAvailable(false);
        if (dialog.open() == Window.OK) {
            started.accept(Boolean.TRUE);
        }
    }
}

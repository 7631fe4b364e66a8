package org.holdfast.console.app.internal;

import java.util.List;

import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LinkState;
import org.holdfast.console.client.fleet.SavedConnection;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.Ui;

/** The vault servers that the console knows. What is done here is done at once. */
public final class ConnectionsPage extends PreferencePage implements IWorkbenchPreferencePage {
    private static final int[] WIDTHS = { 18, 24, 12, 18 };

    private VaultConnections connections;
    private Table table;
    private Text fingerprint;
    private Button rename;
    private Button signOut;
    private Button forget;
    private Subscription subscription = () -> {
    };

    /** Called by the workbench. */
    public ConnectionsPage() {
        noDefaultAndApplyButton();
    }

    @Override
    public void init(IWorkbench workbench) {
        connections = workbench.getService(VaultConnections.class);
    }

    @Override
    protected Control createContents(Composite parent) {
        var page = new Composite(parent, SWT.NONE);
        page.setLayout(Ui.grid(2));
        table = Ui.name(Ui.id(new Table(page, SWT.BORDER | SWT.SINGLE | SWT.FULL_SELECTION), "connections.table"),
                Messages.connections_list);
        table.setHeaderVisible(true);
        String[] titles = { Messages.connections_name, Messages.connections_address, Messages.connections_account,
                Messages.connections_state };
        for (int i = 0; i < titles.length; i++) {
            var column = new TableColumn(table, SWT.NONE);
            column.setText(titles[i]);
            column.setWidth(Math.max(Ui.header(table, titles[i]), Ui.chars(table, WIDTHS[i])));
        }
        var data = Ui.fill();
        data.heightHint = table.getItemHeight() * 6;
        table.setLayoutData(data);
        table.addListener(SWT.Selection, e -> update());
        buttons(page);
        fingerprint = Ui.name(Ui.id(new Text(page, SWT.READ_ONLY | SWT.MULTI | SWT.WRAP | SWT.BORDER),
                "connections.fingerprint"), Messages.connections_fingerprint);
        var wide = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        wide.heightHint = fingerprint.getLineHeight() * 3;
        wide.widthHint = Ui.chars(fingerprint, 60);
        fingerprint.setLayoutData(wide);
        fill();
        subscription = connections.changes().add(c -> Ui.async(page, this::fill));
        page.addListener(SWT.Dispose, e -> subscription.close());
        return page;
    }

    private void buttons(Composite page) {
        var column = new Composite(page, SWT.NONE);
        column.setLayout(Ui.grid(1));
        column.setLayoutData(new GridData(SWT.FILL, SWT.TOP, false, false));
        button(column, "connections.add", Messages.connections_add, () -> Commands.run(Commands.CONNECT));
        rename = button(column, "connections.rename", Messages.connections_rename, this::rename);
        signOut = button(column, "connections.signOut", Messages.connections_signOut,
                () -> connections.signOut(selected()).whenComplete((v, e) -> Ui.async(table, this::fill)));
        forget = button(column, "connections.forget", Messages.connections_forget, this::forget);
    }

    private static Button button(Composite column, String id, String text, Runnable action) {
        Button button = Ui.button(column, id, text, action);
        button.setLayoutData(Ui.wide());
        return button;
    }

    private void fill() {
        FleetSession before = table.getItemCount() == 0 ? null : selected();
        table.removeAll();
        for (FleetSession session : connections.sessions()) {
            SavedConnection c = session.connection();
            var item = new TableItem(table, SWT.NONE);
            item.setText(new String[] { c.name(), c.address(), c.user(), word(session.state().kind()) });
            item.setData(session);
            if (session == before || before == null && table.getItemCount() == 1) {
                table.setSelection(item);
            }
        }
        update();
    }

    private FleetSession selected() {
        TableItem[] items = table.getSelection();
        return items.length == 0 ? null : (FleetSession) items[0].getData();
    }

    private void update() {
        FleetSession session = selected();
        for (Button button : List.of(rename, forget)) {
            button.setEnabled(session != null);
        }
        signOut.setEnabled(session != null && session.state().kind() != LinkState.Kind.SIGNED_OUT);
        fingerprint.setText(session == null ? Messages.connections_none
                : NLS.bind(Messages.connections_pinned,
                        VaultConnections.inPairs(session.connection().fingerprint())));
    }

    private void rename() {
        FleetSession session = selected();
        var dialog = new InputDialog(getShell(), Messages.connections_renameTitle, Messages.connections_renameText,
                session.connection().name(), text -> text.isBlank() ? "" : null);
        if (dialog.open() == Window.OK) {
            connections.rename(session, dialog.getValue().strip());
        }
    }

    private void forget() {
        FleetSession session = selected();
        String text = NLS.bind(Messages.connections_forgetText, session.connection().name());
        if (new MessageDialog(getShell(), Messages.connections_forgetTitle, null, text, MessageDialog.QUESTION, 1,
                Messages.connections_forgetVerb, Buttons.cancel()).open() == 0) {
            connections.remove(session);
        }
    }

    private static String word(LinkState.Kind kind) {
        return switch (kind) {
            case SIGNED_OUT -> Messages.link_signedOut;
            case CONNECTING -> Messages.link_connecting;
            case CONNECTED -> Messages.link_connected;
            case STALE -> Messages.link_stale;
            case UNREACHABLE -> Messages.link_unreachable;
            case REFUSED -> Messages.link_refused;
            case CLOSED -> Messages.link_closed;
        };
    }
}

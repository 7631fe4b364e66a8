package org.holdfast.console.recovery.internal.restore;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.recovery.internal.ServerChooser;
import org.holdfast.console.ui.Ui;

/** Which computer restores: the server the data came from, another registered one, or this computer. */
final class TargetServer {
    private final VaultConnection connection;
    private final ServerPlace source;
    private final ServerChooser chooser;
    private final Runnable changed;
    private final Button sourceServer;
    private final Button otherServer;
    private final Button thisComputer;
    private final Text name;
    private final Button choose;
    private final Text passphrase;
    private final Text sourcePassphrase;
    private ServerPlace other;

    /**
     * @param connection data of a registered server
     * @param chooser lets a person choose another one
     * @param changed told after each change
     */
    TargetServer(Composite parent, VaultConnection connection, ServerChooser chooser, int indent, Runnable changed) {
        this.connection = connection;
        this.source = connection.place();
        this.chooser = chooser;
        this.changed = changed;
        var group = new Group(parent, SWT.NONE);
        group.setText(Messages.where_computer);
        group.setLayout(Ui.grid(3, 8));
        group.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        sourceServer = radio(group, "where.sourceServer",
                NLS.bind(Messages.where_sourceServer, source.server().name()), 3);
        otherServer = radio(group, "where.otherServer", Messages.where_otherServer, 3);
        name = Ui.name(Ui.id(new Text(group, SWT.BORDER | SWT.READ_ONLY), "where.serverName"),
                Messages.where_otherName);
        name.setLayoutData(indented(indent, 2));
        choose = Ui.button(group, "where.choose", Messages.where_choose, this::choose);
        passphrase = secret(group, "where.passphrase", Messages.where_otherPassphrase, indent);
        sourcePassphrase = connection.passphrase().length > 0 ? null
                : secret(group, "where.sourcePassphrase",
                        NLS.bind(Messages.where_sourcePassphrase, source.server().name()), indent);
        thisComputer = radio(group, "where.thisComputer", Messages.where_thisComputer, 3);
        boolean retired = source.now().state() == ServerState.RETIRED;
        boolean may = source.session().may("job.run");
        sourceServer.setEnabled(may && !retired);
        otherServer.setEnabled(may);
        (!may ? thisComputer : retired ? otherServer : sourceServer).setSelection(true);
        enable();
    }

    private Button radio(Composite group, String id, String text, int span) {
        var button = Ui.id(new Button(group, SWT.RADIO), id);
        button.setText(text);
        button.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, span, 1));
        button.addListener(SWT.Selection, e -> update());
        return button;
    }

    private Text secret(Composite group, String id, String text, int indent) {
        var label = new Label(group, SWT.NONE);
        label.setText(text);
        var data = new GridData(SWT.BEGINNING, SWT.CENTER, false, false);
        data.horizontalIndent = indent;
        label.setLayoutData(data);
        var field = Ui.id(new Text(group, SWT.BORDER | SWT.PASSWORD), id);
        Ui.name(field, text.replace("&", ""));
        field.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        field.addListener(SWT.Modify, e -> update());
        return field;
    }

    private static GridData indented(int indent, int span) {
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false, span, 1);
        data.horizontalIndent = indent;
        return data;
    }

    private void choose() {
        ServerPlace chosen = chooser.choose(name.getShell(), source);
        if (chosen != null) {
            use(chosen);
        }
    }

    /** Takes another registered server. */
    void use(ServerPlace chosen) {
        other = chosen;
        name.setText(chosen.title());
        passphrase.setText("");
        update();
        passphrase.setFocus();
    }

    private void update() {
        enable();
        changed.run();
    }

    private void enable() {
        boolean on = otherServer.getSelection();
        for (Control control : new Control[] { name, choose, passphrase, sourcePassphrase }) {
            if (control != null) {
                control.setEnabled(on && (control != passphrase || other != null));
            }
        }
    }

    /** Why no server can be chosen, or null. */
    String refusal() {
        return source.session().may("job.run") ? null
                : NLS.bind(Messages.where_noJobs, source.session().connection().user());
    }

    /** Whether everything is there. */
    boolean isComplete() {
        return !otherServer.getSelection() || other != null && passphrase.getCharCount() > 0
                && (sourcePassphrase == null || sourcePassphrase.getCharCount() > 0);
    }

    /** The server whose agent restores, or null for this computer and while none is chosen. */
    ServerPlace chosen() {
        return thisComputer.getSelection() ? null : otherServer.getSelection() ? other : source;
    }

    /** Whether an agent restores, not this computer. */
    boolean isAgent() {
        return !thisComputer.getSelection();
    }

    /** Passphrase of the other server, to be wiped by the caller. */
    char[] passphrase() {
        return passphrase.getTextChars();
    }

    /** Passphrase of the server the data came from, to be wiped by the caller. */
    char[] sourcePassphrase() {
        return sourcePassphrase == null ? connection.passphrase() : sourcePassphrase.getTextChars();
    }

    /** Lets the person type the passphrase again. */
    void again() {
        passphrase.selectAll();
        passphrase.setFocus();
    }
}

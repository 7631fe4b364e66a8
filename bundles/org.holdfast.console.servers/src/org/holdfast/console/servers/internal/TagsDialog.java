package org.holdfast.console.servers.internal;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;

/** Asks which tags the chosen servers are to get, and which to lose. */
public final class TagsDialog extends TitleAreaDialog {
    /** The rule of the vault. */
    private static final Pattern TAG = Pattern.compile("[\\p{Alnum}][\\p{Alnum}._:-]{0,63}");

    private final List<Row<ServerSummary>> servers;
    private Text add;
    private Text remove;
    private List<String> toAdd = List.of();
    private List<String> toRemove = List.of();

    /** @param servers whose tags change */
    public TagsDialog(Shell parent, List<Row<ServerSummary>> servers) {
        super(parent);
        this.servers = servers;
        setHelpAvailable(false);
    }

    /** Tags that the servers are to get. */
    public List<String> added() {
        return toAdd;
    }

    /** Tags that the servers are to lose. */
    public List<String> removed() {
        return toRemove;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.action_tags);
        Ui.id(shell, "tags");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(servers.size() == 1 ? NLS.bind(Messages.tags_headingOne, servers.getFirst().value().name())
                : NLS.bind(Messages.tags_heading, Formats.local().count(servers.size())));
        setMessage(Messages.tags_prompt);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(2, 12));
        body.setLayoutData(Ui.fill());
        var now = new TreeSet<String>();
        servers.forEach(row -> now.addAll(row.value().tags()));
        Ui.label(body, Messages.tags_now);
        var present = Ui.name(Ui.id(new Text(body, SWT.READ_ONLY), "tags.now"), Messages.tags_now);
        present.setText(now.isEmpty() ? Messages.tags_noneNow : String.join(" ", now));
        present.setLayoutData(Ui.wide());
        add = field(body, "tags.add", Messages.tags_add);
        remove = field(body, "tags.remove", Messages.tags_remove);
        Ui.async(add, add::setFocus);
        return area;
    }

    private Text field(Composite body, String id, String label) {
        Ui.label(body, label);
        var text = Ui.name(Ui.id(new Text(body, SWT.BORDER), id), label.replace("&", ""));
        var wide = Ui.wide();
        wide.widthHint = convertWidthInCharsToPixels(50);
        text.setLayoutData(wide);
        text.setMessage(Messages.tags_hint);
        text.addListener(SWT.Modify, e -> update());
        return text;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.tags_ok, true), "tags.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "tags.cancel");
        update();
    }

    private void update() {
        Button ok = getButton(IDialogConstants.OK_ID);
        if (ok == null) {
            return;
        }
        toAdd = words(add.getText());
        toRemove = words(remove.getText());
        String wrong = toAdd.stream().filter(tag -> !TAG.matcher(tag).matches()).findFirst().orElse(null);
        if (wrong != null) {
            setMessage(NLS.bind(Messages.tags_wrong, wrong), IMessageProvider.ERROR);
        } else {
            setMessage(Messages.tags_prompt);
        }
        ok.setEnabled(wrong == null && !(toAdd.isEmpty() && toRemove.isEmpty()));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("[\\s,]+")).filter(word -> !word.isEmpty()).distinct().toList();
    }
}

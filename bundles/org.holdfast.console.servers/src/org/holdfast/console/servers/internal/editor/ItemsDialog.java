package org.holdfast.console.servers.internal.editor;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.console.client.fleet.Versioned;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.SavingDialog;

/** Changes what a server protects: its policy's items, or items of its own. */
public final class ItemsDialog extends SavingDialog {
    private static final int LINES = 7;
    private static final int CHARS = 60;

    private final Row<ServerSummary> server;
    private final Versioned<ServerItems> before;
    private final List<String> ofPolicy;
    private Button own;
    private Text items;
    private Text globs;

    /**
     * @param ofPolicy the items of the policy
     * @param saved told when the vault has taken the change
     */
    public ItemsDialog(Shell parent, Row<ServerSummary> server, Versioned<ServerItems> before, List<String> ofPolicy,
            Runnable saved) {
        super(parent, "items", Messages.items_dialog, saved);
        this.server = server;
        this.before = before;
        this.ofPolicy = ofPolicy;
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.items_heading, server.value().name()));
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 12));
        body.setLayoutData(Ui.fill());
        boolean has = !before.value().items().isEmpty();
        radio(body, "items.ofPolicy", NLS.bind(Messages.items_followPolicy,
                ofPolicy.isEmpty() ? Messages.items_noneInPolicy : String.join(", ", ofPolicy)), !has);
        own = radio(body, "items.own", Messages.items_useOwn, has);
        Ui.label(body, Messages.items_paths);
        items = field(body, "items.paths", Messages.items_paths,
                String.join("\n", has ? before.value().items() : ofPolicy));
        Ui.label(body, Messages.items_globs);
        globs = field(body, "items.globs", Messages.items_globs,
                String.join("\n", before.value().exclusions().globs()));
        items.setEnabled(has);
        Ui.async(own, own::setFocus);
        return area;
    }

    private Button radio(Composite body, String id, String text, boolean chosen) {
        var button = Ui.id(new Button(body, SWT.RADIO | SWT.WRAP), id);
        button.setText(text);
        button.setSelection(chosen);
        button.addListener(SWT.Selection, e -> {
            items.setEnabled(own.getSelection());
            check();
        });
        return button;
    }

    private Text field(Composite body, String id, String label, String value) {
        var text = Ui.name(Ui.id(new Text(body, SWT.BORDER | SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL), id),
                label.replace("&", ""));
        text.setText(value);
        var data = new GridData(SWT.FILL, SWT.FILL, true, true);
        data.heightHint = convertHeightInCharsToPixels(LINES);
        data.widthHint = convertWidthInCharsToPixels(CHARS);
        text.setLayoutData(data);
        text.addListener(SWT.Modify, e -> check());
        text.addListener(SWT.Traverse, ItemsDialog::leave);
        return text;
    }

    /** Tab goes on to the next field: no path begins with it. */
    private static void leave(Event e) {
        if (e.detail == SWT.TRAVERSE_TAB_NEXT || e.detail == SWT.TRAVERSE_TAB_PREVIOUS) {
            e.doit = true;
        }
    }

    private static List<String> lines(Text text) {
        return text.getText().lines().map(String::strip).filter(line -> !line.isEmpty()).distinct().toList();
    }

    @Override
    @Nullable
    protected String problem() {
        if (!own.getSelection()) {
            return null;
        }
        List<String> paths = lines(items);
        return paths.isEmpty() ? Messages.items_noPath
                : paths.stream().filter(path -> !isAbsolute(path)).findFirst()
                        .map(path -> NLS.bind(Messages.items_notAbsolute, path)).orElse(null);
    }

    private static boolean isAbsolute(String path) {
        try {
            return path.matches("\\p{Alpha}:[\\\\/].*") || RawPath.of(path).isAbsolute();
        } catch (HoldfastException e) {
            return false;
        }
    }

    @Override
    protected String prompt() {
        return Messages.items_prompt;
    }

    @Override
    protected CompletableFuture<?> save() {
        Exclusions old = before.value().exclusions();
        var exclusions = new Exclusions(lines(globs), old.largerThan(), old.cacheDirectories(), old.markerFiles(),
                old.oneFileSystem());
        var next = new ServerItems(own.getSelection() ? lines(items) : List.of(), exclusions);
        return server.session().api().servers().setItems(server.value().vault(), server.value().id(), next,
                before.etag());
    }
}

package org.holdfast.console.install.internal.pick;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.install.discovery.FoundHost;
import org.holdfast.console.install.discovery.ServerDiscovery;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FilterField;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.ListRows;

/** Shows what all sources find, and lets a person pick those that are not protected yet. */
public final class PickDialog extends TitleAreaDialog {
    private static final int PATIENCE_SECONDS = 60;
    private static final int CHARS = 110;
    private static final int LINES = 22;

    private final List<HostSource> sources;
    private final VaultConnections connections;
    private final Executor background;
    private final Consumer<List<FoundHost>> picked;
    private final Map<String, Pick> found = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final ListRows<Pick> rows = new ListRows<>();
    private DataTable<Pick> table;
    private Button unprotected;
    private String filter = "";
    private int waiting;

    /**
     * A host and where it was found.
     *
     * @param host which
     * @param source name of the source
     * @param vault that protects it already, or null
     */
    private record Pick(FoundHost host, String source, @Nullable String vault) {
        String key() {
            return host.host().toLowerCase(Locale.ROOT) + ':' + host.port();
        }

        boolean has(String text) {
            return (host.host() + ' ' + host.name() + ' ' + host.detail() + ' ' + source).toLowerCase(Locale.ROOT)
                    .contains(text);
        }
    }

    /** @param picked told the hosts that were picked */
    public PickDialog(Shell parent, List<HostSource> sources, VaultConnections connections, Executor background,
            Consumer<List<FoundHost>> picked) {
        super(parent);
        this.sources = sources;
        this.connections = connections;
        this.background = background;
        this.picked = picked;
        setHelpAvailable(false);
        setBlockOnOpen(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.pick_title);
        Ui.id(shell, "pick");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(Messages.pick_heading);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(2, 10));
        body.setLayoutData(Ui.fill());
        var field = new FilterField(body, "pick.filter", Messages.pick_filter, text -> {
            filter = text.strip().toLowerCase(Locale.ROOT);
            show();
        });
        field.control().setLayoutData(Ui.wide());
        unprotected = Ui.id(new Button(body, SWT.CHECK), "pick.unprotected");
        unprotected.setText(Messages.pick_unprotected);
        unprotected.setSelection(true);
        unprotected.addListener(SWT.Selection, e -> show());
        table = new DataTable<>(body, SWT.MULTI | SWT.BORDER, "pick.table", Messages.pick_table, List.of(
                Column.<Pick>text("host", Messages.pick_host, 28, p -> p.host().port() == FoundHost.SSH_PORT
                        ? p.host().host()
                        : p.host().host() + ':' + p.host().port()).with(p -> Icon.SERVER),
                Column.text("name", Messages.pick_name, 24, p -> p.host().name()),
                Column.text("source", Messages.pick_source, 22, Pick::source),
                Column.<Pick>text("state", Messages.pick_state, 30, PickDialog::state)
                        .with(p -> p.vault() == null ? null : Icon.COMPLETED).growing()));
        var room = Ui.fill();
        room.horizontalSpan = 2;
        room.widthHint = convertWidthInCharsToPixels(CHARS);
        room.heightHint = convertHeightInCharsToPixels(LINES);
        table.setLayoutData(room);
        table.onSelect(all -> update()).onOpen(pick -> okPressed());
        table.setSource(rows);
        field.setRows(table);
        look();
        return area;
    }

    private static String state(Pick pick) {
        return pick.vault() != null ? Texts.bind(Messages.pick_protected, pick.vault()) : pick.host().detail();
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.SELECT_ALL_ID, Messages.pick_all, false), "pick.all");
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.pick_ok, true), "pick.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "pick.cancel");
        update();
    }

    @Override
    protected void buttonPressed(int id) {
        if (id == IDialogConstants.SELECT_ALL_ID) {
            table.control().selectAll();
            table.control().notifyListeners(SWT.Selection, new org.eclipse.swt.widgets.Event());
            table.control().setFocus();
        } else {
            super.buttonPressed(id);
        }
    }

    private void look() {
        var protection = new Protection(connections);
        waiting = sources.size();
        for (HostSource source : sources) {
            CompletableFuture.supplyAsync(() -> find(source.make()), background)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((hosts, thrown) -> Ui.async(getShell(), () -> {
                        waiting--;
                        if (thrown != null) {
                            failures.add(source.name() + ": " + Failure.of(thrown).message());
                        } else {
                            hosts.forEach(host -> add(new Pick(host, source.name(), protection.of(host))));
                        }
                        show();
                    }));
        }
    }

    private static List<FoundHost> find(Callable<ServerDiscovery> make) {
        try {
            return List.copyOf(make.call().find());
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, String.valueOf(e.getMessage()), "", e);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private void add(Pick pick) {
        found.putIfAbsent(pick.key(), pick);
    }

    private void show() {
        if (rows.set(found.values().stream().filter(p -> p.has(filter))
                .filter(p -> !unprotected.getSelection() || p.vault() == null).toList())) {
            table.shapeChanged();
        }
        update();
    }

    private void update() {
        Button ok = getButton(IDialogConstants.OK_ID);
        if (ok == null) {
            return;
        }
        ok.setEnabled(table.selection().stream().anyMatch(p -> p.vault() == null));
        if (waiting > 0) {
            setMessage(Messages.pick_looking);
        } else if (!failures.isEmpty()) {
            setMessage(String.join("; ", failures), IMessageProvider.WARNING);
        } else {
            setMessage(found.isEmpty() ? Messages.pick_nothing
                    : Texts.bind(Messages.pick_prompt,
                            String.valueOf(found.values().stream().filter(p -> p.vault() == null).count())));
        }
    }

    @Override
    protected void okPressed() {
        List<FoundHost> chosen = table.selection().stream().filter(p -> p.vault() == null).map(Pick::host).toList();
        if (!chosen.isEmpty()) {
            super.okPressed();
            picked.accept(chosen);
        }
    }
}

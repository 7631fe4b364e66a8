package org.holdfast.console.recovery.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.CancelToken;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.OpenMany;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Ui;

/**
 * Chooses the servers that a search goes through, and opens those that are not open yet: all with one passphrase, or
 * each with its own from the encrypted file that registering them wrote. What could not be opened stays chosen, to be
 * tried with another secret.
 */
public final class SearchServersDialog extends TitleAreaDialog {
    private final RecoverSession session;
    private final CancelToken cancel = new CancelToken();
    private final Set<VaultConnection> ready = new LinkedHashSet<>();
    private ServerTable servers;
    private SecretInput secret;
    private ProgressBar progress;
    private List<Row<ServerSummary>> chosen = List.of();
    private boolean busy;

    /** Shows nothing until opened. */
    public SearchServersDialog(Shell parent, RecoverSession session) {
        super(parent);
        this.session = session;
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    /** The open data of the servers that were chosen, as far as they could be opened. */
    public List<VaultConnection> connections() {
        return ready.stream().filter(VaultConnection::isOpen).toList();
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.open_title);
        Ui.id(shell, "searchServers");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle(Messages.searchServers_heading);
        setMessage(Messages.searchServers_prompt);
        var area = (Composite) super.createDialogArea(parent);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 8));
        body.setLayoutData(Ui.fill());
        servers = new ServerTable(body, new ServerTable.Choice("searchServers", SWT.MULTI, row -> true, this::choose,
                () -> secret.setFocus()), session.fleet(), session.ui());
        var fields = new Composite(body, SWT.NONE);
        fields.setLayout(Ui.grid(2, 4));
        fields.setLayoutData(Ui.wide());
        secret = new SecretInput(fields, 2, "searchServers", true, this::update);
        progress = Ui.name(Ui.id(new ProgressBar(body, SWT.HORIZONTAL), "searchServers.progress"),
                Messages.open_opening);
        progress.setLayoutData(Ui.wide());
        progress.setVisible(false);
        Ui.async(body, servers::setFocus);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.searchServers_ok, true), "searchServers.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.close(), false), "searchServers.close");
        update();
    }

    private void choose(List<Row<ServerSummary>> rows) {
        chosen = rows;
        update();
    }

    private List<ServerPlace> places() {
        return chosen.stream().map(row -> new ServerPlace(row.session(), row.value())).toList();
    }

    private void update() {
        Button ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            boolean allOpen = places().stream().allMatch(place -> session.opened(place) != null);
            ok.setEnabled(!busy && !chosen.isEmpty() && (allOpen || !secret.isEmpty()));
        }
    }

    @Override
    protected void okPressed() {
        List<ServerPlace> closed = new ArrayList<>();
        for (ServerPlace place : places()) {
            VaultConnection known = session.opened(place);
            if (known == null) {
                closed.add(place);
            } else {
                ready.add(known);
            }
        }
        if (closed.isEmpty()) {
            super.okPressed();
            return;
        }
        char[] typed = secret.typed();
        Function<ServerPlace, CompletableFuture<VaultConnection>> opener = opener(typed);
        setBusy(true, closed.size());
        OpenMany.of(closed, opener, cancel, tried -> Ui.async(progress, () -> progress.setSelection(tried)))
                .whenCompleteAsync((results, thrown) -> {
                    Arrays.fill(typed, '\0');
                    ended(results == null ? List.of() : results);
                }, session.ui());
    }

    private Function<ServerPlace, CompletableFuture<VaultConnection>> opener(char[] typed) {
        var vaults = session.vaults();
        if (secret.isFile()) {
            String file = secret.file();
            return place -> PassphrasesFile.open(vaults, place, file, typed.clone());
        }
        if (secret.isRecoveryKey()) {
            return place -> vaults.openServerWithRecoveryKey(place, new String(typed).strip());
        }
        return place -> vaults.openServer(place, typed.clone());
    }

    private void ended(List<OpenMany.Result> results) {
        results.stream().map(OpenMany.Result::connection).filter(c -> c != null).forEach(ready::add);
        if (getShell() == null || getShell().isDisposed()) {
            return;
        }
        setBusy(false, 0);
        List<OpenMany.Result> failed = results.stream().filter(r -> r.failure() != null).toList();
        if (failed.isEmpty()) {
            super.okPressed();
            return;
        }
        String why = failed.stream().map(r -> NLS.bind(Messages.searchServers_why, r.place().server().name(),
                r.failure().message())).distinct().limit(3).collect(Collectors.joining("\n"));
        setMessage(Texts.bind(Messages.searchServers_failed, results.size() - failed.size(), failed.size()) + '\n'
                + why, IMessageProvider.ERROR);
        Set<String> open = failed.stream().map(r -> r.place().location()).collect(Collectors.toSet());
        servers.select(chosen.stream()
                .filter(row -> open.contains(new ServerPlace(row.session(), row.value()).location())).toList());
        secret.again();
        update();
    }

    private void setBusy(boolean now, int steps) {
        busy = now;
        progress.setMaximum(Math.max(1, steps));
        progress.setSelection(0);
        progress.setVisible(now);
        servers.setEnabled(!now);
        secret.setEnabled(!now);
        if (now) {
            setMessage(Texts.bind(Messages.searchServers_opening, steps));
        }
        update();
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    public boolean close() {
        cancel.cancel();
        return super.close();
    }
}

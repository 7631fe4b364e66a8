package org.holdfast.console.azure.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.azure.AzureManagement;
import org.holdfast.api.azure.AzureSubscription;
import org.holdfast.api.azure.MarsItem;
import org.holdfast.api.azure.MarsJob;
import org.holdfast.api.azure.MarsServer;
import org.holdfast.api.azure.RecoveryCredentials;
import org.holdfast.api.azure.RecoveryVault;
import org.holdfast.console.azure.internal.RecoveryTables.ServerRow;
import org.holdfast.console.client.Failure;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FailureDialog;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.ListRows;

/**
 * Recovery Services vaults of a subscription with the servers that Microsoft's agent protects, what they protect and
 * their jobs; those that nobody here protects can be registered here.
 */
public final class RecoveryPart {
    private static final Duration BACK = Duration.ofDays(7);
    private static final String HOSTS = Commands.REGISTER + ".hosts";

    private final AzureSite site;
    private final Formats formats;
    private final BiConsumer<String, Map<String, String>> commands;
    private final ListRows<RecoveryVault> vaultRows = new ListRows<>();
    private final ListRows<ServerRow> serverRows = new ListRows<>();
    private final ListRows<MarsItem> itemRows = new ListRows<>();
    private final ListRows<MarsJob> jobRows = new ListRows<>();
    private List<AzureSubscription> subscriptions = List.of();
    private Contents shown = new Contents(List.of(), List.of(), List.of());
    private Combo subscription;
    private Label who;
    private StatePanel panel;
    private DataTable<RecoveryVault> vaults;
    private DataTable<ServerRow> servers;
    private DataTable<MarsItem> items;
    private DataTable<MarsJob> jobs;
    private Button register;
    private Button credentials;
    private Button pin;
    private int asked;

    /** What is in a vault. */
    private record Contents(List<MarsServer> servers, List<MarsItem> items, List<MarsJob> jobs) {
    }

    /** Called by the workbench. */
    @Inject
    public RecoveryPart(AzureSite site) {
        this(site, Formats.local(), Commands::run);
    }

    /** @param commands runs commands of other parts */
    public RecoveryPart(AzureSite site, Formats formats, BiConsumer<String, Map<String, String>> commands) {
        this.site = site;
        this.formats = formats;
        this.commands = commands;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 4));
        var top = new Composite(body, SWT.NONE);
        top.setLayout(Ui.grid(4));
        top.setLayoutData(Ui.wide());
        Ui.label(top, Messages.recovery_subscription);
        subscription = Ui.name(Ui.id(new Combo(top, SWT.READ_ONLY), "recovery.subscription"),
                Messages.recovery_subscription.replaceAll("\\(&.\\)|&", ""));
        subscription.addListener(SWT.Selection, e -> load());
        who = Ui.id(new Label(top, SWT.NONE), "recovery.who");
        who.setLayoutData(Ui.wide());
        Ui.button(top, "recovery.refresh", Messages.recovery_refresh, this::refresh);
        panel = new StatePanel(body, "recovery");
        panel.setLayoutData(Ui.fill());
        content(panel.content());
        refresh();
    }

    private void content(Composite parent) {
        var tables = new RecoveryTables(formats);
        var sides = new SashForm(parent, SWT.HORIZONTAL);
        sides.setLayoutData(Ui.fill());
        var left = side(sides);
        vaults = new DataTable<>(left, SWT.SINGLE | SWT.BORDER, "recovery.vaults", Messages.recovery_vaults,
                tables.vaults());
        vaults.setSource(vaultRows);
        vaults.onSelect(rows -> inside());
        var leftButtons = buttons(left, 2);
        credentials = Ui.button(leftButtons, "recovery.credentials", Messages.recovery_credentials,
                this::saveCredentials);
        pin = Ui.button(leftButtons, "recovery.pin", Messages.recovery_pin, this::showPin);
        var right = new SashForm(sides, SWT.VERTICAL);
        var above = side(right);
        servers = new DataTable<>(above, SWT.MULTI | SWT.BORDER, "recovery.servers", Messages.recovery_servers,
                tables.servers());
        servers.setSource(serverRows);
        servers.onSelect(rows -> ofServers());
        servers.toolTip(row -> String.join("\n", row.server().problems()));
        register = Ui.button(buttons(above, 1), "recovery.register", Messages.recovery_register, this::registerHere);
        items = new DataTable<>(right, SWT.MULTI | SWT.BORDER, "recovery.items", Messages.recovery_items,
                tables.items());
        items.setSource(itemRows);
        jobs = new DataTable<>(right, SWT.MULTI | SWT.BORDER, "recovery.jobs", Messages.recovery_jobs, tables.jobs());
        jobs.setSource(jobRows);
        right.setWeights(5, 3, 3);
        sides.setWeights(9, 11);
        enable();
    }

    private static Composite side(Composite parent) {
        var side = new Composite(parent, SWT.NONE);
        side.setLayout(Ui.grid(1));
        return side;
    }

    private static Composite buttons(Composite parent, int count) {
        var bar = new Composite(parent, SWT.NONE);
        bar.setLayout(Ui.grid(count));
        bar.setLayoutData(Ui.wide());
        return bar;
    }

    /** Reads everything anew. */
    public void refresh() {
        panel.showLoading(Messages.recovery_loading);
        ask(azure -> azure.identity(), text -> {
            who.setText(NLS.bind(Messages.recovery_who, Ui.plain(text)));
            who.setToolTipText(text);
        });
        ask(azure -> azure.subscriptions(), all -> {
            String before = subscriptionId();
            subscriptions = all;
            subscription.setItems(all.stream().map(AzureSubscription::name).toArray(String[]::new));
            subscription.requestLayout();
            int again = all.stream().map(AzureSubscription::id).toList().indexOf(before);
            if (all.isEmpty()) {
                panel.showEmpty(Icon.EMPTY_LARGE, Messages.recovery_noSubscription,
                        Messages.recovery_noSubscriptionText);
            } else {
                subscription.select(Math.max(0, again));
                load();
            }
        });
    }

    private String subscriptionId() {
        int at = subscription.getSelectionIndex();
        return at < 0 || at >= subscriptions.size() ? "" : subscriptions.get(at).id();
    }

    private void load() {
        String id = subscriptionId();
        panel.showLoading(Messages.recovery_loading);
        ask(azure -> azure.recoveryVaults(id).stream().map(vault -> azure.recoveryVault(vault.id())).toList(), all -> {
            if (!id.equals(subscriptionId())) {
                return;
            }
            vaultRows.set(all);
            vaults.shapeChanged();
            if (all.isEmpty()) {
                panel.showEmpty(Icon.VAULT_LARGE, Messages.recovery_none, Messages.recovery_noneText);
            } else {
                panel.showContent();
                if (vaults.selection().isEmpty()) {
                    vaults.selectRow(0);
                } else {
                    inside();
                }
            }
        });
    }

    /** What is in the selected vault. */
    private void inside() {
        enable();
        show(new Contents(List.of(), List.of(), List.of()));
        if (vaults.selection().isEmpty()) {
            return;
        }
        var id = vaults.selection().getFirst().id();
        int mine = ++asked;
        ask(azure -> new Contents(azure.servers(id), azure.items(id), azure.jobs(id, BACK)), found -> {
            if (mine == asked) {
                show(found);
            }
        });
    }

    private void show(Contents found) {
        shown = found;
        var known = new Candidates(site.connections());
        serverRows.set(found.servers().stream().map(s -> new ServerRow(s, known.isCandidate(s.name()))).toList());
        servers.shapeChanged();
        ofServers();
    }

    /** Items and jobs of the selected servers, or of all. */
    private void ofServers() {
        List<String> names = servers.selection().stream().map(row -> row.server().name()).toList();
        itemRows.set(shown.items().stream().filter(i -> names.isEmpty() || names.contains(i.server())).toList());
        items.shapeChanged();
        jobRows.set(shown.jobs().stream().filter(j -> names.isEmpty() || names.contains(j.server())).toList());
        jobs.shapeChanged();
        enable();
    }

    private List<String> candidates() {
        return servers.selection().stream().filter(ServerRow::candidate).map(row -> row.server().name()).toList();
    }

    private void enable() {
        boolean vault = !vaults.selection().isEmpty();
        credentials.setEnabled(vault);
        pin.setEnabled(vault);
        register.setEnabled(!candidates().isEmpty());
    }

    private void registerHere() {
        commands.accept(Commands.REGISTER, Map.of(HOSTS, String.join("\n", candidates())));
    }

    private void showPin() {
        var id = vaults.selection().getFirst().id();
        ask(azure -> azure.securityPin(id), made -> MessageDialog.openInformation(panel.getShell(),
                Messages.recovery_pinTitle,
                NLS.bind(Messages.recovery_pinText, made.pin(), formats.time(made.expires()))));
    }

    private void saveCredentials() {
        var id = vaults.selection().getFirst().id();
        var dialog = new FileDialog(panel.getShell(), SWT.SAVE);
        dialog.setText(Messages.recovery_credentialsTitle);
        dialog.setFileName(id.name() + ".VaultCredentials");
        String chosen = dialog.open();
        if (chosen != null) {
            ask(azure -> save(azure.credentials(id), Path.of(chosen)),
                    made -> MessageDialog.openInformation(panel.getShell(), Messages.recovery_credentialsTitle,
                            NLS.bind(Messages.recovery_credentialsText, chosen, formats.time(made.expires()))));
        }
    }

    /** For its owner alone, as it holds a private key. */
    private static RecoveryCredentials save(RecoveryCredentials made, Path file) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] only = posix ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
                : new FileAttribute<?>[0];
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, only);
            Files.write(file, made.content());
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> void ask(java.util.function.Function<AzureManagement, T> question, Consumer<T> then) {
        CompletableFuture<T> answer = site.tasks().ask(question);
        answer.whenComplete((value, thrown) -> Ui.async(panel, () -> {
            if (thrown == null) {
                then.accept(value);
            } else if (panel.state() == StatePanel.State.CONTENT) {
                new FailureDialog(panel.getShell(), Failure.of(thrown)).open();
            } else {
                panel.showError(Failure.of(thrown), this::refresh);
            }
        }));
    }

    /** The servers that are listed as candidates, for tests. */
    public List<String> candidateNames() {
        var all = new ArrayList<String>();
        serverRows.list().stream().filter(ServerRow::candidate).forEach(row -> all.add(row.server().name()));
        return all;
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        subscription.setFocus();
    }
}

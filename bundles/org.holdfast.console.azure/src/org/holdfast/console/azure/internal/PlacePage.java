package org.holdfast.console.azure.internal;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.azure.AzureGroup;
import org.holdfast.api.azure.AzureRegion;
import org.holdfast.api.azure.AzureSubscription;
import org.holdfast.api.azure.NameAnswer;
import org.holdfast.api.azure.Redundancy;
import org.holdfast.api.azure.VaultRequest;
import org.holdfast.console.client.Failure;
import org.holdfast.console.ui.Ui;

/** First page: where, what it is called, and how it keeps data. The name is checked while it is typed. */
final class PlacePage extends WizardPage {
    private static final int WAIT_MILLIS = 300;
    private static final int MOST_DAYS = 365;
    private static final int USUAL_DAYS = 14;

    private final AzureTasks tasks;
    private List<AzureSubscription> subscriptions = List.of();
    private List<AzureRegion> regions = List.of();
    private Combo subscription;
    private Combo group;
    private Combo region;
    private Text account;
    private Text container;
    private Combo redundancy;
    private Button immutable;
    private Spinner days;
    private Text keyVault;
    private Text identity;
    private int keystrokes;

    PlacePage(AzureTasks tasks) {
        super("place", Messages.place_title, null);
        this.tasks = tasks;
        setDescription(Messages.place_prompt);
        setPageComplete(false);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(2, 10));
        subscription = combo(body, "place.subscription", Messages.place_subscription, SWT.READ_ONLY);
        subscription.addListener(SWT.Selection, e -> subscriptionChosen());
        group = combo(body, "place.group", Messages.place_group, SWT.NONE);
        group.addListener(SWT.Modify, e -> check());
        region = combo(body, "place.region", Messages.place_region, SWT.READ_ONLY);
        region.addListener(SWT.Selection, e -> check());
        account = text(body, "place.account", Messages.place_account, Messages.place_accountHint);
        account.setTextLimit(24);
        ((GridData) account.getLayoutData()).widthHint = convertWidthInCharsToPixels(56);
        account.addListener(SWT.Modify, e -> check());
        container = text(body, "place.container", Messages.place_container, "");
        container.setText("vault");
        container.addListener(SWT.Modify, e -> check());
        redundancy = combo(body, "place.redundancy", Messages.place_redundancy, SWT.READ_ONLY);
        for (Redundancy each : Redundancy.values()) {
            redundancy.add(words(each));
        }
        redundancy.select(Redundancy.GRS.ordinal());
        Ui.label(body, Messages.place_softDelete);
        days = Ui.name(Ui.id(new Spinner(body, SWT.BORDER), "place.days"), plain(Messages.place_softDelete));
        days.setValues(USUAL_DAYS, 1, MOST_DAYS, 0, 1, 7);
        Ui.label(body, "");
        immutable = Ui.id(new Button(body, SWT.CHECK), "place.immutable");
        immutable.setText(Messages.place_immutable);
        immutable.setSelection(true);
        keyVault = text(body, "place.keyVault", Messages.place_keyVault, Messages.place_keyVaultHint);
        keyVault.addListener(SWT.Modify, e -> check());
        identity = text(body, "place.identity", Messages.place_identity, Messages.place_identityHint);
        identity.addListener(SWT.Modify, e -> check());
        setControl(body);
        load();
    }

    private static String words(Redundancy redundancy) {
        return switch (redundancy) {
            case LRS -> Messages.redundancy_lrs;
            case ZRS -> Messages.redundancy_zrs;
            case GRS -> Messages.redundancy_grs;
            case RA_GRS -> Messages.redundancy_raGrs;
            case GZRS -> Messages.redundancy_gzrs;
            case RA_GZRS -> Messages.redundancy_raGzrs;
        };
    }

    private static String plain(String label) {
        return label.replaceAll("\\(&.\\)|&", "");
    }

    private Combo combo(Composite body, String id, String label, int style) {
        Ui.label(body, label);
        var combo = Ui.name(Ui.id(new Combo(body, SWT.DROP_DOWN | style), id), plain(label));
        combo.setLayoutData(Ui.wide());
        return combo;
    }

    private Text text(Composite body, String id, String label, String hint) {
        Ui.label(body, label);
        var text = Ui.name(Ui.id(new Text(body, SWT.BORDER), id), plain(label));
        text.setMessage(hint);
        text.setLayoutData(Ui.wide());
        return text;
    }

    private <T> void show(CompletableFuture<T> question, java.util.function.Consumer<T> shown) {
        question.whenComplete((value, thrown) -> Ui.async(account, () -> {
            if (thrown == null) {
                shown.accept(value);
            } else {
                Failure failure = Failure.of(thrown);
                setMessage(failure.message() + (failure.advice().isEmpty() ? "" : '\n' + failure.advice()),
                        IMessageProvider.ERROR);
            }
        }));
    }

    private void load() {
        setMessage(Messages.place_loading);
        show(tasks.ask(azure -> azure.subscriptions()), all -> {
            subscriptions = all;
            subscription.setItems(all.stream().map(AzureSubscription::name).toArray(String[]::new));
            if (all.isEmpty()) {
                setMessage(Messages.place_noSubscription, IMessageProvider.WARNING);
            } else {
                subscription.select(0);
                subscriptionChosen();
            }
        });
    }

    private void subscriptionChosen() {
        String id = subscriptionId();
        show(tasks.ask(azure -> azure.groups(id)), all -> {
            if (id.equals(subscriptionId())) {
                String typed = group.getText();
                group.setItems(all.stream().map(AzureGroup::name).toArray(String[]::new));
                group.setText(typed);
            }
        });
        show(tasks.ask(azure -> azure.regions(id)), all -> {
            if (id.equals(subscriptionId())) {
                regions = all;
                region.setItems(all.stream().map(r -> r.title() + " (" + r.name() + ')').toArray(String[]::new));
                region.select(0);
                check();
            }
        });
    }

    private String subscriptionId() {
        int at = subscription.getSelectionIndex();
        return at < 0 || at >= subscriptions.size() ? "" : subscriptions.get(at).id();
    }

    /** What is wanted so far. */
    VaultRequest request() {
        int at = region.getSelectionIndex();
        return new VaultRequest(subscriptionId(), group.getText().strip(),
                at < 0 || at >= regions.size() ? "" : regions.get(at).name(), account.getText().strip(),
                container.getText().strip(), Redundancy.values()[redundancy.getSelectionIndex()],
                immutable.getSelection(), days.getSelection(), keyVault.getText().strip(),
                identity.getText().strip().toLowerCase(Locale.ROOT));
    }

    private void check() {
        int mine = ++keystrokes;
        setPageComplete(false);
        VaultRequest now = request();
        if (now.subscription().isEmpty() || now.group().isEmpty() || now.account().isEmpty()) {
            setMessage(Messages.place_prompt);
            return;
        }
        if (!VaultRequest.isAccountName(now.account())) {
            setMessage(Messages.place_accountInvalid, IMessageProvider.WARNING);
            return;
        }
        List<String> mistakes = now.mistakes();
        if (!mistakes.isEmpty()) {
            setMessage(NLS.bind(Messages.place_mistake, mistakes.getFirst()), IMessageProvider.WARNING);
            return;
        }
        setMessage(NLS.bind(Messages.place_checking, now.account()));
        Ui.after(WAIT_MILLIS, account, () -> {
            if (mine == keystrokes) {
                ask(mine, now);
            }
        });
    }

    private void ask(int mine, VaultRequest now) {
        show(tasks.ask(azure -> azure.checkAccountName(now.subscription(), now.account())), answer -> {
            if (mine == keystrokes) {
                answered(answer, now);
            }
        });
    }

    /** A name that is taken may be taken by what an earlier try made; the plan tells. */
    private void answered(NameAnswer answer, VaultRequest now) {
        setPageComplete(true);
        if (answer.available()) {
            setMessage(NLS.bind(Messages.place_free, now.account()), IMessageProvider.INFORMATION);
        } else {
            setMessage(NLS.bind(Messages.place_taken, answer.message()), IMessageProvider.WARNING);
        }
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            account.setFocus();
        }
    }
}

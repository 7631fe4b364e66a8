package org.holdfast.console.vaults.internal.editor;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.fleet.Redundancy;
import org.holdfast.api.fleet.SoftDelete;
import org.holdfast.api.fleet.VaultNames;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.Versioned;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.SavingDialog;
import org.holdfast.console.vaults.internal.VaultWords;
import org.holdfast.protocol.fleet.CreateVault;

/** Changes name and settings of a vault; what can never be taken back has to be confirmed with the vault's name. */
public final class ChangeVaultDialog extends SavingDialog {
    private static final int LEAST_DAYS = 14;
    private static final int MOST_DAYS = 180;

    private final FleetSession session;
    private final Versioned<VaultSummary> before;
    private Text name;
    private Combo redundancy;
    private Combo immutability;
    private Button soft;
    private Spinner days;
    private Button always;
    private Text quota;
    private Text region;
    private Text group;
    private Text subscription;
    private Text tags;
    private Text confirm;

    private ChangeVaultDialog(Shell parent, FleetSession session, Versioned<VaultSummary> before) {
        super(parent, "changeVault", Messages.changeVault_title, () -> {
        });
        this.session = session;
        this.before = before;
    }

    /** Reads the vault, then shows the dialog. */
    public static void open(Shell shell, Row<VaultSummary> row) {
        Asking.ask(shell, NLS.bind(Messages.reading, row.value().name()),
                row.session().api().vaults().read(row.value().name()),
                vault -> new ChangeVaultDialog(shell, row.session(), vault).open());
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        VaultSummary v = before.value();
        setTitle(NLS.bind(Messages.changeVault_heading, v.name(), session.connection().name()));
        var fields = new Fields(area, this::changed);
        name = fields.text("changeVault.name", Messages.changeVault_name, v.name());
        redundancy = fields.combo("changeVault.redundancy", Messages.changeVault_redundancy,
                Arrays.stream(Redundancy.values()).map(VaultWords::redundancy).toList(), v.redundancy().ordinal());
        immutability = fields.combo("changeVault.immutability", Messages.changeVault_immutability,
                Arrays.stream(Immutability.values()).map(VaultWords::immutability).toList(),
                v.immutability().ordinal());
        immutability.setEnabled(v.immutability() != Immutability.LOCKED);
        soft = fields.check("changeVault.soft", Messages.changeVault_soft, v.softDelete().days() > 0);
        soft.setEnabled(!v.softDelete().always());
        Ui.label(fields.body(), Messages.changeVault_days);
        days = Ui.name(Ui.id(new Spinner(fields.body(), SWT.BORDER), "changeVault.days"),
                Fields.plain(Messages.changeVault_days));
        int least = v.softDelete().always() ? v.softDelete().days() : LEAST_DAYS;
        days.setValues(Math.max(least, v.softDelete().days()), least, MOST_DAYS, 0, 1, LEAST_DAYS);
        days.addListener(SWT.Selection, e -> changed());
        always = fields.check("changeVault.always", Messages.changeVault_always, v.softDelete().always());
        quota = fields.text("changeVault.quota", Messages.changeVault_quota, Quota.text(v.quotaBytes()));
        quota.setMessage(Messages.changeVault_quotaHint);
        region = fields.text("changeVault.region", Messages.changeVault_region, v.region());
        group = fields.text("changeVault.group", Messages.changeVault_group, v.resourceGroup());
        subscription = fields.text("changeVault.subscription", Messages.changeVault_subscription, v.subscription());
        tags = fields.text("changeVault.tags", Messages.changeVault_tags, v.tags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey()).map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("\n")), SWT.MULTI | SWT.V_SCROLL);
        tags.setToolTipText(Messages.changeVault_tagsHint);
        confirm = fields.text("changeVault.confirm", Messages.changeVault_confirm, "");
        changed();
        return area;
    }

    private void changed() {
        if (confirm == null) {
            return;
        }
        days.setEnabled(soft.getSelection());
        always.setEnabled(soft.getSelection() && !before.value().softDelete().always());
        confirm.setEnabled(irrevocable() != null);
        check();
    }

    /** What can never be taken back, in words; null for nothing. */
    private @Nullable String irrevocable() {
        if (immutability() == Immutability.LOCKED && before.value().immutability() != Immutability.LOCKED) {
            return Messages.changeVault_willLock;
        }
        return softDelete().always() && !before.value().softDelete().always() ? Messages.changeVault_willAlways : null;
    }

    private Immutability immutability() {
        return Immutability.values()[immutability.getSelectionIndex()];
    }

    private SoftDelete softDelete() {
        return soft.getSelection() ? new SoftDelete(days.getSelection(), always.getSelection())
                : new SoftDelete(0, false);
    }

    @Override
    protected @Nullable String problem() {
        if (!VaultNames.isValid(name.getText().strip())) {
            return Messages.changeVault_nameWrong;
        }
        try {
            Quota.parse(quota.getText());
        } catch (IllegalArgumentException e) {
            return Messages.changeVault_quotaWrong;
        }
        String line = lines().stream().filter(l -> l.indexOf('=') < 1).findFirst().orElse(null);
        if (line != null) {
            return NLS.bind(Messages.changeVault_tagWrong, line);
        }
        String grave = irrevocable();
        return grave != null && !confirm.getText().strip().equals(before.value().name())
                ? NLS.bind(grave, before.value().name())
                : null;
    }

    private List<String> lines() {
        return tags.getText().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    }

    @Override
    protected String prompt() {
        return immutability() == Immutability.OFF && !soft.getSelection() ? Messages.changeVault_weak
                : Messages.changeVault_prompt;
    }

    @Override
    protected CompletableFuture<?> save() {
        Map<String, String> labels = new LinkedHashMap<>();
        lines().forEach(l -> labels.put(l.substring(0, l.indexOf('=')).strip(),
                l.substring(l.indexOf('=') + 1).strip()));
        return session.api().vaults().change(before.value().name(),
                new CreateVault(name.getText().strip(), region.getText().strip(), group.getText().strip(),
                        subscription.getText().strip(), labels,
                        Redundancy.values()[redundancy.getSelectionIndex()], immutability(), softDelete(),
                        before.value().defaultPolicy(), Quota.parse(quota.getText())),
                before.etag());
    }
}

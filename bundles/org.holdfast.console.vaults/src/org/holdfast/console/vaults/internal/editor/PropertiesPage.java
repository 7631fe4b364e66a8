package org.holdfast.console.vaults.internal.editor;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.ListRows;
import org.holdfast.console.vaults.VaultsIds;
import org.holdfast.console.vaults.internal.VaultWords;
import org.holdfast.console.vaults.page.OpenVault;
import org.holdfast.console.vaults.page.VaultPage;

/** The settings of a vault, and for each whether it can still be changed and why not. */
public final class PropertiesPage implements VaultPage {
    /**
     * A setting.
     *
     * @param name of it
     * @param value now
     * @param change whether it can be changed
     */
    private record Setting(String name, String value, String change) {
    }

    private final Formats formats = Formats.local();
    private final VaultWords words = new VaultWords(formats);
    private final ListRows<Setting> rows = new ListRows<>();
    private OpenVault vault;
    private Bar bar;
    private DataTable<Setting> table;

    /** Called by the editor. */
    public PropertiesPage() {
        // nothing to prepare
    }

    @Override
    public void create(Composite parent, OpenVault open) {
        vault = open;
        bar = new Bar(parent, open)
                .add("vault.change", Messages.properties_change, "vault.manage",
                        () -> ChangeVaultDialog.open(parent.getShell(), vault.row()))
                .add("vault.credentials", Messages.properties_credentials, "credentials.read",
                        () -> Commands.run(VaultsIds.CREDENTIALS))
                .add("vault.delete", Messages.properties_delete, "vault.manage", this::cannotDelete,
                        () -> DeleteVaultDialog.open(parent.getShell(), vault.row()));
        table = new DataTable<>(parent, SWT.MULTI, "vault.settings", Messages.properties_table, List.of(
                Column.text("name", Messages.column_property, 24, Setting::name),
                Column.text("value", Messages.column_value, 46, Setting::value),
                Column.<Setting>text("change", Messages.column_change, 60, Setting::change).growing()));
        table.toolTip(Setting::change);
        table.setSource(rows);
    }

    private @Nullable String cannotDelete() {
        return vault.summary().servers() == 0 ? null : Messages.properties_notEmpty;
    }

    @Override
    public void update() {
        bar.update();
        if (rows.set(settings(vault.summary()))) {
            table.shapeChanged();
        }
    }

    private List<Setting> settings(VaultSummary v) {
        var all = new ArrayList<Setting>();
        all.add(new Setting(Messages.setting_name, v.name(), Messages.change_name));
        all.add(new Setting(Messages.setting_server, vault.session().connection().name() + ", "
                + vault.session().connection().address(), Messages.change_server));
        all.add(new Setting(Messages.setting_redundancy, VaultWords.redundancy(v.redundancy()),
                Messages.change_redundancy));
        all.add(new Setting(Messages.setting_immutability, VaultWords.immutability(v.immutability()),
                immutability(v.immutability())));
        all.add(new Setting(Messages.setting_softDelete, words.softDelete(v.softDelete()),
                v.softDelete().always() ? NLS.bind(Messages.change_softAlways, formats.count(v.softDelete().days()))
                        : Messages.change_soft));
        all.add(new Setting(Messages.setting_quota, words.quota(v), Messages.change_quota));
        all.add(new Setting(Messages.setting_policy, v.defaultPolicy() == null ? Messages.none : v.defaultPolicy(),
                Messages.change_policy));
        all.add(new Setting(Messages.setting_region, shown(v.region()), Messages.change_label));
        all.add(new Setting(Messages.setting_group, shown(v.resourceGroup()), Messages.change_label));
        all.add(new Setting(Messages.setting_subscription, shown(v.subscription()), Messages.change_label));
        v.tags().entrySet().stream().sorted(java.util.Map.Entry.comparingByKey()).forEach(tag -> all.add(
                new Setting(NLS.bind(Messages.setting_tag, tag.getKey()), tag.getValue(), Messages.change_label)));
        all.add(new Setting(Messages.setting_created, formats.time(v.created()), Messages.change_never));
        all.add(new Setting(Messages.setting_id, v.id(), Messages.change_never));
        return all;
    }

    private static String shown(String label) {
        return label.isEmpty() ? Messages.none : label;
    }

    private static String immutability(Immutability now) {
        return switch (now) {
            case OFF -> Messages.change_immutabilityOff;
            case ON -> Messages.change_immutabilityOn;
            case LOCKED -> Messages.change_immutabilityLocked;
        };
    }

    @Override
    public void focus() {
        table.enter();
    }
}

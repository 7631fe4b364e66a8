package org.holdfast.console.vaults.internal.editor;

import java.util.List;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.PointInfo;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Asked;
import org.holdfast.console.ui.pages.ListRows;
import org.holdfast.protocol.fleet.PackDamage;

/** The recovery points that a damaged pack hurts. */
final class DamageDialog extends TitleAreaDialog {
    private final FleetSession session;
    private final String vault;
    private final PackDamage damage;
    private final Formats formats = Formats.local();
    private final ListRows<PointInfo> rows = new ListRows<>();

    DamageDialog(Shell parent, FleetSession session, String vault, PackDamage damage) {
        super(parent);
        this.session = session;
        this.vault = vault;
        this.damage = damage;
        setShellStyle(getShellStyle() | SWT.RESIZE);
        setBlockOnOpen(false);
        setHelpAvailable(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.damage_title);
        Ui.id(shell, "damage");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.damage_heading, damage.server()));
        setMessage(NLS.bind(damage.healed() == null ? Messages.damage_text : Messages.damage_healedText,
                damage.detail()));
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 12));
        body.setLayoutData(Ui.fill());
        var panel = new StatePanel(body, "damage.panel");
        var data = Ui.fill();
        data.widthHint = Ui.chars(body, 100);
        data.heightHint = Ui.chars(body, 30);
        panel.setLayoutData(data);
        var table = new DataTable<PointInfo>(panel.content(), SWT.MULTI, "damage.points", Messages.damage_points,
                List.of(Column.<PointInfo>text("time", Messages.protection_point, 24, p -> formats.time(p.time()))
                        .with(p -> Icon.HISTORY).growing(),
                        Column.number("files", Messages.damage_files, 12, p -> formats.count(p.files())),
                        Column.number("size", Messages.damage_size, 12, p -> formats.size(p.bytes())),
                        Column.text("id", Messages.damage_id, 36, PointInfo::id)));
        table.setSource(rows);
        var asked = new Asked<>(panel, () -> session.api().points().ofServer(vault, damage.serverId()), points -> {
            rows.set(points.stream().filter(p -> damage.points().contains(p.id())).toList());
            table.shapeChanged();
            if (rows.size() == 0) {
                panel.showEmpty(Icon.EMPTY_LARGE, Messages.damage_none, Messages.damage_noneText);
            }
        });
        asked.ask(damage);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Buttons.close(), true), "damage.close");
    }
}

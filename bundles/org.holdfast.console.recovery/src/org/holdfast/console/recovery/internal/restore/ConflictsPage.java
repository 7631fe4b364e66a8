package org.holdfast.console.recovery.internal.restore;

import java.util.EnumMap;
import java.util.Map;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.vault.IfExists;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.ui.Ui;

/** Third page: files that are there already, owners and permissions. */
final class ConflictsPage extends WizardPage {
    private final WherePage where;
    private final Map<IfExists, Button> choices = new EnumMap<>(IfExists.class);
    private Group properties;
    private Group agent;
    private Button metadata;
    private Button throttle;
    private Button owners;
    private Button permissions;

    ConflictsPage(WherePage where) {
        super("conflicts", Messages.conflicts_title, null);
        this.where = where;
        setDescription(Messages.conflicts_description);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        Group existing = group(body, Messages.conflicts_existing);
        choice(existing, IfExists.COPY, Messages.conflicts_copy, Messages.conflicts_copyText);
        choice(existing, IfExists.NEWER, Messages.conflicts_newer, Messages.conflicts_newerText);
        choice(existing, IfExists.SKIP, Messages.conflicts_skip, Messages.conflicts_skipText);
        choice(existing, IfExists.OVERWRITE, Messages.conflicts_overwrite, Messages.conflicts_overwriteText);
        choices.get(IfExists.COPY).setSelection(true);
        properties = group(body, Messages.conflicts_properties);
        permissions = check(properties, "conflicts.permissions", Messages.conflicts_permissions);
        owners = check(properties, "conflicts.owners", Messages.conflicts_owners);
        agent = group(body, Messages.conflicts_agent);
        metadata = check(agent, "conflicts.metadata", Messages.conflicts_metadata);
        throttle = check(agent, "conflicts.throttle", Messages.conflicts_throttle);
        throttle.setSelection(false);
        setControl(body);
    }

    private Group group(Composite body, String text) {
        var group = new Group(body, SWT.NONE);
        group.setText(text);
        group.setLayout(Ui.grid(1, 8));
        group.setLayoutData(Ui.wide());
        return group;
    }

    private void choice(Group group, IfExists value, String text, String explanation) {
        var button = Ui.id(new Button(group, SWT.RADIO), "conflicts." + value.name());
        button.setText(text);
        button.addListener(SWT.Selection, e -> update());
        choices.put(value, button);
        var label = new Label(group, SWT.WRAP);
        label.setText(explanation);
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false);
        data.horizontalIndent = convertWidthInCharsToPixels(3);
        data.widthHint = convertWidthInCharsToPixels(80);
        label.setLayoutData(data);
    }

    private Button check(Group group, String id, String text) {
        var button = Ui.id(new Button(group, SWT.CHECK), id);
        button.setText(text);
        button.setSelection(true);
        return button;
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            show(properties, !where.isAgent());
            show(agent, where.isAgent());
            update();
        }
    }

    private void update() {
        boolean risky = where.isOriginal() && ifExists() == IfExists.OVERWRITE;
        setMessage(risky ? Messages.conflicts_risky : null, risky ? IMessageProvider.WARNING : IMessageProvider.NONE);
    }

    private static void show(Group group, boolean needed) {
        group.setVisible(needed);
        ((GridData) group.getLayoutData()).exclude = !needed;
        group.requestLayout();
    }

    /** What to do with files that are there. */
    IfExists ifExists() {
        return choices.entrySet().stream().filter(e -> e.getValue().getSelection()).map(Map.Entry::getKey)
                .findFirst().orElse(IfExists.COPY);
    }

    /** Whether to restore owners. */
    boolean owners() {
        return owners == null || (where.isAgent() ? metadata : owners).getSelection();
    }

    /** Whether to restore permissions. */
    boolean permissions() {
        return permissions == null || (where.isAgent() ? metadata : permissions).getSelection();
    }

    /** Whether an agent is to keep to the bandwidth of its policy. */
    boolean throttle() {
        return throttle != null && throttle.getSelection();
    }
}

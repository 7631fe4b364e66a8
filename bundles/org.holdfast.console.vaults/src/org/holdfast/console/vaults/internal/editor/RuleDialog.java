package org.holdfast.console.vaults.internal.editor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.notify.TargetSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.Versioned;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.AlertNames;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.SavingDialog;

/** Adds or changes a rule: which alerts are told to which targets, and how often. */
final class RuleDialog extends SavingDialog {
    private static final int MOST_GROUP = 1440;
    private static final int MOST_HOURS = 720;
    /** Rows of a table are higher than lines of a text. */
    private static final double ROOMY = 1.4;

    private final FleetSession session;
    private final VaultSummary vault;
    private final List<TargetSummary> targets;
    private final @Nullable Versioned<NotificationRule> before;
    private final NotificationRule start;
    private Text name;
    private Button enabled;
    private Combo severity;
    private Table targetTable;
    private Table kindTable;
    private Combo vaults;
    private Text tags;
    private Spinner group;
    private Button repeat;
    private Spinner hours;
    private Button settled;

    private RuleDialog(Shell parent, Row<VaultSummary> row, List<TargetSummary> targets,
            @Nullable Versioned<NotificationRule> before, Runnable saved) {
        super(parent, "rule", before == null ? Messages.rule_add : Messages.rule_change, saved);
        session = row.session();
        vault = row.value();
        this.targets = targets;
        this.before = before;
        start = before == null ? NotificationRule.of("", List.of()) : before.value();
    }

    static void add(Shell shell, Row<VaultSummary> row, Runnable saved) {
        Asking.ask(shell, NLS.bind(Messages.reading, row.session().connection().name()),
                row.session().api().notifications().targets(),
                targets -> new RuleDialog(shell, row, targets, null, saved).open());
    }

    static void change(Shell shell, Row<VaultSummary> row, String rule, Runnable saved) {
        var calls = row.session().api().notifications();
        Asking.ask(shell, NLS.bind(Messages.reading, rule), calls.targets().thenCombine(calls.rule(rule),
                (targets, read) -> new RuleDialog(shell, row, targets, read, saved)), RuleDialog::open);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(before == null ? NLS.bind(Messages.rule_addHeading, session.connection().name())
                : NLS.bind(Messages.rule_changeHeading, start.name(), session.connection().name()));
        var fields = new Fields(area, this::changed);
        name = fields.text("rule.name", Messages.rule_name, start.name());
        name.setEnabled(before == null);
        severity = fields.combo("rule.severity", Messages.rule_severity,
                Arrays.stream(Severity.values()).map(AlertNames::severity).toList(), start.severity().ordinal());
        vaults = fields.combo("rule.vaults", Messages.rule_vaults, vaultChoices(), vaultChoice());
        tags = fields.text("rule.tags", Messages.rule_tags, String.join(" ", start.tags()));
        tags.setMessage(Messages.rule_tagsHint);
        targetTable = table(fields, "rule.targets", Messages.rule_targets, 3);
        targets.forEach(t -> item(targetTable, t.name(), t.name(), start.targets().contains(t.name())));
        if (before == null && targets.size() == 1) {
            targetTable.getItem(0).setChecked(true);
        }
        kindTable = table(fields, "rule.kinds", Messages.rule_kinds, 6);
        for (AlertKind kind : AlertKind.values()) {
            item(kindTable, AlertNames.kind(kind), kind, start.kinds().isEmpty() || start.kinds().contains(kind));
        }
        group = spinner(fields, "rule.group", Messages.rule_group, start.group().toMinutes(), MOST_GROUP);
        Duration again = start.repeat();
        repeat = fields.check("rule.repeat", Messages.rule_repeat, again != null);
        hours = spinner(fields, "rule.hours", Messages.rule_hours, again == null ? 24 : Math.max(1, again.toHours()),
                MOST_HOURS);
        settled = fields.check("rule.settled", Messages.rule_settled, start.settled());
        enabled = fields.check("rule.enabled", Messages.rule_enabled, start.enabled());
        if (!start.quiet().isEmpty() || !start.codes().isEmpty() || start.mutedUntil() != null) {
            fields.note("rule.more", Messages.rule_more);
        }
        changed();
        return area;
    }

    private List<String> vaultChoices() {
        var choices = new ArrayList<>(List.of(Messages.rule_allVaults,
                NLS.bind(Messages.rule_thisVault, vault.name())));
        if (isOther()) {
            choices.add(String.join(", ", start.vaults()));
        }
        return choices;
    }

    private boolean isOther() {
        return !start.vaults().isEmpty() && !start.vaults().equals(List.of(vault.name()));
    }

    private int vaultChoice() {
        return start.vaults().isEmpty() ? 0 : isOther() ? 2 : 1;
    }

    private Table table(Fields fields, String id, String label, int lines) {
        Ui.label(fields.body(), label).setLayoutData(new GridData(SWT.BEGINNING, SWT.BEGINNING, false, false));
        var table = Ui.name(Ui.id(new Table(fields.body(), SWT.CHECK | SWT.BORDER | SWT.V_SCROLL), id),
                Fields.plain(label));
        var data = Ui.fill();
        data.heightHint = (int) (convertHeightInCharsToPixels(lines) * ROOMY);
        table.setLayoutData(data);
        table.addListener(SWT.Selection, e -> changed());
        return table;
    }

    private static void item(Table table, String text, Object data, boolean checked) {
        var item = new TableItem(table, SWT.NONE);
        item.setText(text);
        item.setData(data);
        item.setChecked(checked);
    }

    private static Spinner spinner(Fields fields, String id, String label, long value, int most) {
        Ui.label(fields.body(), label);
        var spinner = Ui.name(Ui.id(new Spinner(fields.body(), SWT.BORDER), id), Fields.plain(label));
        spinner.setValues((int) Math.min(value, most), id.endsWith("group") ? 0 : 1, most, 0, 1, 10);
        return spinner;
    }

    private void changed() {
        if (enabled != null) {
            hours.setEnabled(repeat.getSelection());
            check();
        }
    }

    private List<String> chosenTargets() {
        return Arrays.stream(targetTable.getItems()).filter(TableItem::getChecked).map(TableItem::getText).toList();
    }

    private Set<AlertKind> chosenKinds() {
        var chosen = EnumSet.noneOf(AlertKind.class);
        Arrays.stream(kindTable.getItems()).filter(TableItem::getChecked)
                .forEach(item -> chosen.add((AlertKind) item.getData()));
        return chosen;
    }

    @Override
    protected @Nullable String problem() {
        if (!name.getText().isEmpty() && !TargetDialog.NAME.matcher(name.getText()).matches()) {
            return Messages.name_wrong;
        }
        if (chosenTargets().isEmpty()) {
            return Messages.rule_noTarget;
        }
        return chosenKinds().isEmpty() ? Messages.rule_noKind : null;
    }

    @Override
    protected boolean isReady() {
        return !name.getText().isEmpty();
    }

    @Override
    protected String prompt() {
        return Messages.rule_prompt;
    }

    @Override
    protected CompletableFuture<?> save() {
        Set<AlertKind> kinds = chosenKinds();
        List<String> of = switch (vaults.getSelectionIndex()) {
            case 0 -> List.of();
            case 1 -> List.of(vault.name());
            default -> start.vaults();
        };
        Duration again = start.repeat();
        boolean same = again != null && Math.max(1, again.toHours()) == hours.getSelection();
        var wanted = new NotificationRule(name.getText(), enabled.getSelection(),
                Severity.values()[severity.getSelectionIndex()],
                kinds.size() == AlertKind.values().length ? Set.of() : kinds, start.codes(), of,
                Arrays.stream(tags.getText().strip().split("[\\s,]+")).filter(t -> !t.isEmpty()).distinct().toList(),
                chosenTargets(),
                group.getSelection() == start.group().toMinutes() ? start.group()
                        : Duration.ofMinutes(group.getSelection()),
                !repeat.getSelection() ? null : same ? again : Duration.ofHours(hours.getSelection()),
                settled.getSelection(), start.zone(), start.quiet(), start.mutedUntil());
        Versioned<NotificationRule> old = before;
        var calls = session.api().notifications();
        return old == null ? calls.addRule(wanted) : calls.changeRule(wanted, old.etag());
    }
}

package org.holdfast.console.vaults.internal.editor;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.notify.MessageSummary;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.notify.TargetSummary;
import org.holdfast.console.client.fleet.NotificationCalls;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Asked;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.ListRows;
import org.holdfast.console.vaults.page.OpenVault;
import org.holdfast.console.vaults.page.VaultPage;

/** Who is told of alerts: targets, rules, and the messages that wait or could not be delivered. */
public final class NotificationsPage implements VaultPage {
    private static final String MANAGE = "notify.manage";
    private static final int MOST_MESSAGES = 200;

    private final NotificationWords words = new NotificationWords(Formats.local());
    private OpenVault vault;
    private Composite parent;
    private Label note;
    private Label result;
    private Block<TargetSummary> targets;
    private Block<NotificationRule> rules;
    private Block<MessageSummary> messages;

    /** Called by the editor. */
    public NotificationsPage() {
        // nothing to prepare
    }

    /** A heading, buttons and a table. */
    private final class Block<T> {
        private final ListRows<T> rows = new ListRows<>();
        private final Function<T, String> name;
        private final Bar bar;
        private final StatePanel panel;
        private final DataTable<T> table;
        private final Asked<List<T>> asked;

        Block(Composite sash, String id, String title, List<Column<T>> columns, Function<T, String> name,
                Supplier<CompletableFuture<List<T>>> question, String none) {
            this.name = name;
            var body = new Composite(sash, SWT.NONE);
            body.setLayout(Ui.grid(1, 2));
            Ui.label(body, title);
            bar = new Bar(body, vault, this::chooseOne);
            panel = new StatePanel(body, id + ".panel");
            panel.setLayoutData(Ui.fill());
            table = new DataTable<>(panel.content(), SWT.SINGLE, id + ".table", title, columns);
            table.locateBy(this::index).onSelect(selection -> bar.update());
            table.setSource(rows);
            asked = new Asked<>(panel, question, list -> {
                if (rows.set(list)) {
                    table.shapeChanged();
                }
                if (list.isEmpty()) {
                    panel.showEmpty(Icon.EMPTY_LARGE, none, "");
                }
                bar.update();
            });
        }

        private int index(T row) {
            for (int i = 0; i < rows.size(); i++) {
                if (name.apply(rows.row(i)).equals(name.apply(row))) {
                    return i;
                }
            }
            return -1;
        }

        private @Nullable String chooseOne() {
            return table.selection().isEmpty() ? Messages.notify_chooseOne : null;
        }

        T selected() {
            return table.selection().getFirst();
        }
    }

    @Override
    public void create(Composite body, OpenVault open) {
        vault = open;
        parent = body;
        note = Ui.id(new Label(body, SWT.WRAP), "notify.note");
        var wide = Ui.wide();
        wide.widthHint = Ui.chars(note, 60);
        note.setLayoutData(wide);
        var sash = new SashForm(body, SWT.VERTICAL);
        sash.setLayoutData(Ui.fill());
        targets = new Block<>(sash, "targets", Messages.targets_title, words.targets(), TargetSummary::name,
                () -> calls().targets(), Messages.targets_none);
        targets.bar.add("targets.add", Messages.targets_add, MANAGE, () -> null,
                () -> TargetDialog.add(body.getShell(), vault.session(), this::refresh))
                .add("targets.change", Messages.targets_change, MANAGE, this::changeTarget)
                .add("targets.test", Messages.targets_test, MANAGE, this::test)
                .add("targets.remove", Messages.targets_remove, MANAGE, this::removeTarget);
        targets.table.onOpen(target -> changeTarget()).toolTip(words::problem);
        rules = new Block<>(sash, "rules", Messages.rules_title, words.rules(), NotificationRule::name,
                () -> calls().rules(), Messages.rules_none);
        rules.bar.add("rules.add", Messages.rules_add, MANAGE,
                () -> targets.rows.size() == 0 ? Messages.rules_noTarget : null,
                () -> RuleDialog.add(body.getShell(), vault.row(), this::refresh))
                .add("rules.change", Messages.rules_change, MANAGE, this::changeRule)
                .add("rules.remove", Messages.rules_remove, MANAGE, this::removeRule);
        rules.table.onOpen(rule -> changeRule());
        messages = new Block<>(sash, "messages", Messages.messages_title, words.messages(), MessageSummary::id,
                () -> calls().messages(MOST_MESSAGES), Messages.messages_none);
        messages.table.toolTip(m -> m.error() == null ? "" : m.error());
        sash.setWeights(34, 33, 33);
        result = Ui.id(new Label(body, SWT.WRAP), "notify.result");
        var line = Ui.wide();
        line.widthHint = Ui.chars(result, 60);
        result.setLayoutData(line);
    }

    private NotificationCalls calls() {
        return vault.session().api().notifications();
    }

    private void changeTarget() {
        if (vault.session().may(MANAGE)) {
            TargetDialog.change(parent.getShell(), vault.session(), targets.selected().name(), this::refresh);
        }
    }

    private void changeRule() {
        if (vault.session().may(MANAGE)) {
            RuleDialog.change(parent.getShell(), vault.row(), rules.selected().name(), this::refresh);
        }
    }

    private void test() {
        String name = targets.selected().name();
        say(IMessageProvider.NONE, NLS.bind(Messages.targets_testing, name));
        Asking.ask(parent.getShell(), NLS.bind(Messages.targets_testing, name), calls().test(name), tested -> {
            String error = tested.error();
            words.tested(name, tested.delivered() ? null : error == null ? "" : error);
            targets.table.rowsArrived();
            say(tested.delivered() ? IMessageProvider.INFORMATION : IMessageProvider.ERROR,
                    tested.delivered() ? NLS.bind(Messages.targets_tested, name)
                            : NLS.bind(Messages.targets_testFailed, name, error == null ? "" : error));
            refresh();
        });
    }

    private void say(int kind, String text) {
        if (!result.isDisposed()) {
            result.setForeground(kind == IMessageProvider.ERROR ? org.holdfast.console.ui.Tone.ERROR.on(result) : null);
            result.setText(Ui.plain(text));
            result.getAccessible().sendEvent(org.eclipse.swt.accessibility.ACC.EVENT_NAME_CHANGED, null);
            result.requestLayout();
        }
    }

    private void removeTarget() {
        String name = targets.selected().name();
        Asking.ask(parent.getShell(), NLS.bind(Messages.reading, name), calls().target(name),
                read -> new ConfirmDialog(parent.getShell(), new ConfirmDialog.Question("removeTarget",
                        Messages.targets_removeTitle, NLS.bind(Messages.targets_removeText, name),
                        Messages.targets_removeVerb, null, ""), () -> calls().removeTarget(name, read.etag()),
                        this::refresh).open());
    }

    private void removeRule() {
        String name = rules.selected().name();
        Asking.ask(parent.getShell(), NLS.bind(Messages.reading, name), calls().rule(name),
                read -> new ConfirmDialog(parent.getShell(), new ConfirmDialog.Question("removeRule",
                        Messages.rules_removeTitle, NLS.bind(Messages.rules_removeText, name),
                        Messages.rules_removeVerb, null, ""), () -> calls().removeRule(name, read.etag()),
                        this::refresh).open());
    }

    @Override
    public void update() {
        Ui.setText(note, Ui.plain(NLS.bind(Messages.notify_note, vault.session().connection().name())));
        for (Block<?> block : List.of(targets, rules, messages)) {
            block.asked.ask(Boolean.TRUE);
            block.bar.update();
        }
    }

    @Override
    public void refresh() {
        List.of(targets, rules, messages).forEach(block -> block.asked.again());
    }

    @Override
    public void focus() {
        if (targets.panel.state() == StatePanel.State.CONTENT) {
            targets.table.enter();
        } else {
            targets.panel.setFocus();
        }
    }
}

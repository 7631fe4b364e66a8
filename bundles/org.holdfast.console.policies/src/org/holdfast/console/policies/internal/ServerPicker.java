package org.holdfast.console.policies.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.TableItem;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.model.TextFilter;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FilterField;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/** Servers with a check box each; what is checked stays so while a filter hides it. */
final class ServerPicker {
    private static final Comparator<Row<ServerSummary>> ORDER =
            Comparator.comparing((Row<ServerSummary> r) -> r.value().name(), String.CASE_INSENSITIVE_ORDER)
                    .thenComparing(r -> r.value().id());

    private final PolicyWords words;
    private final Runnable changed;
    private final List<Row<ServerSummary>> all;
    private final Set<String> checked = new LinkedHashSet<>();
    private List<Row<ServerSummary>> visible;
    private DataTable<Row<ServerSummary>> table;
    private Label count;
    private Button only;
    private TextFilter filter = TextFilter.NONE;

    /** @param servers to choose from; those that were given up are left out */
    ServerPicker(PolicyWords words, List<Row<ServerSummary>> servers, Runnable changed) {
        this.words = words;
        this.changed = changed;
        all = servers.stream().filter(r -> r.value().state() != ServerState.RETIRED).sorted(ORDER).toList();
        visible = all;
    }

    /** Checks servers before the widgets are made. */
    void check(List<Row<ServerSummary>> servers) {
        var known = all.stream().map(ServerPicker::key).toList();
        servers.stream().map(ServerPicker::key).filter(known::contains).forEach(checked::add);
    }

    Composite create(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 4));
        var top = new Composite(body, SWT.NONE);
        top.setLayout(Ui.grid(4));
        top.setLayoutData(Ui.wide());
        var field = new FilterField(top, "picker.filter", Messages.picker_filter, text -> {
            filter = TextFilter.of(text);
            refresh();
        });
        field.control().setLayoutData(Ui.wide());
        Ui.button(top, "picker.all", Messages.picker_all, () -> set(visible, true));
        Ui.button(top, "picker.none", Messages.picker_none, () -> set(visible, false));
        only = Ui.id(new Button(top, SWT.CHECK), "picker.only");
        only.setText(Messages.picker_only);
        only.addListener(SWT.Selection, e -> refresh());
        table = new DataTable<>(body, SWT.MULTI | SWT.CHECK | SWT.BORDER, "picker.table", Messages.picker_table,
                List.of(column("name", Messages.picker_server, 28, ServerSummary::name).with(r -> Icon.SERVER),
                        column("policy", Messages.policies_name, 16, s -> s.policy() == null ? "" : s.policy()),
                        column("tags", Messages.picker_tags, 34, s -> String.join(", ", s.tags())),
                        column("vault", Messages.column_name, 14, ServerSummary::vault).growing()));
        table.control().addListener(SWT.SetData, e -> {
            if (e.index >= 0 && e.index < visible.size()) {
                ((TableItem) e.item).setChecked(checked.contains(key(visible.get(e.index))));
            }
        });
        table.control().addListener(SWT.Selection, this::checked);
        var data = Ui.fill();
        data.heightHint = 12 * table.control().getItemHeight();
        table.setLayoutData(data);
        table.setSource(new ListSource<>(() -> visible));
        field.setRows(table);
        count = Ui.id(new Label(body, SWT.NONE), "picker.count");
        count.setLayoutData(Ui.wide());
        tell();
        return body;
    }

    private static Column<Row<ServerSummary>> column(String id, String title, int chars,
            Function<ServerSummary, String> text) {
        return Column.text(id, title, chars, r -> text.apply(r.value()));
    }

    private void checked(Event e) {
        if (e.detail != SWT.CHECK || !(e.item instanceof TableItem item)) {
            return;
        }
        int index = table.control().indexOf(item);
        if (index < 0 || index >= visible.size()) {
            return;
        }
        set(List.of(visible.get(index)), item.getChecked());
    }

    private void set(List<Row<ServerSummary>> rows, boolean value) {
        for (Row<ServerSummary> row : rows) {
            if (value) {
                checked.add(key(row));
            } else {
                checked.remove(key(row));
            }
        }
        table.control().clearAll();
        tell();
        changed.run();
    }

    private void refresh() {
        var next = new ArrayList<Row<ServerSummary>>();
        for (Row<ServerSummary> row : all) {
            if (filter.matches(searched(row)) && (!only.getSelection() || checked.contains(key(row)))) {
                next.add(row);
            }
        }
        visible = next;
        table.shapeChanged();
        table.control().clearAll();
    }

    private static String searched(Row<ServerSummary> row) {
        ServerSummary s = row.value();
        return String.join(" ", s.name(), s.hostname(), s.policy() == null ? "" : s.policy(), s.vault(),
                String.join(" ", s.tags()));
    }

    private void tell() {
        Ui.setText(count, NLS.bind(Messages.picker_count, words.formats().count(checked.size()),
                words.formats().count(all.size())));
    }

    private static String key(Row<ServerSummary> row) {
        return row.session().connection().id() + ' ' + row.value().id();
    }

    /** What is checked. */
    List<Row<ServerSummary>> servers() {
        return all.stream().filter(r -> checked.contains(key(r))).toList();
    }

    void focus() {
        table.enter();
    }
}

package org.holdfast.console.ui.pages;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;

/** Facts, one to a row, so that they can be read out, selected and copied. */
public final class FactTable {
    private final DataTable<Fact> table;
    private List<Fact> facts = List.of();

    /** @param name what a screen reader calls it */
    public FactTable(Composite parent, String id, String name) {
        table = new DataTable<>(parent, SWT.MULTI, id, name, List.of(
                Column.text("name", Messages.details_name, 30, Fact::name),
                Column.<Fact>text("value", Messages.details_value, 60, Fact::value).with(Fact::icon).growing()));
        table.toolTip(Fact::value);
        table.locateBy(this::index);
        table.setSource(new RowSource<>() {
            @Override
            public int size() {
                return facts.size();
            }

            @Override
            public Fact row(int index) {
                return facts.get(index);
            }
        });
    }

    private int index(Fact fact) {
        for (int i = 0; i < facts.size(); i++) {
            if (facts.get(i).name().equals(fact.name())) {
                return i;
            }
        }
        return -1;
    }

    /** The table. */
    public DataTable<Fact> table() {
        return table;
    }

    /** Shows facts. */
    public void show(List<Fact> now) {
        if (!facts.equals(now)) {
            facts = List.copyOf(now);
            table.shapeChanged();
        }
    }

    /** All facts, a line each. */
    public static String text(List<Fact> facts) {
        return facts.stream().map(f -> f.name() + ": " + f.value()).collect(Collectors.joining("\n"));
    }
}

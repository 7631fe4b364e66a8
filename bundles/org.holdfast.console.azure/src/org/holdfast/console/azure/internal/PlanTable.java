package org.holdfast.console.azure.internal;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.azure.PlanStep;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.pages.ListRows;

/** The steps of a plan. */
final class PlanTable {
    private final ListRows<PlanStep> rows = new ListRows<>();
    private final DataTable<PlanStep> table;

    PlanTable(Composite parent, String id) {
        table = new DataTable<>(parent, SWT.MULTI | SWT.BORDER, id, Messages.plan_table, List.of(
                Column.<PlanStep>text("state", Messages.plan_state, 14, PlanWords::state).with(PlanWords::icon),
                Column.text("kind", Messages.plan_kind, 30, PlanWords::kind),
                Column.text("name", Messages.plan_name, 24, PlanStep::resource),
                Column.<PlanStep>text("detail", Messages.plan_detail, 34, PlanWords::detail).growing()));
        table.setSource(rows);
        table.toolTip(PlanWords::detail);
    }

    void show(List<PlanStep> steps) {
        rows.set(steps);
        table.shapeChanged();
    }
}

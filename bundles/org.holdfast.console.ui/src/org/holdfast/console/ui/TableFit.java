package org.holdfast.console.ui;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;

/**
 * Gives one column of a table the width that the others leave, until a person sizes columns by hand. Which of the two
 * it was can only be told from the width itself, because GTK reports both alike and late.
 */
final class TableFit {
    private static final int LEAST = 120;
    /** Keeps the last column clear of the scroll bar, which GTK draws over the rows. */
    private static final int SPARE = 16;

    private final Table table;
    private final int growing;
    private final int[] expected;
    private boolean byHand;

    /** @param growing index of the column, or -1 for none */
    TableFit(Table table, int growing) {
        this.table = table;
        this.growing = growing;
        this.expected = new int[table.getColumnCount()];
        if (growing < 0) {
            return;
        }
        for (int i = 0; i < expected.length; i++) {
            int index = i;
            TableColumn column = table.getColumn(i);
            expected[i] = column.getWidth();
            column.addListener(SWT.Resize, e -> resized(index, column));
        }
        table.addListener(SWT.Resize, e -> fit());
    }

    private void resized(int index, TableColumn column) {
        // The last column is stretched by GTK to fill the table, which is nobody's hand.
        boolean last = index == expected.length - 1;
        byHand |= !last && table.isVisible() && Math.abs(column.getWidth() - expected[index]) > 1;
    }

    private void fit() {
        int width = table.getClientArea().width;
        if (byHand || width <= 0) {
            return;
        }
        int others = 0;
        for (int i = 0; i < expected.length; i++) {
            others += i == growing ? 0 : expected[i];
        }
        expected[growing] = Math.max(LEAST, width - others - SPARE);
        table.getColumn(growing).setWidth(expected[growing]);
    }
}

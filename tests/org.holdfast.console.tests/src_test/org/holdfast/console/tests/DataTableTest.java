package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.HTMLTransfer;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.TableItem;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table of many rows keeps the widget small, and the selection where it was. */
class DataTableTest {
    private static final int MANY = 1_000_000;

    private final Screen screen = new Screen();
    private final Rows rows = new Rows();
    private final List<List<Integer>> told = new ArrayList<>();
    private DataTable<Integer> table;

    /** Even numbers. */
    private static final class Rows implements RowSource<Integer> {
        private int size;
        private int offset;
        private int missingFrom = Integer.MAX_VALUE;

        @Override
        public int size() {
            return size;
        }

        @Override
        public Integer row(int index) {
            return index < missingFrom ? (index + offset) * 2 : null;
        }
    }

    @BeforeEach
    void setUp() {
        table = new DataTable<>(screen.shell(), SWT.MULTI, "table", "Numbers",
                List.of(Column.<Integer>number("n", "Number", 20, i -> Integer.toString(i)),
                        Column.<Integer>text("text", "Text", 20, i -> "<" + i + " & more>").growing()));
        table.onSelect(told::add);
        table.setSource(rows);
        screen.open();
    }

    @AfterEach
    void close() {
        screen.close();
    }

    private void show(int size) {
        rows.size = size;
        table.shapeChanged();
        screen.settle();
    }

    @Test
    void aMillionRowsBlockNobody() {
        show(100);
        screen.longestEvent();
        long start = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        show(MANY);
        long millis = (java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
                / 1_000_000;
        assertTrue(millis < 200, "took " + millis + " ms");
        assertEquals(DataTable.WINDOW, table.control().getItemCount());
        assertEquals("0", table.control().getItem(0).getText());
    }

    @Test
    void pagesThroughWindows() {
        show(MANY);
        assertTrue(Screen.shows(screen.shell(), "table.forth"));
        screen.click("table.forth");
        screen.settle();
        assertEquals(Integer.toString(2 * DataTable.WINDOW), table.control().getItem(0).getText());
        assertEquals("Rows 20,001 to 40,000 of 1,000,000", screen.label("table.range"));
        table.selectRow(999_999);
        assertEquals(List.of(1_999_998), table.selection());
        show(50);
        assertFalse(Screen.shows(screen.shell(), "table.forth"));
        assertEquals("0", table.control().getItem(0).getText());
    }

    @Test
    void theKeyboardCrossesWindows() {
        show(MANY);
        table.selectRow(DataTable.WINDOW - 1);
        Screen.key(table.control(), SWT.ARROW_DOWN);
        assertEquals(List.of(2 * DataTable.WINDOW), table.selection());
        Screen.key(table.control(), SWT.ARROW_UP);
        assertEquals(List.of(2 * DataTable.WINDOW - 2), table.selection());
    }

    @Test
    void selectionIsKeptByValue() {
        show(10);
        Screen.select(table.control(), 4, 6);
        assertEquals(List.of(8, 12), table.selection());
        rows.offset = 3;
        show(10);
        assertEquals(List.of(8, 12), table.selection());
        assertEquals(1, table.control().getSelectionIndices()[0]);
        rows.offset = 5;
        show(10);
        assertEquals(List.of(12), table.selection());
        assertEquals(List.of(List.of(8, 12), List.of(12)), told);
    }

    @Test
    void aValueThatIsNotThereYetIsSelectedWhenItComes() {
        rows.missingFrom = 5;
        show(10);
        assertEquals("\u2026", table.control().getItem(7).getText());
        table.select(14);
        assertEquals(List.of(), table.selection());
        rows.missingFrom = Integer.MAX_VALUE;
        table.rowsArrived();
        assertEquals(List.of(14), table.selection());
        assertEquals("14", table.control().getItem(7).getText());
    }

    @Test
    void copiesRowsAsTextAndAsTable() {
        show(10);
        Screen.select(table.control(), 1, 2);
        var event = new Event();
        event.keyCode = 'c';
        event.stateMask = SWT.MOD1;
        table.control().notifyListeners(SWT.KeyDown, event);
        var clipboard = new Clipboard(screen.display());
        String text = (String) clipboard.getContents(TextTransfer.getInstance());
        String html = (String) clipboard.getContents(HTMLTransfer.getInstance());
        clipboard.dispose();
        assertEquals("2\t<2 & more>\n4\t<4 & more>\n", text.replace("\r", ""));
        assertTrue(html.contains("<td>&lt;2 &amp; more></td>"), html);
    }

    @Test
    void sortsWhenTheOwnerCan() {
        var asked = new ArrayList<String>();
        table.onSort((column, descending) -> {
            asked.add(column + descending);
            return !column.equals("text");
        });
        show(10);
        var header = table.control().getColumn(0);
        header.notifyListeners(SWT.Selection, new Event());
        header.notifyListeners(SWT.Selection, new Event());
        table.control().getColumn(1).notifyListeners(SWT.Selection, new Event());
        assertEquals(List.of("nfalse", "ntrue", "textfalse"), asked);
        assertEquals(header, table.control().getSortColumn());
        assertEquals(SWT.DOWN, table.control().getSortDirection());
    }

    @Test
    void theStyleEngineIsKeptAwayFromItems() {
        show(10);
        TableItem item = table.control().getItem(3);
        assertEquals("6", item.getText());
        assertEquals(Boolean.TRUE, item.getData("org.eclipse.e4.ui.css.disabled"));
    }

    @Test
    void oneColumnTakesTheWidthThatIsLeft() {
        show(10);
        int before = table.control().getColumn(1).getWidth();
        screen.shell().setSize(screen.shell().getSize().x - 200, 500);
        screen.settle();
        screen.until("the column followed",
                () -> Math.abs(before - 200 - table.control().getColumn(1).getWidth()) < 3);
    }
}

package org.holdfast.console.recovery.internal.restore;

import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.recovery.internal.BasketPart;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.recovery.internal.Wording;
import org.holdfast.console.ui.Ui;

/** First page: what was gathered, each of it with a check box. */
final class WhatPage extends WizardPage {
    private final Wording wording;
    private final List<Basket.Item> all;
    private Table table;
    private Label summary;

    WhatPage(Wording wording, List<Basket.Item> items) {
        super("what", Messages.what_title, null);
        this.wording = wording;
        this.all = items;
        setDescription(Messages.what_description);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        table = Ui.id(new Table(body, SWT.CHECK | SWT.BORDER | SWT.FULL_SELECTION), "what.table");
        Ui.name(table, Messages.what_table);
        table.setHeaderVisible(true);
        var data = Ui.fill();
        data.widthHint = convertWidthInCharsToPixels(110);
        data.heightHint = convertHeightInCharsToPixels(12);
        table.setLayoutData(data);
        column(Messages.basket_path, SWT.LEFT, 58);
        column(Messages.basket_size, SWT.RIGHT, 14);
        column(Messages.basket_server, SWT.LEFT, 16);
        column(Messages.basket_point, SWT.LEFT, 22);
        for (Basket.Item item : all) {
            var row = new TableItem(table, SWT.NONE);
            row.setChecked(true);
            row.setImage(BasketPart.icon(item).image());
            row.setText(new String[] { BasketPart.title(item), size(item), item.point().server(),
                    wording.formats().time(item.point().time()) });
        }
        table.addListener(SWT.Selection, e -> update());
        summary = Ui.id(new Label(body, SWT.NONE), "what.summary");
        summary.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        setControl(body);
        update();
    }

    private void column(String title, int style, int chars) {
        var column = new TableColumn(table, style);
        column.setText(title);
        column.setWidth(Ui.chars(table, chars));
    }

    private String size(Basket.Item item) {
        return item.entry() == null ? wording.formats().size(item.bytes()) : wording.size(item.entry());
    }

    /** What is checked. */
    List<Basket.Item> items() {
        if (table == null) {
            return all;
        }
        return Stream.iterate(0, i -> i < all.size(), i -> i + 1).filter(i -> table.getItem(i).getChecked())
                .map(all::get).toList();
    }

    private void update() {
        int checked = items().size();
        summary.setText(NLS.bind(Messages.what_checked, wording.formats().count(checked),
                wording.formats().count(all.size())));
        setErrorMessage(checked == 0 ? Messages.what_nothing : null);
        setPageComplete(checked > 0);
    }
}

package org.holdfast.console.recovery.internal;

import java.util.List;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.vault.Entry;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.client.recover.Basket.Item;
import org.holdfast.console.client.recover.RecoverSession.Topic;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.recovery.RecoverIds;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;

import jakarta.inject.Inject;

/** What was gathered to be restored, and the button that does it. */
public final class BasketPart extends RecoverPart {
    private final Wording wording = new Wording(Formats.local());
    private List<Item> items = List.of();
    private DataTable<Item> table;
    private Label summary;
    private Button remove;

    /** Called by the workbench. */
    @Inject
    public BasketPart(RecoverSite site) {
        super(site);
    }

    @Override
    protected String id() {
        return "basket";
    }

    @Override
    protected void build(Composite content) {
        var bar = new Composite(content, SWT.NONE);
        bar.setLayout(Ui.grid(4, 4));
        bar.setLayoutData(Ui.wide());
        summary = Ui.id(new Label(bar, SWT.NONE), "basket.summary");
        summary.setLayoutData(Ui.wide());
        remove = Ui.button(bar, "basket.remove", Messages.basket_remove, this::remove);
        Ui.button(bar, "basket.clear", Messages.basket_clear, session::clearBasket);
        Button restore = Ui.button(bar, "basket.restore", Messages.basket_restore,
                () -> actions.restoreBasket(bar.getShell()));
        restore.setImage(Icon.RESTORE.image());
        Formats f = wording.formats();
        table = new DataTable<>(content, SWT.MULTI, "basket.table", Messages.basket_table, List.of(
                Column.<Item>text("path", Messages.basket_path, 50, BasketPart::title).with(BasketPart::icon).growing(),
                Column.number("size", Messages.basket_size, 14, this::size),
                Column.text("server", Messages.basket_server, 18, i -> i.point().server()),
                Column.text("point", Messages.basket_point, 24, i -> f.time(i.point().time()))));
        table.onSelect(i -> remove.setEnabled(!i.isEmpty()))
                .onOpen(i -> actions.reveal(i.point(), i.path())).setSource(new RowSource<>() {
                    @Override
                    public int size() {
                        return items.size();
                    }

                    @Override
                    public Item row(int index) {
                        return index < items.size() ? items.get(index) : null;
                    }
                });
        table.control().addListener(SWT.KeyDown, e -> {
            if (e.keyCode == SWT.DEL) {
                remove();
            }
        });
        site.attachMenu(table.control(), RecoverIds.BASKET);
    }

    /** What an item is called. */
    public static String title(Item item) {
        return item.entry() == null ? NLS.bind(Messages.basket_wholePoint, item.path()) : item.path().toString();
    }

    /** Icon of an item. */
    public static Icon icon(Item item) {
        Entry entry = item.entry();
        return entry == null ? Icon.HISTORY : Wording.icon(entry.type());
    }

    private String size(Item item) {
        Entry entry = item.entry();
        return entry != null ? wording.size(entry) : wording.formats().size(item.bytes());
    }

    @Override
    protected void changed(Topic topic) {
        if (topic != Topic.BASKET) {
            return;
        }
        Basket basket = session.basket();
        items = basket.items();
        if (items.isEmpty()) {
            panel().showPrompt(Icon.BASKET_LARGE, Messages.basket_empty, Messages.basket_emptyText);
        } else {
            panel().showContent();
        }
        summary.setText(summary(wording.formats(), basket));
        summary.requestLayout();
        table.shapeChanged();
        remove.setEnabled(!table.selection().isEmpty());
    }

    /** Number and size of what is in a basket. */
    static String summary(Formats f, Basket basket) {
        int count = basket.items().size();
        String items = count == 1 ? Messages.basket_oneItem : NLS.bind(Messages.basket_items, f.count(count));
        String size = f.size(basket.knownBytes());
        return basket.isSizeKnown() ? NLS.bind(Messages.basket_summary, items, size)
                : basket.knownBytes() == 0 ? NLS.bind(Messages.basket_summaryFolders, items)
                        : NLS.bind(Messages.basket_summaryPartly, items, size);
    }

    private void remove() {
        int next = table.control().getSelectionIndex();
        session.removeItems(table.selection());
        if (!items.isEmpty()) {
            table.selectRow(Math.min(next, items.size() - 1));
        }
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        if (session == null || panel().state() != StatePanel.State.CONTENT) {
            panel().setFocus();
        } else {
            table.control().setFocus();
        }
    }
}

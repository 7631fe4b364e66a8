package org.holdfast.console.ui.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.CTabItem;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.OneRow;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;

/**
 * What is in the editor of one thing: what it is, and its pages; or why it cannot be shown.
 *
 * @param <T> kind of the thing
 * @param <P> kind of its pages
 */
public final class PagesView<T, P extends EditorPage> {
    private final Look<T> look;
    private final OneRow<T> watch;
    private final Consumer<Row<T>> changed;
    private final FleetPanel panel;
    private final Label icon;
    private final Label title;
    private final Label place;
    private final CTabFolder folder;
    private final List<PageTab<P>> tabs = new ArrayList<>();
    private @Nullable Row<T> row;

    /**
     * What is said of the thing above its pages.
     *
     * @param <T> kind of the thing
     * @param id begins the ids of widgets, for tests
     * @param nothing shown when the vault server does not have the thing; gets what reads anew
     * @param icon of the thing as it is
     * @param title its name
     * @param place how it stands and where it belongs
     */
    public record Look<T>(String id, Function<Runnable, FleetPanel.Nothing> nothing, Function<Row<T>, Icon> icon,
            Function<Row<T>, String> title, Function<Row<T>, String> place) {
    }

    /**
     * Which thing it is.
     *
     * @param <T> kind of the thing
     * @param connection id of the saved connection
     * @param list which list of a session it is in
     * @param thing its id in that list
     */
    public record Which<T>(String connection, Function<LiveFleet, LiveList<T>> list, String thing) {
    }

    /**
     * @param pages in their order
     * @param create makes the widgets of a page in a composite
     * @param changed told the thing, on the user interface thread, after it changed
     */
    public PagesView(Composite parent, VaultConnections connections, Which<T> which, Look<T> look,
            List<PageEntry<P>> pages, BiConsumer<P, Composite> create, Consumer<Row<T>> changed) {
        this.look = look;
        this.changed = changed;
        panel = new FleetPanel(parent, look.id(), look.nothing().apply(this::refresh), () -> {
        }, this::refresh);
        var header = new Composite(panel.content(), SWT.NONE);
        header.setLayout(Ui.grid(3, 6));
        header.setLayoutData(Ui.wide());
        icon = new Label(header, SWT.NONE);
        title = Ui.id(new Label(header, SWT.NONE), look.id() + ".title");
        title.setFont(JFaceResources.getHeaderFont());
        place = Ui.id(new Label(header, SWT.NONE), look.id() + ".place");
        place.setLayoutData(Ui.wide());
        folder = Ui.id(new CTabFolder(panel.content(), SWT.TOP | SWT.FLAT), look.id() + ".pages");
        folder.setLayoutData(Ui.fill());
        for (PageEntry<P> entry : pages) {
            var tab = new PageTab<>(folder, entry, this::session, create);
            var item = new CTabItem(folder, SWT.NONE);
            item.setText(Ui.plain(entry.name()));
            setImage(item, entry);
            item.setControl(tab.panel());
            tabs.add(tab);
        }
        if (!tabs.isEmpty()) {
            folder.setSelection(0);
        }
        folder.addListener(SWT.Selection, e -> updatePage());
        folder.addListener(SWT.Dispose, e -> tabs.forEach(PageTab::drop));
        watch = new OneRow<>(connections, which.connection(), which.list(), which.thing(),
                w -> Ui.async(panel.panel(), this::show));
        folder.addListener(SWT.Dispose, e -> watch.close());
    }

    /** Shows it for the first time; to be called once, when pages can ask for what is open. */
    public void open() {
        show();
    }

    /** A page whose picture cannot be read is better than none. */
    private static void setImage(CTabItem item, PageEntry<?> entry) {
        Image image = entry.icon() == null ? null : entry.icon().createImage(false);
        if (image != null) {
            item.setImage(image);
            item.addListener(SWT.Dispose, e -> image.dispose());
        }
    }

    private void show() {
        Row<T> now = watch.row();
        if (now != null) {
            boolean other = row == null || !row.value().equals(now.value());
            row = now;
            icon.setImage(look.icon().apply(now).image());
            Ui.setText(title, Ui.plain(look.title().apply(now)));
            Ui.setText(place, Ui.plain(look.place().apply(now)));
            updatePage();
            if (other) {
                changed.accept(now);
            }
        }
        panel.show(watch.state());
    }

    private void updatePage() {
        PageTab<P> tab = tab();
        if (tab != null && row != null) {
            tab.update();
        }
    }

    private @Nullable PageTab<P> tab() {
        int index = folder.getSelectionIndex();
        return index < 0 ? null : tabs.get(index);
    }

    /** The thing, null while it is not known. */
    public @Nullable Row<T> row() {
        return row;
    }

    /** The thing; pages are shown only once it is known. */
    public Row<T> known() {
        Row<T> known = row;
        if (known == null) {
            throw new IllegalStateException("It is not known yet.");
        }
        return known;
    }

    private FleetSession session() {
        return known().session();
    }

    /** Shows the page so many tabs away, and gives it the focus. */
    public void turn(int by) {
        if (!tabs.isEmpty()) {
            select(Math.floorMod(folder.getSelectionIndex() + by, tabs.size()));
        }
    }

    private void select(int index) {
        folder.setSelection(index);
        updatePage();
        focus();
    }

    /** Shows a page. */
    public void showPage(String id) {
        for (int i = 0; i < tabs.size(); i++) {
            if (tabs.get(i).entry().id().equals(id)) {
                select(i);
            }
        }
    }

    /** Reads anew. */
    public void refresh() {
        var session = watch.session();
        if (session != null) {
            session.refresh();
        }
        tabs.forEach(PageTab::refresh);
    }

    /** Gives the focus to the page. */
    public void focus() {
        PageTab<P> tab = tab();
        if (panel.panel().state() == StatePanel.State.CONTENT && tab != null) {
            tab.focus();
        } else {
            panel.panel().setFocus();
        }
    }
}

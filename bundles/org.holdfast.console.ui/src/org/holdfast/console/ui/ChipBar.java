package org.holdfast.console.ui;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.model.ListView;

/** Buttons that filter rows, each with the number of rows it would leave. */
public final class ChipBar {
    /**
     * A button.
     *
     * @param id of the chip
     * @param label what rows it leaves
     * @param icon beside the word, or null
     */
    public record Item(String id, String label, Icon icon) {
    }

    private final Composite bar;
    private final Formats formats = Formats.local();
    private final Map<Item, Button> buttons = new LinkedHashMap<>();

    /** @param pressed told the id of a chip, and whether it is pressed now */
    public ChipBar(Composite parent, String id, List<Item> items, BiConsumer<String, Boolean> pressed) {
        bar = Ui.id(new Composite(parent, SWT.NONE), id);
        var layout = new RowLayout(SWT.HORIZONTAL);
        layout.wrap = true;
        layout.center = true;
        layout.marginLeft = 0;
        layout.marginRight = 0;
        layout.marginTop = 0;
        layout.marginBottom = 0;
        layout.spacing = 4;
        bar.setLayout(layout);
        for (Item item : items) {
            Button button = Ui.id(new Button(bar, SWT.TOGGLE), id + '.' + item.id());
            button.setText(text(item, 0));
            if (item.icon() != null) {
                button.setImage(item.icon().image());
            }
            button.addListener(SWT.Selection, e -> pressed.accept(item.id(), button.getSelection()));
            buttons.put(item, button);
        }
    }

    /** The bar itself. */
    public Composite control() {
        return bar;
    }

    /** Shows counts, and which are pressed. */
    public void show(ListView<?> view) {
        boolean[] changed = { false };
        buttons.forEach((item, button) -> {
            String text = text(item, view.counts().getOrDefault(item.id(), 0));
            if (!button.getText().equals(text)) {
                changed[0] |= button.getText().length() != text.length();
                button.setText(text);
            }
            button.setSelection(view.pressed().contains(item.id()));
        });
        if (changed[0]) {
            bar.layout();
            bar.requestLayout();
        }
    }

    private String text(Item item, int count) {
        return NLS.bind(Messages.chip_text, item.label(), formats.count(count));
    }
}

package org.holdfast.console.app.internal;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import org.eclipse.jface.dialogs.DialogTray;
import org.eclipse.jface.dialogs.IPageChangeProvider;
import org.eclipse.jface.dialogs.IPageChangedListener;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.holdfast.console.ui.Ui;

/** Help beside a dialog, which may be modal; follows the pages of a wizard. */
final class HelpTray extends DialogTray {
    private static final int CHARS = 42;

    private final Supplier<List<String>> ids;
    private final IPageChangeProvider pages;
    private final HelpTopics topics = new HelpTopics(Locale.getDefault());

    /**
     * @param ids of what is shown now, the most special first
     * @param pages of a wizard, null for other dialogs
     */
    HelpTray(Supplier<List<String>> ids, IPageChangeProvider pages) {
        this.ids = ids;
        this.pages = pages;
    }

    @Override
    protected Control createContents(Composite parent) {
        var area = new Composite(parent, SWT.NONE);
        area.setLayout(Ui.grid(1));
        var text = new HelpText(area);
        var data = new GridData(SWT.FILL, SWT.FILL, true, true);
        data.widthHint = Ui.chars(area, CHARS);
        data.heightHint = 1;
        text.control().setLayoutData(data);
        text.show(topics.find(ids.get()));
        if (pages != null) {
            IPageChangedListener follower = event -> text.show(topics.find(ids.get()));
            pages.addPageChangedListener(follower);
            area.addListener(SWT.Dispose, e -> pages.removePageChangedListener(follower));
        }
        return area;
    }
}

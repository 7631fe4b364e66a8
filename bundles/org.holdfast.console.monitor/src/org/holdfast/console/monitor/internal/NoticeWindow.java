package org.holdfast.console.monitor.internal;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.ui.Ui;

/**
 * A small window in the corner of the console's, with the latest notices. It never takes the focus, and goes by itself
 * unless the mouse is over it. Everything in it is in the parts as well.
 */
public final class NoticeWindow {
    private static final int MOST = 3;
    private static final int MARGIN = 12;
    private static final int WIDTH_CHARS = 48;
    private static final int SHOWN_MILLIS = 10_000;

    private final Shell owner;
    private final Opener opener;
    private final List<Notice> notices = new ArrayList<>();
    private @Nullable Shell shell;
    private int generation;

    /** @param owner the console's window */
    public NoticeWindow(Shell owner, Opener opener) {
        this.owner = owner;
        this.opener = opener;
    }

    /** Shows one more. On the user interface's thread. */
    public void show(Notice notice) {
        if (owner.isDisposed()) {
            return;
        }
        notices.addFirst(notice);
        while (notices.size() > MOST) {
            notices.removeLast();
        }
        build();
    }

    private void build() {
        dispose();
        var window = new Shell(owner, SWT.NO_TRIM | SWT.TOOL | SWT.ON_TOP | SWT.NO_FOCUS);
        Ui.id(window, "notices");
        window.setText(Messages.notice_title);
        window.setLayout(Ui.grid(1, 1));
        window.setBackgroundMode(SWT.INHERIT_DEFAULT);
        var frame = new Composite(window, SWT.BORDER);
        frame.setLayout(Ui.grid(3, 6));
        frame.setLayoutData(Ui.fill());
        for (int i = 0; i < notices.size(); i++) {
            line(frame, notices.get(i), i);
        }
        Point size = window.computeSize(Ui.chars(window, WIDTH_CHARS), SWT.DEFAULT);
        window.setSize(size);
        Rectangle area = owner.getDisplay().map(owner, null, owner.getClientArea());
        window.setLocation(area.x + area.width - size.x - MARGIN, area.y + area.height - size.y - MARGIN);
        window.setVisible(true); // open() would give it the focus
        shell = window;
        wait(++generation);
    }

    private void line(Composite frame, Notice notice, int number) {
        var icon = new Label(frame, SWT.NONE);
        icon.setImage(notice.icon().image());
        icon.setLayoutData(new GridData(SWT.CENTER, SWT.BEGINNING, false, false));
        var text = new Composite(frame, SWT.NONE);
        text.setLayout(Ui.grid(1));
        text.setLayoutData(Ui.wide());
        var title = Ui.id(new Link(text, SWT.WRAP), "notices.title." + number);
        title.setText("<a>" + Ui.plain(notice.title()) + "</a>");
        title.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        title.setLayoutData(Ui.wide());
        title.addListener(SWT.Selection, e -> {
            notices.remove(notice);
            dispose();
            opener.open(notice.command(), notice.parameters());
        });
        if (!notice.text().isEmpty()) {
            var more = Ui.id(new Label(text, SWT.WRAP), "notices.text." + number);
            more.setText(Ui.plain(notice.text()));
            var wide = Ui.wide();
            wide.widthHint = Ui.chars(more, WIDTH_CHARS - 12);
            more.setLayoutData(wide);
        }
        if (number == 0) {
            Button close = Ui.name(Ui.button(frame, "notices.close", "×", this::close), Messages.notice_close);
            close.setToolTipText(Messages.notice_close);
            close.setLayoutData(new GridData(SWT.END, SWT.BEGINNING, false, false));
        } else {
            new Label(frame, SWT.NONE);
        }
    }

    private void wait(int mine) {
        Shell window = shell;
        if (window != null) {
            Ui.after(SHOWN_MILLIS, window, () -> {
                if (mine == generation) {
                    if (isMouseOver(window)) {
                        wait(mine);
                    } else {
                        close();
                    }
                }
            });
        }
    }

    private static boolean isMouseOver(Shell window) {
        Control under = window.getDisplay().getCursorControl();
        return under != null && under.getShell() == window;
    }

    /** Takes it away. */
    public void close() {
        notices.clear();
        dispose();
    }

    private void dispose() {
        Shell window = shell;
        if (window != null && !window.isDisposed()) {
            window.dispose();
        }
        shell = null;
    }
}

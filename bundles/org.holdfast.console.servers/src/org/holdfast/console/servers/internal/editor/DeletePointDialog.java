package org.holdfast.console.servers.internal.editor;

import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.PointInfo;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.SavingDialog;

/** Says what deleting a recovery point means; a refusal stays to be read. */
final class DeletePointDialog extends SavingDialog {
    private final OpenServer server;
    private final PointInfo point;
    private final int days;
    private final Formats formats;

    /** @param days for which deleted points can be brought back */
    DeletePointDialog(Shell parent, OpenServer server, PointInfo point, int days, Formats formats, Runnable done) {
        super(parent, "deletePoint", Messages.deletePoint_title, done);
        this.server = server;
        this.point = point;
        this.days = days;
        this.formats = formats;
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(Messages.deletePoint_title);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 12));
        body.setLayoutData(Ui.fill());
        var text = Ui.id(new Label(body, SWT.WRAP), "deletePoint.text");
        text.setText(Ui.plain(NLS.bind(Messages.deletePoint_text, new Object[] { server.summary().name(),
                formats.time(point.time()), formats.size(point.bytes()),
                days == 0 ? Messages.deletePoint_noWayBack
                        : NLS.bind(Messages.deletePoint_wayBack, formats.count(days)) })));
        var data = Ui.fill();
        data.widthHint = Ui.chars(text, 70);
        text.setLayoutData(data);
        return area;
    }

    @Override
    protected @Nullable String problem() {
        return null;
    }

    @Override
    protected String prompt() {
        return Messages.deletePoint_prompt;
    }

    @Override
    protected String verb() {
        return Messages.deletePoint_verb;
    }

    @Override
    protected boolean isGrave() {
        return true;
    }

    @Override
    protected CompletableFuture<?> save() {
        return server.session().api().points().delete(server.summary().vault(), point.id());
    }
}

package org.holdfast.console.servers.internal;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.CancelToken;
import org.holdfast.api.spi.signin.EntraTokens.DeviceCode;
import org.holdfast.console.client.fleet.EntraSession;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.people.EntraOffer;

/** What a person sees while signing in with Entra ID: the page that was opened, or the code to be typed there. */
final class EntraPage {
    private final Composite page;
    private final Consumer<String> browser;
    private final Executor ui;
    private final Label note;
    private final Text code;
    private final Text address;
    private final Button copyCode;
    private CancelToken cancel = new CancelToken();

    /**
     * @param page to be filled
     * @param browser shows a page; called on the thread of the widgets
     */
    EntraPage(Composite page, Consumer<String> browser, Executor ui) {
        this.page = page;
        this.browser = browser;
        this.ui = ui;
        note = new Label(page, SWT.WRAP);
        var wide = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        wide.widthHint = Ui.chars(note, 66);
        note.setLayoutData(wide);
        code = text("connect.code", Messages.entra_code);
        copyCode = Ui.button(page, "connect.copyCode", Messages.entra_copyCode,
                () -> Ui.copy(page.getDisplay(), code.getText()));
        address = text("connect.page", Messages.entra_page);
        Ui.button(page, "connect.copyPage", Messages.entra_copyPage,
                () -> Ui.copy(page.getDisplay(), address.getText()));
        Button open = Ui.button(page, "connect.openPage", Messages.entra_open, () -> open(address.getText()));
        open.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
    }

    private Text text(String id, String name) {
        var text = Ui.name(Ui.id(new Text(page, SWT.BORDER | SWT.READ_ONLY), id), name);
        text.setLayoutData(Ui.wide());
        return text;
    }

    /** What has the focus. */
    Control focus() {
        return copyCode.isVisible() ? copyCode : address;
    }

    /** Begins; the result comes when the person has signed in, or not. */
    CompletableFuture<EntraSession> begin(VaultConnections connections, String where, String pin, EntraOffer offer,
            boolean byCode) {
        cancel();
        cancel = new CancelToken();
        note.setText(byCode ? Messages.entra_codeWait : Messages.entra_browserWait);
        code.setText("");
        address.setText("");
        show(code, byCode);
        show(copyCode, byCode);
        page.layout();
        CancelToken mine = cancel;
        return byCode ? connections.deviceCode(where, pin, offer, shown -> ui.execute(() -> show(mine, shown)), mine)
                : connections.browser(where, pin, offer, shown -> ui.execute(() -> show(mine, shown)), mine);
    }

    private static void show(Control control, boolean visible) {
        control.setVisible(visible);
        ((GridData) control.getLayoutData()).exclude = !visible;
    }

    private void show(CancelToken of, DeviceCode shown) {
        if (of == cancel && !page.isDisposed()) {
            code.setText(shown.code());
            address.setText(shown.page());
            note.setText(NLS.bind(Messages.entra_codeText, shown.seconds() / 60));
            page.layout();
        }
    }

    private void show(CancelToken of, URI shown) {
        if (of == cancel && !page.isDisposed()) {
            address.setText(shown.toString());
            open(shown.toString());
        }
    }

    private void open(String shown) {
        if (shown.startsWith("https://")) {
            browser.accept(shown);
        }
    }

    /** Nobody waits for it any more. */
    void cancel() {
        cancel.cancel();
    }
}

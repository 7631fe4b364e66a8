package org.holdfast.console.servers.internal;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.client.fleet.PasswordAsker;
import org.holdfast.console.client.fleet.SavedConnection;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** Asks for the password before something critical is done. */
public final class PinDialog extends TitleAreaDialog {
    private static final int PATIENCE_MINUTES = 10;

    private final SavedConnection connection;
    private final String what;
    private final boolean wrong;
    private Text password;
    private char @Nullable [] typed;

    /**
     * @param what the vault's words for what is about to be done
     * @param wrong whether the password that was typed last is wrong
     */
    public PinDialog(Shell parent, SavedConnection connection, String what, boolean wrong) {
        super(parent);
        this.connection = connection;
        this.what = what;
        this.wrong = wrong;
        setHelpAvailable(false);
    }

    /** Asks above a window, from any other thread. */
    public static PasswordAsker above(Shell window) {
        return (connection, what, wrong) -> {
            var answer = new CompletableFuture<char @Nullable []>();
            Ui.async(window, () -> {
                var dialog = new PinDialog(window, connection, what, wrong);
                dialog.setBlockOnOpen(false);
                dialog.create();
                dialog.getShell().addDisposeListener(e -> answer.complete(dialog.typed));
                dialog.open();
            });
            // When the window is gone nobody will ever answer.
            return answer.completeOnTimeout(null, PATIENCE_MINUTES, TimeUnit.MINUTES).join();
        };
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.pin_title);
        Ui.id(shell, "pin");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(Messages.pin_heading);
        if (wrong) {
            setMessage(Messages.pin_wrong, IMessageProvider.ERROR);
        } else {
            setMessage(Messages.pin_prompt);
        }
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(2, 12));
        body.setLayoutData(Ui.fill());
        var told = Ui.name(Ui.id(new Text(body, SWT.READ_ONLY | SWT.WRAP | SWT.MULTI), "pin.what"), Messages.pin_what);
        told.setText(what);
        told.setBackground(body.getBackground());
        var wide = Ui.wide();
        wide.horizontalSpan = 2;
        wide.widthHint = convertWidthInCharsToPixels(60);
        told.setLayoutData(wide);
        String label = NLS.bind(Messages.pin_password, connection.user(), connection.name());
        Ui.label(body, label);
        password = Ui.name(Ui.id(new Text(body, SWT.BORDER | SWT.PASSWORD), "pin.password"), label.replace("&", ""));
        password.setLayoutData(Ui.wide());
        Ui.async(password, password::setFocus);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.pin_ok, true), "pin.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "pin.cancel");
    }

    @Override
    protected void okPressed() {
        char[] text = password.getTextChars();
        typed = text.clone();
        Arrays.fill(text, '\0');
        super.okPressed();
    }
}

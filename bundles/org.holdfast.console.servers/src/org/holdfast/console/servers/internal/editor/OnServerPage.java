package org.holdfast.console.servers.internal.editor;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.ui.Ui;

/**
 * Last page: what only an administrator of the server itself can change, with the command to do it. The vault never has
 * the passphrase and cannot reach the agent from outside, so no console could do it from afar.
 */
final class OnServerPage extends WizardPage {
    OnServerPage() {
        super("server", Messages.change_serverTitle, null);
        setDescription(Messages.change_serverPrompt);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(2, 10));
        section(body, "change.passphraseCommand", Messages.change_passphrase, Messages.change_passphraseText,
                "holdfast-agent passphrase --key-location file:/etc/holdfast/passphrase-2");
        section(body, "change.proxyCommand", Messages.change_proxy, Messages.change_proxyText,
                "\"proxy\": { \"host\": \"proxy.example.org\", \"port\": 3128 }");
        setControl(body);
    }

    private void section(Composite body, String id, String title, String text, String command) {
        var heading = Ui.label(body, title);
        heading.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        heading.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        var label = new Label(body, SWT.WRAP);
        label.setText(Ui.plain(text));
        var wide = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        wide.widthHint = convertWidthInCharsToPixels(70);
        label.setLayoutData(wide);
        var field = Ui.name(Ui.id(new Text(body, SWT.BORDER | SWT.READ_ONLY), id), title);
        field.setText(command);
        field.setLayoutData(Ui.wide());
        Ui.button(body, id + ".copy", Messages.change_copy, () -> Ui.copy(body.getDisplay(), command));
    }
}

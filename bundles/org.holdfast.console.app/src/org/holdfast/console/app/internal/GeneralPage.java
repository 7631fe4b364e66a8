package org.holdfast.console.app.internal;

import java.io.IOException;
import java.util.List;

import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.holdfast.console.ui.Ui;

/** The language of the console. */
public final class GeneralPage extends PreferencePage implements IWorkbenchPreferencePage {
    private static final List<String> LANGUAGES = List.of("", "en", "ja");
    private static final int NOTE_CHARS = 60;

    private Combo language;

    /** Called by the workbench. */
    public GeneralPage() {
        noDefaultAndApplyButton();
    }

    @Override
    public void init(IWorkbench workbench) {
        // nothing to prepare
    }

    @Override
    protected Control createContents(Composite parent) {
        var page = new Composite(parent, SWT.NONE);
        page.setLayout(Ui.grid(2));
        Ui.label(page, Messages.general_language);
        language = Ui.name(Ui.id(new Combo(page, SWT.READ_ONLY), "general.language"),
                Messages.general_language.replace("&", ""));
        // Each language in its own words, so that everybody finds the way back.
        language.setItems(Messages.general_system, "English", "日本語");
        language.select(Math.max(0, LANGUAGES.indexOf(Settings.language())));
        note(page, Messages.general_restart);
        return page;
    }

    private static void note(Composite page, String text) {
        var note = new Label(page, SWT.WRAP);
        note.setText(Ui.plain(text));
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        data.widthHint = Ui.chars(note, NOTE_CHARS);
        data.horizontalIndent = 20;
        note.setLayoutData(data);
    }

    @Override
    public boolean performOk() {
        try {
            Settings.setLanguage(LANGUAGES.get(language.getSelectionIndex()));
            return true;
        } catch (IOException e) {
            setErrorMessage(NLS.bind(Messages.general_failed, e.getMessage()));
            return false;
        }
    }
}

package org.holdfast.console.monitor.internal;

import org.eclipse.jface.preference.BooleanFieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;

/** What a person wants to be told of without having asked at that moment. */
public final class NoticesPage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {
    /** Called by the workbench. */
    public NoticesPage() {
        super(GRID);
        setDescription(Messages.notice_pageText);
    }

    @Override
    public void init(IWorkbench workbench) {
        setPreferenceStore(NoticeSettings.ofConsole().store());
    }

    @Override
    protected void createFieldEditors() {
        addField(new BooleanFieldEditor(NoticeSettings.JOBS, Messages.notice_pageJobs, getFieldEditorParent()));
        addField(new BooleanFieldEditor(NoticeSettings.ALERTS, Messages.notice_pageAlerts, getFieldEditorParent()));
    }
}

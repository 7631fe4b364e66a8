package org.holdfast.console.app;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.holdfast.console.app.internal.HelpView;

/** What happens and what went wrong. Its parts add themselves by perspective extensions, next to the progress. */
public final class MonitorPerspective implements IPerspectiveFactory {
    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        String editors = layout.getEditorArea();
        IFolderLayout main = layout.createFolder("main", IPageLayout.TOP, 0.65f, editors);
        main.addPlaceholder("org.holdfast.console.monitor.*");
        IFolderLayout bottom = layout.createFolder("bottom", IPageLayout.BOTTOM, 0.35f, editors);
        bottom.addView(Perspectives.PROGRESS);
        layout.addShowViewShortcut(Perspectives.PROGRESS);
        layout.createPlaceholderFolder("help", IPageLayout.RIGHT, 0.74f, "main").addPlaceholder(HelpView.ID);
        layout.addShowViewShortcut(HelpView.ID);
        Perspectives.shortcuts(layout);
    }
}

package org.holdfast.console.app;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.holdfast.console.app.internal.HelpView;
import org.holdfast.console.servers.ServersIds;

/**
 * What is protected and how: the servers, and what is known of the selected one; beside them the servers that are open,
 * as soon as there are any. Other parts add themselves.
 */
public final class ProtectPerspective implements IPerspectiveFactory {
    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        String editors = layout.getEditorArea();
        IFolderLayout main = layout.createFolder("main", IPageLayout.LEFT, 0.45f, editors);
        main.addView(ServersIds.SERVERS);
        IFolderLayout bottom = layout.createFolder("bottom", IPageLayout.BOTTOM, 0.72f, "main");
        bottom.addView(ServersIds.DETAILS);
        bottom.addView(Perspectives.PROGRESS);
        for (String id : new String[] { ServersIds.SERVERS, ServersIds.DETAILS, Perspectives.PROGRESS }) {
            layout.addShowViewShortcut(id);
        }
        layout.createPlaceholderFolder("help", IPageLayout.RIGHT, 0.74f, "main").addPlaceholder(HelpView.ID);
        layout.addShowViewShortcut(HelpView.ID);
        Perspectives.shortcuts(layout);
    }
}

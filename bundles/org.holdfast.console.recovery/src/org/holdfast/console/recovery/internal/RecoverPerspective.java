package org.holdfast.console.recovery.internal;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.holdfast.console.recovery.RecoverIds;

/** When, which, what else, and the basket: from top to bottom the order of the work. */
public final class RecoverPerspective implements IPerspectiveFactory {
    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        String editors = layout.getEditorArea();
        layout.addView(RecoverIds.POINTS, IPageLayout.TOP, 0.36f, editors);
        IFolderLayout bottom = layout.createFolder("bottom", IPageLayout.BOTTOM, 0.69f, editors);
        bottom.addView(RecoverIds.BASKET);
        bottom.addPlaceholder("org.eclipse.ui.views.ProgressView");
        IFolderLayout right = layout.createFolder("right", IPageLayout.RIGHT, 0.72f, editors);
        right.addView(RecoverIds.VERSIONS);
        IFolderLayout middle = layout.createFolder("middle", IPageLayout.LEFT, 0.5f, editors);
        middle.addView(RecoverIds.BROWSE);
        middle.addView(RecoverIds.SEARCH);
        middle.addView(RecoverIds.COMPARE);
        for (String id : new String[] { RecoverIds.POINTS, RecoverIds.BROWSE, RecoverIds.SEARCH, RecoverIds.COMPARE,
                RecoverIds.VERSIONS, RecoverIds.BASKET, "org.eclipse.ui.views.ProgressView" }) {
            layout.addShowViewShortcut(id);
        }
        layout.addPerspectiveShortcut(RecoverIds.PERSPECTIVE);
    }
}

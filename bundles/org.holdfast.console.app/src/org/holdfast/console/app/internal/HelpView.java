package org.holdfast.console.app.internal;

import java.util.List;
import java.util.Locale;

import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IPartListener2;
import org.eclipse.ui.IWorkbenchPartReference;
import org.eclipse.ui.part.ViewPart;

/** Help for the part that is active, as long as it is open. */
public final class HelpView extends ViewPart {
    /** Its id. */
    public static final String ID = "org.holdfast.console.app.help";

    private final HelpTopics topics = new HelpTopics(Locale.getDefault());
    private final IPartListener2 follower = new IPartListener2() {
        @Override
        public void partActivated(IWorkbenchPartReference part) {
            if (!part.getId().equals(ID)) {
                show(part.getId());
            }
        }
    };
    private HelpText text;

    /** Called by the workbench. */
    public HelpView() {
        // nothing to prepare
    }

    @Override
    public void createPartControl(Composite parent) {
        text = new HelpText(parent);
        text.show(topics.find(List.of()));
        getSite().getPage().addPartListener(follower);
    }

    /** Shows what is to be known about something. */
    void show(String id) {
        text.show(topics.find(List.of(id)));
    }

    @Override
    public void setFocus() {
        text.control().setFocus();
    }

    @Override
    public void dispose() {
        getSite().getPage().removePartListener(follower);
        super.dispose();
    }
}

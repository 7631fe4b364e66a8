package org.holdfast.console.monitor.internal;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Link;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

/** A number that opens the rows it counts. A screen reader says what it counts as well. */
final class NumberLink {
    private final Link link;
    private String text = "";
    private String spoken = "";
    private @Nullable Runnable open;

    NumberLink(Composite parent) {
        link = new Link(parent, SWT.NONE);
        link.addListener(SWT.Selection, e -> {
            Runnable run = open;
            if (run != null) {
                run.run();
            }
        });
        link.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                if (e.childID == ACC.CHILDID_SELF) {
                    e.result = spoken;
                }
            }
        });
    }

    Link control() {
        return link;
    }

    /** @param run shows the rows, null when there are none to show */
    void set(String id, String number, String what, @Nullable Runnable run) {
        Ui.id(link, id);
        open = run;
        spoken = what;
        link.setToolTipText(what);
        link.setLinkForeground(Tone.ACCENT.on(link));
        String next = run == null ? Ui.plain(number) : "<a>" + Ui.plain(number) + "</a>";
        if (!next.equals(text)) {
            text = next;
            link.setText(next);
        }
    }

    /** What a screen reader says. */
    String spoken() {
        return spoken;
    }
}

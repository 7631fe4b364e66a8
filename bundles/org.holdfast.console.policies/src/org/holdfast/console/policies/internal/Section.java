package org.holdfast.console.policies.internal;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Widget;
import org.holdfast.api.policy.Policy;

/** A group of fields that shows and edits one side of a policy; pages of the editor and of the wizard hold some. */
abstract class Section {
    private Runnable changed = () -> {
    };
    private boolean showing;

    /** Its name on a tab. */
    abstract String title();

    /** Paths of the fields of a policy, as a check names them, that it edits. */
    abstract List<String> fields();

    /** Makes its widgets; the parent is a grid of one column. */
    abstract Control create(Composite parent);

    /** Puts the values of a policy into the widgets. */
    abstract void put(Policy policy);

    /** The policy with the values of the widgets. */
    abstract Policy read(Policy policy);

    /** What cannot be read at all, in words; null when all can. */
    @Nullable
    String unreadable() {
        return null;
    }

    /** Told after a person changed something. */
    void onChange(Runnable action) {
        changed = action;
    }

    /** Shows a policy without telling. */
    final void show(Policy policy) {
        showing = true;
        try {
            put(policy);
        } finally {
            showing = false;
        }
    }

    /** Whether it edits a field. */
    final boolean owns(String field) {
        return fields().stream().anyMatch(f -> field.equals(f) || field.startsWith(f + '.')
                || field.startsWith(f + '['));
    }

    /** Tells of a change, unless it comes from showing a policy. */
    final void tell() {
        if (!showing) {
            changed.run();
        }
    }

    /** Lets changes of a widget be told. */
    final <T extends Widget> T watch(T widget, int event) {
        widget.addListener(event, e -> tell());
        return widget;
    }

    /** Lets what a person types or chooses be told. */
    final <T extends Widget> T watch(T widget) {
        return watch(widget, widget instanceof org.eclipse.swt.widgets.Button ? SWT.Selection : SWT.Modify);
    }
}

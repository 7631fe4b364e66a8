package org.holdfast.console.policies.internal;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.console.ui.Ui;

/** What is backed up, and what is left out of it. */
final class ItemsSection extends Section {
    private static final int LINES = 6;
    private static final long MEGABYTE = 1_000_000;
    private static final int MOST_MEGABYTES = 10_000_000;

    private Text items;
    private Text globs;
    private Text markers;
    private Button limited;
    private Spinner largest;
    private Button caches;
    private Button oneFileSystem;
    private final @Nullable Runnable preview;
    /** As it was shown, for the bytes that whole megabytes cannot tell. */
    private long shown = -1;

    /** Without a preview. */
    ItemsSection() {
        this(null);
    }

    /** @param preview shows what would be left out on a server, or null where that cannot be */
    ItemsSection(@Nullable Runnable preview) {
        this.preview = preview;
    }

    @Override
    String title() {
        return Messages.items_title;
    }

    @Override
    List<String> fields() {
        return List.of("items", "exclusions");
    }

    @Override
    Control create(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1));
        var what = Fields.group(body, Messages.items_what);
        items = watch(Fields.lines(what, "items.paths", Messages.items_paths, LINES));
        Fields.note(what, "items.note", Messages.items_note);
        var without = Fields.group(body, Messages.items_without);
        globs = watch(Fields.lines(without, "items.globs", Messages.items_globs, LINES));
        Fields.note(without, "items.globsNote", Messages.items_globsNote);
        markers = watch(Fields.text(without, "items.markers", Messages.items_markers));
        limited = watch(Ui.id(new Button(without, SWT.CHECK), "items.limited"));
        limited.setText(Messages.items_limited);
        limited.addListener(SWT.Selection, e -> enable());
        largest = watch(Fields.spinner(without, "items.largest", Messages.items_limited, Messages.items_megabytes, 1,
                MOST_MEGABYTES));
        caches = watch(Fields.check(without, "items.caches", Messages.items_caches));
        oneFileSystem = watch(Fields.check(without, "items.oneFileSystem", Messages.items_oneFileSystem));
        Runnable show = preview;
        if (show != null) {
            Ui.button(without, "items.preview", Messages.items_preview, show)
                    .setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
        }
        return body;
    }

    private void enable() {
        largest.setEnabled(limited.getSelection());
    }

    @Override
    void put(Policy policy) {
        Fields.set(items, policy.items());
        Exclusions without = policy.exclusions();
        Fields.set(globs, Lists.safe(without.globs()));
        Fields.set(markers, String.join(", ", Lists.safe(without.markerFiles())));
        shown = without.largerThan();
        limited.setSelection(shown >= 0);
        largest.setSelection(shown < 0 ? 1000 : (int) Math.clamp(shown / MEGABYTE, 1, MOST_MEGABYTES));
        caches.setSelection(without.cacheDirectories());
        oneFileSystem.setSelection(without.oneFileSystem());
        enable();
    }

    @Override
    Policy read(Policy p) {
        var without = new Exclusions(Fields.values(globs), largerThan(), caches.getSelection(),
                Lists.split(markers.getText()), oneFileSystem.getSelection());
        return new Policy(p.name(), p.version(), p.description(), Fields.values(items), without, p.plan(),
                p.retention(), p.bandwidth(), p.before(), p.after(), p.level(), p.changeDetection(), p.reportPaths(),
                p.warningThreshold(), p.drills());
    }

    private long largerThan() {
        if (!limited.getSelection()) {
            return -1;
        }
        int megabytes = largest.getSelection();
        return shown >= 0 && Math.clamp(shown / MEGABYTE, 1, MOST_MEGABYTES) == megabytes ? shown
                : megabytes * MEGABYTE;
    }
}
